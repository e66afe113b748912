from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.registry import changing, parts, views

urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/<int:pk>/", views.unit, name="unit-detail"),
    path(
        "units/<int:pk>/change/<slug:kind>/", by_method(GET=changing.change, POST=changing.changing), name="unit-change"
    ),
    path("units/<int:pk>/change-calling-off/", changing.calling_off, name="unit-change-calling-off"),
    path("units/<int:pk>/parts/", by_method(GET=parts.parts, POST=parts.adding), name="unit-parts"),
    path("units/<int:pk>/parts/asking/", parts.asking, name="unit-part-asking"),
    path("units/<int:pk>/letting-go/", parts.letting_go, name="unit-letting-go"),
]  # fmt: skip
