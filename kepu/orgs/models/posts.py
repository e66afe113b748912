"""Posts: what a person may do for a unit, how far and for how long."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kepu.orgs.models.places import Line, Place
from kepu.orgs.models.units import Unit
from kepu.orgs.workflow import Role


class PostQuerySet(models.QuerySet["Post"]):
    def holding(self, at: object) -> PostQuerySet:
        """Posts that hold at an instant."""
        return self.filter(Q(since__isnull=True) | Q(since__lte=at), Q(until__isnull=True) | Q(until__gt=at))

    def not_ended(self, at: object) -> PostQuerySet:
        """Posts that hold at an instant or are still to begin."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at))


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
