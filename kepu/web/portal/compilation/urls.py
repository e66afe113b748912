from django.urls import path, re_path

from kepu.web.portal.compilation import views

urlpatterns = [
    path("compilation/", views.compilation, name="compilation"),
    re_path(r"^compilation\.(?P<form>pdf|docx|xlsx)$", views.file, name="compilation-file"),
]
