from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.hooks import views

urlpatterns = [
    path("hooks/", by_method(GET=views.hooks, POST=views.adding), name="hooks"),
    path("hooks/<int:pk>/removal/", views.removing, name="hook-removal"),
    path("hooks/<int:pk>/resuming/", views.resuming, name="hook-resuming"),
    path("hooks/<int:pk>/trying/", views.trying, name="hook-trying"),
]
