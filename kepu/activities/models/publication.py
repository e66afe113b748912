"""Frozen copies: what the public reads. Editing goes on elsewhere and shows only when it is published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kepu.activities.models.activity import Activity, Mode
from kepu.core.fields import PathField, under

SEARCH_TABLE = (
    "activities_search"  # made by a migration through the engines; filed by kepu.activities.actions.listing
)


class PublicationStatus(models.TextChoices):
    ON = "on", _("如期举办")
    CHANGED = "changed", _("信息有变更")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("取消")
    OVER = "over", _("已举办")


class PublicationQuerySet(models.QuerySet["Publication"]):
    def under(self, path: str) -> PublicationQuerySet:
        return self.filter(under("place_path", path))


class Publication(models.Model):
    """The current copy of one activity, in one table that every list of the portal reads. ``pk`` is the activity's."""

    activity = models.OneToOneField(Activity, models.PROTECT, primary_key=True, related_name="publication")
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=PublicationStatus.choices, default=PublicationStatus.ON)
    status_words = models.CharField(
        max_length=500, blank=True
    )  # the first line of a cancelled or postponed activity
    title = models.CharField(max_length=120)
    host_name = models.CharField(max_length=120)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    next_at = models.DateTimeField()  # when it begins, or its next session does: the order of lists
    turns_at = models.DateTimeField(null=True)  # when the session after that becomes the next one
    time_pending = models.BooleanField(default=False)
    place_path = PathField()
    latitude = models.FloatField(null=True)  # WGS 84
    longitude = models.FloatField(null=True)
    main_venue = models.BooleanField(default=False)
    province = models.CharField(
        max_length=20, blank=True
    )  # codes of places, "" where there is none of that level
    city = models.CharField(max_length=20, blank=True)
    county = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=20, blank=True)
    place_words = models.CharField(max_length=300, blank=True)
    labels = models.TextField(
        blank=True
    )  # every code with its list, such as " fields:health formats:lecture "
    key_activity = models.BooleanField(default=False)
    listed = models.JSONField(default=dict)  # what lists count it for: see kepu.activities.listing
    venue_rank = models.PositiveSmallIntegerField(
        null=True
    )  # of a main venue, of which level: 0 is the nation's
    content = models.JSONField()
    digest = models.CharField(max_length=64)  # changes whenever anything that the public reads does
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("发布的活动")
        verbose_name_plural = _("发布的活动")
        indexes = [
            models.Index(fields=["season", "next_at", "activity"], name="publication_upcoming"),
            models.Index(
                fields=["season", "province", "next_at", "activity"], name="publication_in_province"
            ),
            models.Index(fields=["season", "city", "next_at", "activity"], name="publication_in_city"),
            models.Index(fields=["season", "county", "next_at", "activity"], name="publication_in_county"),
            models.Index(
                fields=["season", "town", "next_at", "activity"],
                name="publication_in_town",
                condition=~Q(town=""),
            ),
            models.Index(fields=["turns_at"], name="publication_turns", condition=Q(turns_at__isnull=False)),
            models.Index(fields=["season", "updated_at", "activity"], name="publication_news"),
            models.Index(
                fields=["season", "place_path", "venue_rank", "activity"],
                name="publication_main_venue",
                condition=Q(venue_rank__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_full(self) -> bool:
        """Whether its host says that no place is left."""
        return " full:1 " in self.labels

    @property
    def is_accessible(self) -> bool:
        """Whether its host names anything that makes it accessible."""
        return " access:any " in self.labels

    def upon_erasure(self, values: dict[str, Any], at: datetime) -> dict[str, Any]:
        """What else changes with the content: caches learn that it is another copy."""
        return {"digest": digest_of(values["content"]), "updated_at": at} if "content" in values else {}


class PublicationDay(models.Model):
    """An activity is on on this day of China: one row for each day it lasts, so that "what is on" is exact.

    Of several sessions it is one row for each day and county in which there are some, with the times of the first of them.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="days", db_index=False)
    season = models.ForeignKey("notices.Season", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    sessions = models.PositiveSmallIntegerField(default=1)  # how many begin or go on there on this day
    mode = models.CharField(max_length=10, choices=Mode.choices)
    province = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=20, blank=True)
    county = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "day", "province", "city", "county"], name="publication_day_once"
            )
        ]
        indexes = [
            models.Index(fields=["season", "day", "starts_at", "publication"], name="day_everywhere"),
            models.Index(
                fields=["season", "province", "day", "starts_at", "publication"], name="day_in_province"
            ),
            models.Index(fields=["season", "city", "day", "starts_at", "publication"], name="day_in_city"),
            models.Index(
                fields=["season", "county", "day", "starts_at", "publication"], name="day_in_county"
            ),
            # the cloud hall: what runs at an instant is picked out of a day's own without a look at the rows
            models.Index(
                fields=["season", "mode", "day", "starts_at", "publication", "ends_at"], name="day_by_mode"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.day}"


class PublishedVersion(models.Model):
    """Every copy the public has ever read. Rows are added and changed only by the erasure."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="published_versions", db_index=False)
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=PublicationStatus.choices)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)  # since when its pictures are gone
    erased_digest = models.CharField(max_length=64, blank=True, default="")  # of what the erasure left
    unit_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "version"], name="published_version_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_digest="")
                | (Q(erased_at__isnull=False) & ~Q(erased_digest="")),
                name="published_version_erasure_is_noted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.version}"

    def traced_under(self) -> tuple[int, str, str]:
        """The host, whoever published; where it lay."""
        return self.activity.unit_id, self.activity.place_path, self.activity.line_path

    @property
    def is_whole(self) -> bool:
        """Whether it is what was published, or what the erasure left of it."""
        return digest_of(self.content) == (self.erased_digest or self.digest)

    def upon_erasure(self, values: dict[str, Any], at: datetime) -> dict[str, Any]:
        """What else changes with the content, so that the copy still proves itself."""
        return {"erased_at": at, "erased_digest": digest_of(values["content"])} if "content" in values else {}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a copy in canonical JSON."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
