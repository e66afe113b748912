from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.trace import exporting, views

urlpatterns = [
    path("trace/", views.mine, name="trace"),
    path("trace/units/<int:pk>/", views.unit, name="unit-trace"),
    path("trace/people/<int:pk>/", views.person, name="person-trace"),
    path("trace/areas/<str:code>/", views.area, name="area-trace"),
    path("trace/areas/<str:code>/looks/", views.area_looks, name="area-looks"),
    path("trace/things/<slug:kind>/<int:pk>/", views.thing, name="thing-trace"),
    path(
        "trace/units/<int:pk>/export/", by_method(GET=exporting.unit, POST=exporting.exporting_unit),
        name="unit-trace-export",
    ),
    path(
        "trace/areas/<str:code>/export/", by_method(GET=exporting.area, POST=exporting.exporting_area),
        name="area-trace-export",
    ),
]  # fmt: skip
