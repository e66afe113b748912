from django.urls import path

from kepu.web.workspace.doubles import decided, deciding, views

urlpatterns = [
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/decided/", decided.decided, name="doubles-decided"),
    path("doubles/<int:pk>/", views.double, name="double"),
    path("doubles/<int:pk>/merger/", deciding.merger, name="double-merger"),
    path("doubles/<int:pk>/link/", deciding.link, name="double-link"),
    path("doubles/<int:pk>/difference/", deciding.difference, name="double-difference"),
    path("doubles/<int:pk>/unlinking/", deciding.unlinking, name="double-unlinking"),
]
