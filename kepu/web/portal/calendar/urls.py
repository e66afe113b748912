from django.urls import path

from kepu.web.portal.calendar import views

urlpatterns = [path("calendar/", views.calendar, name="calendar")]
