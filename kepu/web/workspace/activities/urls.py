from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.activities import (
    afterwards,
    changing,
    contacts,
    copying,
    filing,
    gates,
    pictures,
    places_left,
    preview,
    saving,
    views,
)
from kepu.web.workspace.activities.acts import ACTS, act_page

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/new/", by_method(GET=filing.new, POST=filing.drafting), name="activity-new"),
    path("activities/new/gates/", gates.of_new, name="activity-new-gates"),
    path("activities/new/saving/", saving.of_new, name="activity-new-saving"),
    path("activities/copying/", copying.copying, name="activity-copying"),
    path("activities/copying/others/", copying.copy_of_others, name="activity-copy-published"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/edit/", by_method(GET=filing.edit, POST=filing.editing), name="activity-edit"),
    path("activities/<int:pk>/preview/", preview.preview, name="activity-preview"),
    path("activities/<int:pk>/gates/", gates.of_draft, name="activity-gates"),
    path("activities/<int:pk>/saving/", saving.of_draft, name="activity-saving"),
    path("activities/<int:pk>/contact/", contacts.contact, name="activity-contact"),
    path("activities/<int:pk>/copy/", copying.copy, name="activity-copy"),
    path("activities/<int:pk>/change/", by_method(GET=changing.change, POST=changing.changing), name="activity-change"),
    path(
        "activities/<int:pk>/completion/", by_method(GET=afterwards.completion, POST=afterwards.completing),
        name="activity-completion",
    ),
    path("activities/<int:pk>/summary/", by_method(GET=afterwards.summary, POST=afterwards.summarising), name="activity-summary"),
    path("activities/<int:pk>/places/", places_left.places, name="activity-places"),
    path("activities/<int:pk>/pictures/", by_method(GET=pictures.pictures, POST=pictures.adding), name="activity-pictures"),
    path("activities/<int:pk>/pictures/<int:picture>/description/", pictures.describing, name="activity-picture-description"),
    path("activities/<int:pk>/pictures/<int:picture>/position/", pictures.moving, name="activity-picture-position"),
    path("activities/<int:pk>/pictures/<int:picture>/removal/", pictures.removing, name="activity-picture-removal"),
    path("activities/<int:pk>/pictures/<int:picture>/original/", pictures.original, name="activity-picture-original"),
    path("activities/<int:pk>/pictures/<int:picture>/<int:width>.webp", pictures.small, name="activity-picture-small"),
    *(path(f"activities/<int:pk>/{noun}/", act_page(noun), name=f"activity-{noun}") for noun in ACTS),
]  # fmt: skip
