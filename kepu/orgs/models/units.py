"""A unit, and what it bears: titles, seats in bodies, the places and lines it coordinates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField, under
from kepu.orgs.fields import NameKeyField
from kepu.orgs.models.places import Line, Place
from kepu.orgs.workflow import Level, PlaceKind


class UnitQuerySet(models.QuerySet["Unit"]):
    def under(self, path: str) -> UnitQuerySet:
        return self.filter(under("place_path", path))

    def in_line(self, path: str) -> UnitQuerySet:
        return self.filter(under("line_path", path))

    def open(self, day: date) -> UnitQuerySet:
        """Units that are not closed on a day."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


class Unit(models.Model):
    """A body that files, reviews, coordinates or issues. The copies of place, line and traits keep rules query-free."""

    code = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    name_key = NameKeyField(of="name")  # by which one that looks the same is found
    kind = models.SlugField(_("类别"), max_length=40)  # a Term of Vocabulary.UNIT_KIND
    place = models.ForeignKey(Place, models.PROTECT, related_name="units")
    place_path = PathField()
    place_kind = models.CharField(max_length=20, choices=PlaceKind.choices)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="units")
    line_path = PathField(blank=True, default="")
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, blank=True, unique=True)
    traits = models.JSONField(default=list, blank=True)  # codes of designations and memberships that hold now
    made_up = models.BooleanField(_("演练单位"), default=False)
    closed_on = models.DateField(null=True, blank=True)
    # the unit it is a part of, such as the school of a department; one step, never a chain
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False
    )
    # of two records of one unit, the one that is kept; always the last of a chain, so that one step leads there
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", db_index=False
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        indexes = [
            models.Index(fields=["place_path", "kind"], name="unit_in_place"),
            models.Index(fields=["line_path", "kind"], name="unit_in_line"),
            models.Index(fields=["kind", "level"], name="unit_of_kind"),
            models.Index(fields=["place_path", "id"], name="unit_listed"),
            models.Index(fields=["name_key"], name="unit_named"),
            # of the few that have one: an index full of empty values would look useless to a planner
            models.Index(
                fields=["within", "name", "id"], condition=Q(within__isnull=False), name="unit_part_of"
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="unit_merged"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False),
                name="unit_merged_is_closed",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="unit_not_merged_into_itself"),
            models.CheckConstraint(condition=~Q(within=F("id")), name="unit_not_within_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def traced_under(self) -> tuple[int, str, str]:
        """What is done to a unit is its own."""
        return self.pk, self.place_path, self.line_path


class DatedQuerySet(models.QuerySet[Any]):
    def holding(self, day: date) -> DatedQuerySet:
        """What holds on a day; the last day (``until``) counts."""
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day), Q(until__isnull=True) | Q(until__gte=day)
        )


class Designation(models.Model):
    """A title that a unit or a whole place bears, with its dates, such as 全国科普示范县 (LN-37)."""

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="designations")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="designations")
    code = models.SlugField(max_length=40)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) ^ Q(place__isnull=True), name="designation_of_unit_or_place"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Membership(models.Model):
    """A unit's seat in a body (成员单位), with its dates: of the Outline's mechanism, of a joint conference (DG-19)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships")
    body = models.SlugField(max_length=40)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "body"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.body}"


class Coordination(models.Model):
    """The unit that coordinates a place or a line: a role, given to any unit (CD-04, LN-04)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="coordinations")
    place = models.OneToOneField(Place, models.PROTECT, null=True, blank=True, related_name="coordination")
    line = models.OneToOneField(Line, models.PROTECT, null=True, blank=True, related_name="coordination")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__isnull=True) ^ Q(line__isnull=True), name="coordination_of_place_or_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.place_id or self.line_id}"
