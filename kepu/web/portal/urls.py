from django.urls import path

from kepu.web.portal import help as helping
from kepu.web.portal import places, views
from kepu.web.portal.activities import urls as activities
from kepu.web.portal.calendar import urls as calendar
from kepu.web.portal.cloud import urls as cloud
from kepu.web.portal.compilation import urls as compilation
from kepu.web.portal.error_reports import urls as error_reports
from kepu.web.portal.figures import urls as figures
from kepu.web.portal.join import urls as join
from kepu.web.portal.machines import urls as machines
from kepu.web.portal.map import urls as map_
from kepu.web.portal.notices import urls as notices
from kepu.web.portal.posters import urls as posters
from kepu.web.portal.privacy import urls as privacy
from kepu.web.portal.resources import urls as resources
from kepu.web.portal.seasons import urls as seasons
from kepu.web.portal.tracks import urls as tracks
from kepu.web.portal.venues import urls as venues
from kepu.web.portal.widget import urls as widget

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("place/", places.choosing, name="place"),
    path("help/", helping.help_, name="help"),
    *activities.urlpatterns,
    *map_.urlpatterns,
    *calendar.urlpatterns,
    *compilation.urlpatterns,
    *posters.urlpatterns,
    *error_reports.urlpatterns,
    *cloud.urlpatterns,
    *machines.urlpatterns,
    *widget.urlpatterns,
    *notices.urlpatterns,
    *privacy.urlpatterns,
    *join.urlpatterns,
    *venues.urlpatterns,
    *tracks.urlpatterns,
    *resources.urlpatterns,
    *figures.urlpatterns,
    *seasons.urlpatterns,
]
