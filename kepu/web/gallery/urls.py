from django.urls import path

from kepu.web.gallery import views

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("error/<int:status>/", views.error, name="gallery-error"),
]
