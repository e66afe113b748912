from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.received import forwarding, views

urlpatterns = [
    path("received/", views.received, name="received"),
    path("received/<int:pk>/", views.delivery, name="delivery"),
    path("received/<int:pk>/opening/", views.opening, name="delivery-opening"),
    path("received/<int:pk>/receiving/", views.receiving, name="delivery-receiving"),
    path(
        "received/<int:pk>/forwarding/", by_method(GET=forwarding.forwarding, POST=forwarding.sending_on),
        name="delivery-forwarding",
    ),
    path("deliveries/<int:pk>/receipt/", views.receipt, name="delivery-receipt"),
    path("deliveries/<int:pk>/file/", views.sent_file, name="delivery-file"),
]  # fmt: skip
