from django.urls import path

from kepu.web.portal.join import views
from kepu.web.shared.views import by_method

urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/new/", by_method(GET=views.blank, POST=views.filing), name="join-new"),
    path("join/claim/<int:pk>/", by_method(GET=views.claim, POST=views.claiming), name="join-claim"),
    path("join/<slug:token>/", views.status, name="join-status"),
    path(
        "join/<slug:token>/correction/", by_method(GET=views.correction, POST=views.correcting), name="join-correction"
    ),
    path("join/<slug:token>/withdrawal/", views.withdrawal, name="join-withdrawal"),
]  # fmt: skip
