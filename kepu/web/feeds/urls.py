from django.urls import path

from kepu.web.feeds import views

app_name = "feeds"
urlpatterns = [path("<str:key>.ics", views.unit_calendar, name="unit")]
