"""Places and lines, the two trees an activity rolls up by, and the words that notices use."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kepu.core.fields import PathField, under
from kepu.orgs.workflow import Level, PlaceKind, Vocabulary


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
        indexes = [
            models.Index(fields=["parent", "code"], name="place_children"),
            models.Index(fields=["name"], name="place_named"),
            models.Index(
                fields=["level", "name"],
                name="place_named_so",
                # by bytes, as beginnings are asked for
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def traced_under(self) -> tuple[None, str, str]:
        """What is done to a place belongs to no unit and lies there."""
        return None, self.path, ""

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

    def traced_under(self) -> tuple[None, str, str]:
        """What is done to a line belongs to no unit and no place."""
        return None, "", self.path


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
