from django.urls import path, re_path

from kepu.web.portal.activities import pictures, suggestions, views

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/suggestions/", suggestions.suggested, name="activity-suggestions"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>.ics", views.calendar, name="activity-calendar"),
    re_path(
        r"^pictures/(?P<digest>[0-9a-f]{64})-(?P<width>[0-9]{3})\.webp$", pictures.picture, name="picture"
    ),
]
