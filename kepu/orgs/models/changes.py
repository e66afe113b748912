"""What became of units: renamed, moved, merged, split, closed, taken under another; each with its day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models.units import Unit


class UnitChange(models.Model):
    """One change of one unit, effective on a day: what it was before and is after, who decided it, on what ground.

    Rows are never deleted. ``others`` are the units it also speaks of: into which it was merged, which it was split
    into, under which it came; the change stands in their history too.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", db_index=False)
    kind = models.CharField(_("变更"), max_length=12, choices=ChangeKind.choices)
    state = models.CharField(max_length=10, choices=ChangeState.choices)
    effective_on = models.DateField(_("生效日期"))
    others = models.ManyToManyField(Unit, related_name="changes_of_others", blank=True)
    before: Any = models.JSONField(default=dict, blank=True)
    after: Any = models.JSONField(default=dict, blank=True)
    ground = models.CharField(_("依据"), max_length=300, blank=True)  # a document's number, a decision
    held_up = models.TextField(blank=True)  # what stood in the way on the day

    decided_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True, blank=True)  # a person
    deciding_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("单位变更")
        verbose_name_plural = _("单位变更")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ChangeState.DONE, done_at__isnull=False)
                | (~Q(state=ChangeState.DONE) & Q(done_at__isnull=True)),
                name="unit_change_done_is_dated",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state=ChangeState.PLANNED), name="unit_change_one_to_come"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "effective_on", "id"], name="change_of_unit"),
            models.Index(
                fields=["effective_on", "id"], condition=Q(state=ChangeState.PLANNED), name="change_to_come"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.effective_on}"
