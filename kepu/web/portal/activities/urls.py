from django.urls import path

from kepu.web.portal.activities import views

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>.ics", views.calendar, name="activity-calendar"),
]
