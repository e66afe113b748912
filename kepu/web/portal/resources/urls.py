from django.urls import path

from kepu.web.portal.resources import views

urlpatterns = [path("resources/", views.resources, name="resources")]
