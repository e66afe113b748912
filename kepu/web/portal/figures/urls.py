from django.urls import path

from kepu.web.portal.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:table>.csv", views.sheet, name="figures-sheet"),
]
