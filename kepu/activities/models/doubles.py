"""What activities are found by when one may be another again, and what people decided of such a pair."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.activities.models.activity import Activity
from kepu.core.fields import PathField


class LikenessMark(models.Model):
    """One of the marks that an activity handed in is found by; two that are alike share some.

    ``area`` is the county (or city without counties) where it is held; days are numbers, as ``date.toordinal`` gives them.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="likeness_marks", db_index=False)
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    mark = models.BigIntegerField()
    area = PathField()
    first_day = models.IntegerField()
    last_day = models.IntegerField()

    class Meta:
        verbose_name = _("查重标记")
        verbose_name_plural = _("查重标记")
        constraints = [models.UniqueConstraint(fields=["activity", "mark"], name="likeness_mark_once")]
        indexes = [
            models.Index(
                fields=["season", "mark", "area", "first_day", "activity"], name="likeness_candidates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.mark:x}"


class DoubleState(models.TextChoices):
    """What was decided of a pair."""

    OPEN = "open", _("待判断")
    MERGED = "merged", _("已合并")
    LINKED = "linked", _("已关联")
    DIFFERENT = "different", _("不是同一项")


COUNTED_TOGETHER = (DoubleState.MERGED, DoubleState.LINKED)


class Double(models.Model):
    """Two activities that may be one: how alike, and what a person decided.

    ``kept`` is the one that goes on counting, of a pair merged or linked. ``place_path`` and ``line_path`` are what is above
    both hosts: whoever coordinates there may decide. ``host`` is the host where both have the same.
    """

    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    a = models.ForeignKey(Activity, models.PROTECT, related_name="+", db_index=False)
    b = models.ForeignKey(Activity, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()  # of 100
    why = models.JSONField(default=list)  # what agrees: title, time, place, host
    place_path = PathField()
    line_path = PathField(blank=True, default="")
    host = models.ForeignKey(
        "orgs.Unit", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    state = models.CharField(max_length=10, choices=DoubleState.choices, default=DoubleState.OPEN)
    kept = models.ForeignKey(
        Activity, models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    words = models.TextField(_("说明"), max_length=500, blank=True)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)  # a person
    decided_unit = models.ForeignKey(
        "orgs.Unit", models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    class Meta:
        verbose_name = _("可能重复的活动")
        verbose_name_plural = _("可能重复的活动")
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="double_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="double_in_order"),
            models.CheckConstraint(
                condition=Q(state=DoubleState.OPEN, decided_at__isnull=True, decided_by_id__isnull=True)
                | (~Q(state=DoubleState.OPEN) & Q(decided_at__isnull=False, decided_by_id__isnull=False)),
                name="double_decided",
            ),
            models.CheckConstraint(
                condition=Q(state__in=COUNTED_TOGETHER, kept__isnull=False)
                & (Q(kept=F("a")) | Q(kept=F("b")))
                | (~Q(state__in=COUNTED_TOGETHER) & Q(kept__isnull=True)),
                name="double_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["season", "-score", "-id"], name="double_open", condition=Q(state="open")),
            models.Index(
                fields=["season", "place_path", "-score", "-id"],
                name="double_in_place",
                condition=Q(state="open"),
            ),
            models.Index(
                fields=["season", "line_path", "-score", "-id"],
                name="double_in_line",
                condition=Q(state="open") & ~Q(line_path=""),
            ),
            models.Index(
                fields=["host", "season", "-score", "-id"],
                name="double_of_host",
                condition=Q(state="open", host__isnull=False),
            ),
            models.Index(
                fields=["season", "-decided_at", "-id"], name="double_decided_on", condition=~Q(state="open")
            ),
            models.Index(
                fields=["season", "place_path", "-decided_at", "-id"],
                name="double_decided_in_place",
                condition=~Q(state="open"),
            ),
            models.Index(
                fields=["season", "line_path", "-decided_at", "-id"],
                name="double_decided_in_line",
                condition=~Q(state="open") & ~Q(line_path=""),
            ),
            models.Index(
                fields=["decided_unit", "season", "-decided_at", "-id"],
                name="double_decided_by",
                condition=~Q(state="open"),
            ),
            models.Index(
                fields=["host", "season", "-decided_at", "-id"],
                name="double_decided_of_host",
                condition=~Q(state="open") & Q(host__isnull=False),
            ),
            models.Index(fields=["kept"], name="double_kept_one", condition=Q(kept__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} = {self.b_id}?"

    @property
    def pair(self) -> tuple[Activity, Activity]:
        return self.a, self.b

    def other(self, activity_id: int) -> Activity:
        """The other one of the pair."""
        return self.b if activity_id == self.a_id else self.a

    @property
    def left(self) -> Activity | None:
        """The one that counts with the one kept."""
        return None if self.kept_id is None else self.other(self.kept_id)
