from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.area import stopping, views
from kepu.web.workspace.area.activities import area_activities

urlpatterns = [
    path("area/", views.areas, name="areas"),
    path("area/<str:code>/", views.area, name="area"),
    path("area/<str:code>/activities/", area_activities, name="area-activities"),
    path("area/<str:code>/stopping/", by_method(GET=stopping.stopping, POST=stopping.carrying_out), name="area-stopping"),
    path("area/<str:code>/quotas/", views.quotas, name="area-quotas"),
    path("area/<str:code>/duties/<str:key>/", views.outstanding_units, name="area-duty"),
    path(
        "area/<str:code>/duties/<str:key>/<int:unit>/release/", by_method(GET=views.release, POST=views.releasing),
        name="area-release",
    ),
]  # fmt: skip
