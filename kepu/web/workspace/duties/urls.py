from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.duties import views

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/<str:key>/", by_method(GET=views.duty, POST=views.handing_in), name="duty"),
]
