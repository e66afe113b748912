from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.calendar import feed, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/feed/", by_method(GET=feed.feed, POST=feed.changing), name="calendar-feed"),
]
