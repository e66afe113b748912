from django.urls import path

from kepu.web.invitations import views
from kepu.web.shared.views import by_method

app_name = "invitations"
urlpatterns = [
    path("<str:token>/", by_method(GET=views.invitation, POST=views.accepting), name="invitation"),
    path("<str:token>/account/", views.joining, name="joining"),
]
