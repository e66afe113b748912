from django.urls import path

from kepu.web.workspace.operations import views

urlpatterns = [path("operations/", views.operations, name="operations")]
