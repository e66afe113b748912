from django.urls import path

from kepu.web.portal import help as helping
from kepu.web.portal import places, views
from kepu.web.portal.activities import urls as activities
from kepu.web.portal.join import urls as join
from kepu.web.portal.notices import urls as notices
from kepu.web.portal.privacy import urls as privacy

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("place/", places.choosing, name="place"),
    path("help/", helping.help_, name="help"),
    *activities.urlpatterns,
    *notices.urlpatterns,
    *privacy.urlpatterns,
    *join.urlpatterns,
]
