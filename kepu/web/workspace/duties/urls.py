from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.duties import delegating, views

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/<str:key>/", by_method(GET=views.duty, POST=views.handing_in), name="duty"),
    path(
        "duties/<str:key>/delegation/", by_method(GET=delegating.delegation, POST=delegating.delegating), name="duty-delegation"
    ),
    path("delegated/<int:pk>/", by_method(GET=delegating.delegated, POST=delegating.handing_in_for), name="delegated"),
    path("delegated/<int:pk>/ending/", delegating.ending, name="delegation-ending"),
]  # fmt: skip
