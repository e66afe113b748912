"""Putting a frozen copy before the public: the current row, its days, its search words, and the history of copies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from kepu.activities import frozen, listing, showing
from kepu.activities.actions.listing import Filed, file_in_lists
from kepu.activities.actions.steps import host_of, rules_for
from kepu.activities.models import (
    OPEN_TO_ALL,
    Activity,
    Publication,
    PublicationDay,
    PublicationStatus,
    PublishedVersion,
)
from kepu.activities.models.publication import digest_of
from kepu.activities.results import results_of
from kepu.core.db import in_transaction
from kepu.core.search import tokens
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit


@in_transaction
def freeze(
    activity: Activity,
    status: PublicationStatus | None,
    words: str = "",
    *,
    moved: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """Make the activity as it now is the copy that the public reads, as number ``activity.public_version``.

    Without a ``status`` what stands above the copy (that it is postponed, and why) stays. ``moved`` says that its time,
    place or mode may have changed, so that its days are written anew.
    """
    host = host_of(activity, by)
    site = frozen.site_of(activity, host=host)
    content = frozen.content_of(activity, host=host, at=site, rules=rules_for(activity, by, at))
    content |= _results(activity, at)
    days = frozen.days_of(activity, site)
    columns = _columns(activity, content, site.own, at) | _standing(activity, status, words, at)
    columns["listed"] = listing.listed_of(columns, site=site, days=days)
    before = Filed.of(activity.pk) if activity.public_version > 1 else None
    if before is None:
        Publication.objects.create(
            pk=activity.pk, season_id=activity.season_id, published_at=at, version=1, **columns
        )
    else:
        Publication.objects.filter(pk=activity.pk).update(version=activity.public_version, **columns)
    PublishedVersion.objects.create(
        activity_id=activity.pk, version=activity.public_version, status=status or PublicationStatus.CHANGED, content=content,
        digest=digest_of(content), published_at=at, unit_id=by.unit_id, person_id=by.person_id,
    )  # fmt: skip
    if moved:
        _write_days(activity, days)
    showing.shown(activity, [columns["listed"], before.listed if before else {}], at=at)
    labels = listing.labels_of(columns, unit_id=activity.unit_id, site=site, days=days)
    now = Filed(columns["next_at"], before.published_at if before else at, columns["listed"])
    file_in_lists(
        activity.pk,
        activity.season_id,
        now,
        before=before,
        words=tokens(*frozen.searchable(content)),
        labels=labels,
    )


def _results(activity: Activity, at: datetime) -> dict[str, Any]:
    """What came of it, as far as the host has put it before the public. One query where some is."""
    if not activity.shown_results:
        return {}
    known = Publication.objects.filter(pk=activity.pk).values_list("content", flat=True).first() or {}
    found = results_of(activity, before=known.get("results", {}), at=at)
    return {"results": found} if found else {}


@in_transaction
def mark(activity: Activity, status: PublicationStatus, words: str = "", *, at: datetime) -> None:
    """Change only what stands above the copy: that it is cancelled, or over. It has no places any more, nor is it full."""
    standing = _standing(activity, status, words, at)
    if activity.full or activity.taking_part in OPEN_TO_ALL:
        _relist(activity, standing, host=activity.unit, at=at)
        return
    Publication.objects.filter(pk=activity.pk).update(**standing)
    showing.shown(activity, at=at)


@in_transaction
def show_marks(activity: Activity, *, by: Actor, at: datetime) -> None:
    """Show on the current copy and in the lists that it is a key activity, that it is full, or not any more. Nothing without a copy."""
    digest = frozen.stamp(activity, f"marks {activity.full}", at)
    _relist(activity, {"updated_at": at, "digest": digest}, host=host_of(activity, by), at=at)


def _relist(activity: Activity, values: dict[str, Any], *, host: Unit, at: datetime) -> None:
    """Write ``values`` and the activity's marks on the current copy, and file it in the lists under them."""
    publication = Publication.objects.select_for_update().filter(pk=activity.pk).first()
    if publication is None:
        return
    columns = {name: getattr(publication, name) for name in _LISTED_BY} | {
        "key_activity": activity.key_confirmed,
        "labels": frozen.label_codes(activity, results="results" in publication.content),
    }
    site = frozen.site_of(activity, host=host)
    days = frozen.days_of(activity, site)
    before = Filed(publication.next_at, publication.published_at, publication.listed)
    now = replace(before, listed=listing.listed_of(columns, site=site, days=days))
    Publication.objects.filter(pk=activity.pk).update(
        key_activity=columns["key_activity"], labels=columns["labels"], listed=now.listed, **values
    )  # fmt: skip
    labels = listing.labels_of(columns, unit_id=activity.unit_id, site=site, days=days)
    words = tokens(*frozen.searchable(publication.content))
    showing.shown(activity, [before.listed, now.listed], at=at)
    file_in_lists(activity.pk, activity.season_id, now, before=before, words=words, labels=labels)


_LISTED_BY = ("mode", "next_at", "latitude", "longitude", "main_venue")


def _standing(
    activity: Activity, status: PublicationStatus | None, words: str, at: datetime
) -> dict[str, Any]:
    told = {"status": status, "status_words": words} if status else {}
    return {**told, "updated_at": at, "digest": frozen.stamp(activity, status or "copy", at)}


def _columns(
    activity: Activity, content: dict[str, Any], place: frozen.Where, at: datetime
) -> dict[str, Any]:
    first, last = frozen.span_of(activity)
    next_at, turns_at = frozen.next_of(activity, at)
    return {
        "title": activity.title, "host_name": content["host"], "mode": activity.mode, "starts_at": activity.starts_at,
        "ends_at": activity.ends_at, "first_day": first, "last_day": last, "next_at": next_at, "turns_at": turns_at,
        "time_pending": activity.time_pending, "latitude": activity.latitude, "longitude": activity.longitude,
        "main_venue": activity.main_venue,
        "place_path": place.path, **place.columns(), "place_words": place.words[:300],
        "labels": frozen.label_codes(activity, results="results" in content), "key_activity": activity.key_confirmed, "content": content,
        "venue_rank": frozen.venue_rank(activity),
    }  # fmt: skip


def _write_days(activity: Activity, days: list[frozen.Day]) -> None:
    if activity.public_version > 1:
        PublicationDay.objects.filter(publication_id=activity.pk).delete()
    rows = []
    for day in days:
        codes: dict[str, Any] = dict(day.where.columns())
        codes.pop("town")
        rows.append(PublicationDay(
            publication_id=activity.pk, season_id=activity.season_id, day=day.day, starts_at=day.starts_at,
            ends_at=day.ends_at, sessions=day.sessions, mode=activity.mode, **codes,
        ))  # fmt: skip
    PublicationDay.objects.bulk_create(rows)
