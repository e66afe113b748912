from django.urls import path

from kepu.web.portal.venues import views

urlpatterns = [path("venues/", views.venues, name="venues")]
