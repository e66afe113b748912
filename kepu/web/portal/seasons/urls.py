from django.urls import path

from kepu.web.portal.seasons import views

urlpatterns = [
    path("seasons/", views.seasons, name="seasons"),
    path("seasons/<slug:code>/", views.season, name="season"),
]
