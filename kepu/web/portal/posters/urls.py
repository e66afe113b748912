from django.urls import path

from kepu.web.portal.posters import views

urlpatterns = [
    path("activities/<int:pk>/poster/", views.activity_poster, name="activity-poster"),
    path(
        "activities/<int:pk>/<slug:sheet>.<slug:ending>",
        views.activity_poster_file,
        name="activity-poster-file",
    ),
    path("posters/places/<slug:code>/", views.place_poster, name="place-poster"),
    path(
        "posters/places/<slug:code>/<slug:sheet>.<slug:ending>",
        views.place_poster_file,
        name="place-poster-file",
    ),
]
