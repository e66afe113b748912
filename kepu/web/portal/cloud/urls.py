from django.urls import path, re_path

from kepu.web.portal.cloud import views

urlpatterns = [
    path("cloud/", views.hall, name="cloud"),
    path("cloud/matrix/", views.matrix_of_places, name="cloud-matrix"),
    re_path(r"^cloud/(?P<part>live|next|open|replay|day)/$", views.part_of_hall, name="cloud-part"),
]
