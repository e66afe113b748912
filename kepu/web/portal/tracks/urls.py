from django.urls import path, re_path

from kepu.web.portal.tracks import views

urlpatterns = [
    path("tracks/", views.tracks, name="tracks"),
    re_path(r"^tracks/(?P<code>[a-z0-9][a-z0-9_.-]{0,59})/$", views.track, name="track"),
]
