from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.programme import views

urlpatterns = [
    path("programme/", views.programme, name="programme"),
    path("programme/export/", by_method(GET=views.export, POST=views.exporting), name="programme-export"),
]
