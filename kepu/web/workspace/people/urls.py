from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.people import handing_over, posts, views

urlpatterns = [
    path("people/", views.ours, name="people"),
    path("units/<int:pk>/people/", views.unit_people, name="unit-people"),
    path("units/<int:pk>/people/new/", by_method(GET=views.new_post, POST=views.appointing), name="post-new"),
    path(
        "units/<int:pk>/people/<int:person>/hand-over/",
        by_method(GET=handing_over.handing_over, POST=handing_over.handed_over), name="hand-over",
    ),
    path(
        "units/<int:pk>/invitations/new/", by_method(GET=views.new_invitation, POST=views.inviting), name="invitation-new"
    ),
    path("invitations/<int:pk>/withdrawal/", views.withdrawal, name="invitation-withdrawal"),
    path("posts/<int:pk>/dates/", by_method(GET=posts.dates, POST=posts.changing), name="post-dates"),
    path("posts/<int:pk>/ending/", by_method(GET=posts.ending, POST=posts.ending_now), name="post-ending"),
    path("posts/<int:pk>/deputy/", by_method(GET=posts.deputy, POST=posts.naming_deputy), name="post-deputy"),
    path("deputies/<int:pk>/ending/", posts.ending_deputy, name="deputy-ending"),
]  # fmt: skip
