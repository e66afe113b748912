from django.urls import path

from kepu.web.portal import help as helping
from kepu.web.portal import views
from kepu.web.portal.activities import urls as activities
from kepu.web.portal.notices import urls as notices

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", helping.help_, name="help"),
    *activities.urlpatterns,
    *notices.urlpatterns,
]
