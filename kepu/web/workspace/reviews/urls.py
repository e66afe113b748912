from django.urls import path

from kepu.web.workspace.reviews import deciding, views

urlpatterns = [
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/approvals/", deciding.approvals, name="review-approvals"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/approval/", deciding.approval, name="review-approval"),
    path("reviews/<int:pk>/return/", deciding.sending_back, name="review-return"),
    path("reviews/<int:pk>/waiver/", deciding.waiver, name="review-waiver"),
]
