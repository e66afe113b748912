from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.deliveries import views

urlpatterns = [
    path("sent/", views.sent, name="sent"),
    path("sent/<int:pk>/", views.deliveries, name="notice-deliveries"),
    path(
        "sent/<int:pk>/sending/", by_method(GET=views.sending, POST=views.sending_out), name="notice-sending"
    ),
    path("sent/<int:pk>/reminder/", views.reminding, name="notice-reminder"),
]
