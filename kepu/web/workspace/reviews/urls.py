from django.urls import path

from kepu.web.shared.views import by_method
from kepu.web.workspace.reviews import batches, claiming, deciding, inbox, reminding, views, words

urlpatterns = [
    path("reviews/", inbox.reviews, name="reviews"),
    path(
        "reviews/batches/new/",
        by_method(GET=batches.preview, POST=batches.beginning),
        name="review-batch-new",
    ),
    path(
        "reviews/batches/<int:pk>/",
        by_method(GET=batches.batch, POST=batches.carrying_on),
        name="review-batch",
    ),
    path("reviews/words/", by_method(GET=words.words, POST=words.adding), name="review-words"),
    path("reviews/words/<int:pk>/removal/", words.removal, name="review-word-removal"),
    path("reviews/late/<int:pk>/reminder/", reminding.reminder, name="review-reminder"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/approval/", deciding.approval, name="review-approval"),
    path("reviews/<int:pk>/return/", deciding.sending_back, name="review-return"),
    path("reviews/<int:pk>/waiver/", deciding.waiver, name="review-waiver"),
    path("reviews/<int:pk>/claim/", claiming.claim, name="review-claim"),
    path("reviews/<int:pk>/release/", claiming.release, name="review-release"),
]
