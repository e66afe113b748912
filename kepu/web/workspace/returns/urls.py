from django.urls import path

from kepu.web.workspace.returns import views

urlpatterns = [
    path("returns/", views.returns, name="returns"),
    path("returns/<int:pk>/", views.return_, name="return"),
    path("returns/<int:pk>/people/", views.people, name="return-people"),
    path("returns/<int:pk>/acceptance/", views.acceptance, name="return-acceptance"),
    path("returns/<int:pk>/sending-back/", views.sending_back, name="return-sending-back"),
]
