from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.incidents import views

urlpatterns = [
    path("activities/<int:pk>/incident/", by_method(GET=views.reporting, POST=views.report), name="activity-incident"),
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/<int:pk>/", by_method(GET=views.incident, POST=views.going_on), name="incident"),
]  # fmt: skip
