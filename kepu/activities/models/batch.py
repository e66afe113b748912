"""Many filings decided with one press: what was asked, and what became of each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kepu.activities.models.activity import Activity


class Verdict(models.TextChoices):
    APPROVE = "approve", pgettext_lazy("verb", "通过")
    RETURN = "return", pgettext_lazy("verb", "退回")


class Outcome(models.TextChoices):
    PENDING = "pending", _("还没办")
    DONE = "done", _("办好了")
    REFUSED = "refused", _("没有办")


class BatchOfReviews(models.Model):
    """What a reviewer decided for many at once. It is written before the first is done, so that nothing is lost."""

    token = models.UUIDField(unique=True)  # made by the preview: sent twice, it makes one batch
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+", db_index=False)
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    words = models.TextField(blank=True, max_length=2000)
    reasons = models.JSONField(default=list, blank=True)  # codes of ReturnReason
    checked = models.JSONField(default=list, blank=True)  # codes of the points that all were held against
    steps: Any = models.JSONField(default=dict, blank=True)  # who did each step that a notice asks for
    person_id = models.BigIntegerField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("批量审核")
        verbose_name_plural = _("批量审核")
        indexes = [
            models.Index(
                fields=["unit", "season", "id"], name="batch_not_done", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.verdict} {self.begun_at}"


class BatchLine(models.Model):
    """One filing of a batch, as its reviewer saw it. It leaves ``pending`` once, in the very act that decides on it."""

    batch = models.ForeignKey(BatchOfReviews, models.CASCADE, related_name="lines", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()  # the filing's, as the preview showed it
    despite_claim = models.BooleanField(default=False)  # the preview said that a colleague has it in hand
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.PENDING)
    refused_for = models.JSONField(default=list, blank=True)  # {"sentence", "clause", "clause_id", "notice"}
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("批量审核的一项")
        verbose_name_plural = _("批量审核的各项")
        constraints = [
            models.UniqueConstraint(fields=["batch", "activity"], name="batch_line_once"),
            models.CheckConstraint(
                condition=Q(outcome="pending", at__isnull=True) | ~Q(outcome="pending") & Q(at__isnull=False),
                name="batch_line_at",
            ),
        ]
        indexes = [models.Index(fields=["batch", "position"], name="batch_in_order")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.activity_id} {self.outcome}"
