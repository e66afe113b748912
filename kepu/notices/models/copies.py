"""A season begun as a copy of another: from which, how far shifted, and how far the copying has come."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.notices.models.notices import Season


class SeasonCopy(models.Model):
    """The copying of one season's notices into drafts of another, batch by batch.

    ``reached`` is the last notice that was copied. It moves with the drafts in one transaction, so that a worker that
    dies loses nothing and a row carried out twice doubles nothing.
    """

    season = models.OneToOneField(Season, models.CASCADE, related_name="copy")
    source = models.ForeignKey(Season, models.PROTECT, related_name="copies")
    days = models.IntegerField()
    heir = models.ForeignKey("orgs.Unit", models.PROTECT, related_name="+")  # takes what no unit issued
    reached = models.BigIntegerField(default=0)
    copied = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list, blank=True)  # notices that could not be read: title and why
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("届次照抄")
        verbose_name_plural = _("届次照抄")
        constraints = [
            models.CheckConstraint(condition=~Q(season=models.F("source")), name="season_copied_from_another")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.season_id}"
