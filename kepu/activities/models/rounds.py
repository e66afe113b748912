"""Round by round: what was handed in, and what its reviewers decided. Rows are added and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kepu.activities.models.activity import Activity
from kepu.core.secrets import EncryptedJSONField


class Decision(models.TextChoices):
    RETURNED = "returned", pgettext_lazy("done", "退回")
    PASSED = "passed", pgettext_lazy("done", "通过，转下一步")
    APPROVED = "approved", pgettext_lazy("done", "通过")
    WAIVED = "waived", pgettext_lazy("done", "同意例外")
    CHANGE_APPROVED = "change_approved", pgettext_lazy("done", "同意变更")
    CHANGE_RETURNED = "change_returned", pgettext_lazy("done", "不同意变更")


class ReviewNote(models.Model):
    """What a reviewer decided, with words and reasons. Rows are added and never changed."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="notes", db_index=False)
    round = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=16, choices=Decision.choices)
    reasons = models.JSONField(default=list, blank=True)  # codes of ReturnReason
    words = models.TextField(blank=True, max_length=2000)
    waivers = models.JSONField(default=dict, blank=True)
    # what it was held against: {"clause", "points": [...], "people": {step: name}} for each clause that asks for it
    checked: Any = models.JSONField(default=list, blank=True)
    proposed: Any = models.JSONField(null=True, blank=True)  # the change that was decided on
    unit = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+", db_index=False)
    person_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("审核意见")
        verbose_name_plural = _("审核意见")
        indexes = [models.Index(fields=["activity", "id"], name="note_of_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.decision}"


class FiledVersion(models.Model):
    """What was handed in, round by round, as plain content: what a reviewer compares. Rows are added and never changed."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="filed_versions", db_index=False)
    round = models.PositiveSmallIntegerField()
    content: Any = EncryptedJSONField()
    filed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("填报版本")
        verbose_name_plural = _("填报版本")
        constraints = [models.UniqueConstraint(fields=["activity", "round"], name="filed_version_once")]

    def __str__(self) -> str:
        return f"{self.activity_id} #{self.round}"
