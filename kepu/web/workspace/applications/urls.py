from django.urls import path

from kepu.web.workspace.applications import deciding, views

urlpatterns = [
    path("applications/", views.applications, name="applications"),
    path("applications/<int:pk>/", views.application, name="application"),
    path("applications/<int:pk>/approval/", deciding.approval, name="application-approval"),
    path("applications/<int:pk>/merging/", deciding.merging, name="application-merging"),
    path("applications/<int:pk>/return/", deciding.sending_back, name="application-return"),
    path("applications/<int:pk>/refusal/", deciding.refusal, name="application-refusal"),
    path("applications/<int:pk>/contact/", deciding.contact, name="application-contact"),
    path("applications/<int:pk>/withdrawal/", deciding.withdrawal, name="application-withdrawal"),
]
