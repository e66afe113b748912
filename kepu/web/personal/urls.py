from django.urls import path

from kepu.web.personal import leaving, looks, views
from kepu.web.shared.views import by_method

app_name = "personal"
urlpatterns = [
    path("", views.home, name="home"),
    path("consents/<slug:purpose>/", views.consenting, name="consent"),
    path("consents/<slug:purpose>/withdrawal/", views.withdrawing, name="consent-withdrawal"),
    path("looks/", looks.looks, name="looks"),
    path("copy/", views.copy, name="copy"),
    path("closing/", by_method(GET=leaving.closing, POST=leaving.leaving), name="closing"),
]
