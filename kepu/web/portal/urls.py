from django.urls import path

from kepu.web.portal import help as helping
from kepu.web.portal import views
from kepu.web.portal.activities import urls as activities
from kepu.web.portal.join import urls as join
from kepu.web.portal.machines import urls as machines
from kepu.web.portal.notices import urls as notices
from kepu.web.portal.privacy import urls as privacy
from kepu.web.portal.widget import urls as widget

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", helping.help_, name="help"),
    *activities.urlpatterns,
    *machines.urlpatterns,
    *widget.urlpatterns,
    *notices.urlpatterns,
    *privacy.urlpatterns,
    *join.urlpatterns,
]
