"""Places, lines, units and posts: the two trees an activity rolls up by, and who acts where."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField, under
from kepu.orgs.workflow import Level, PlaceKind, Role, Vocabulary


class PlaceQuerySet(models.QuerySet["Place"]):
    def under(self, path: str) -> PlaceQuerySet:
        """The subtree of ``path``, itself included."""
        return self.filter(under("path", path))


class Place(models.Model):
    """A node of the tree of places. ``code`` is the official six digits (GB/T 2260) where there are any."""

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=20, choices=PlaceKind.choices)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField(_("路径"), unique=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("地区")
        verbose_name_plural = _("地区")
        indexes = [models.Index(fields=["parent", "code"], name="place_children")]

    def __str__(self) -> str:
        return self.name

    def covers(self, path: str) -> bool:
        """Whether ``path`` lies in this place's subtree."""
        return path.startswith(self.path)


class Line(models.Model):
    """A department line (系统): the second tree, of ministry and society domains (NA-28)."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField(_("路径"), unique=True)

    class Meta:
        verbose_name = _("系统")
        verbose_name_plural = _("系统")

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A word of a vocabulary that notices use: kinds of unit, designations, bodies. Data, so that a season may add."""

    vocabulary = models.CharField(max_length=20, choices=Vocabulary.choices)
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_once")]

    def __str__(self) -> str:
        return (self.name_en or self.name) if (get_language() or "").startswith("en") else self.name


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

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        indexes = [
            models.Index(fields=["place_path", "kind"], name="unit_in_place"),
            models.Index(fields=["line_path", "kind"], name="unit_in_line"),
            models.Index(fields=["kind", "level"], name="unit_of_kind"),
        ]

    def __str__(self) -> str:
        return self.name


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


class PostQuerySet(models.QuerySet["Post"]):
    def holding(self, at: object) -> PostQuerySet:
        """Posts that hold at an instant."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=at), Q(until__isnull=True) | Q(until__gt=at))


class Post(models.Model):
    """What a person may do for a unit, within a place or a line, between two instants.

    Without a place or line of its own the post reaches as far as the unit does: what the unit coordinates, else itself.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=12, choices=Role.choices)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    line = models.ForeignKey(Line, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        constraints = [
            # three of them, since SQLite takes every NULL for another value
            models.UniqueConstraint(
                fields=["person", "unit", "role"],
                condition=Q(place=None, line=None),
                name="post_once_in_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role", "place"],
                condition=Q(place__isnull=False),
                name="post_once_in_place",
            ),
            models.UniqueConstraint(
                fields=["person", "unit", "role", "line"],
                condition=Q(line__isnull=False),
                name="post_once_in_line",
            ),
            models.CheckConstraint(condition=Q(place=None) | Q(line=None), name="post_in_place_or_line"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.unit_id}"


class Message(models.Model):
    """A message in the system to a unit: what happened, whose turn it is, where to go. Never the only record."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    outbox_key = models.CharField(max_length=80, unique=True)  # the same delivery twice makes one message

    class Meta:
        indexes = [models.Index(fields=["unit", "-sent_at", "-id"], name="message_of_unit")]

    def __str__(self) -> str:
        return self.subject
