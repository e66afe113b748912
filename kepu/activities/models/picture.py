"""The poster and the pictures of an activity. The files lie in :mod:`kepu.core.files`; a row names one by its digest."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.activities.models.activity import Activity, Minors
from kepu.core import files

MOST_PICTURES = 9
LONGEST_ALT, LONGEST_CREDIT = 200, 60


class PictureKind(models.TextChoices):
    POSTER = "poster", _("海报")
    PICTURE = "picture", _("图片")


# what the public may see: somebody has spoken for the children in it, and a poster says in words what it shows
_SHOWN = (
    Q(removed_at__isnull=True) & ~Q(minors="") & ~Q(digest="") & (~Q(kind=PictureKind.POSTER) | ~Q(alt=""))
)


class PictureQuerySet(models.QuerySet["Picture"]):
    def there(self) -> PictureQuerySet:
        """Neither removed nor erased."""
        return self.filter(removed_at__isnull=True).exclude(digest="")

    def shown(self) -> PictureQuerySet:
        """What the copy for the public takes in."""
        return self.filter(_SHOWN)

    def in_public(self) -> PictureQuerySet:
        """What a current copy names: of an activity that has one."""
        return self.shown().filter(activity__publication__isnull=False)

    def in_order(self) -> PictureQuerySet:
        """The poster first, then as the host has put them."""
        return self.order_by(
            models.Case(models.When(kind=PictureKind.POSTER, then=0), default=1), "position", "pk"
        )


class Picture(models.Model):
    """One picture of one activity. Removed, the row stays and the file goes."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="pictures", db_index=False)
    kind = models.CharField(max_length=8, choices=PictureKind.choices)
    position = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, blank=True)  # of its file; empty once it is erased
    file_kind = models.CharField(max_length=5)  # jpeg, png, webp
    size = models.PositiveIntegerField()  # bytes
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(_("图片说明"), max_length=LONGEST_ALT, blank=True, default="")
    credit = models.CharField(_("作者或来源"), max_length=LONGEST_CREDIT, blank=True, default="")
    minors = models.CharField(_("未成年人影像"), max_length=8, choices=Minors.choices, blank=True, default="")
    uploaded_by_id = models.BigIntegerField()  # a person
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动图片")
        verbose_name_plural = _("活动图片")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "digest"], name="picture_once",
                condition=Q(removed_at__isnull=True) & ~Q(digest=""),
            ),
            models.UniqueConstraint(
                fields=["activity"], name="picture_one_poster",
                condition=Q(removed_at__isnull=True, kind=PictureKind.POSTER) & ~Q(digest=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["activity", "position", "id"], name="picture_of_activity"),
            models.Index(fields=["digest"], name="picture_of_file"),
        ]

    def __str__(self) -> str:
        return self.alt or f"{self.activity_id} {self.kind} {self.position}"

    @property
    def is_shown(self) -> bool:
        """:meth:`PictureQuerySet.shown` for one in hand."""
        there = self.removed_at is None and bool(self.digest)
        return there and bool(self.minors) and (self.kind != PictureKind.POSTER or bool(self.alt))

    def as_shown(self) -> dict[str, Any]:
        """What the copy for the public says of it."""
        names = ("kind", "digest", "width", "height", "alt", "credit")
        return {name: getattr(self, name) for name in names}

    def upon_erasure(self, _changed: dict[str, Any], at: datetime) -> dict[str, Any]:
        """The file goes with the next sweep, unless another season names it."""
        files.let_go([self.digest], at=at, at_once=True)
        return {}


@files.names_files
def named(digests: Collection[str]) -> list[str]:
    """Which of a few files a picture is kept in. One query."""
    return list(
        Picture.objects.there().filter(digest__in=digests).order_by("digest").values_list("digest", flat=True)
    )
