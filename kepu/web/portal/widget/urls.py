from django.urls import path

from kepu.web.portal.widget import views

urlpatterns = [
    path("widget/", views.compose, name="widget"),
    path("widget/activities", views.activities, name="widget-activities"),
    path("widget.js", views.script, name="widget-script"),
]
