from django.urls import path

from kepu.web.portal.map import views

urlpatterns = [path("map/", views.map_, name="map")]
