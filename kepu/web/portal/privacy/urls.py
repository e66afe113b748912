from django.urls import path

from kepu.web.portal.caching import public
from kepu.web.portal.privacy import views

urlpatterns = [path("privacy/", public(views.privacy), name="privacy")]
