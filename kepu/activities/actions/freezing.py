"""Putting a frozen copy before the public: the current row, its days, its search words, and the history of copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from kepu.activities import frozen
from kepu.activities.actions.steps import host_of, rules_for
from kepu.activities.models import (
    Activity,
    Publication,
    PublicationDay,
    PublicationStatus,
    PublishedVersion,
)
from kepu.activities.models.publication import SEARCH_TABLE, digest_of
from kepu.core.db import engine, in_transaction
from kepu.core.search import tokens
from kepu.orgs.actor import Actor


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
    columns = _columns(activity, content, site.own) | _standing(activity, status, words, at)
    if activity.public_version == 1:
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
        _write_days(activity, site)
    with connection.cursor() as cursor:
        cursor.execute(engine().put_search(SEARCH_TABLE), [activity.pk, tokens(*frozen.searchable(content))])


@in_transaction
def mark(activity: Activity, status: PublicationStatus, words: str = "", *, at: datetime) -> None:
    """Change only what stands above the copy: that it is cancelled, or over."""
    Publication.objects.filter(pk=activity.pk).update(**_standing(activity, status, words, at))


@in_transaction
def mark_key(activity: Activity, *, at: datetime) -> None:
    """Show or take back the mark of a key activity on the current copy."""
    Publication.objects.filter(pk=activity.pk).update(
        key_activity=activity.key_confirmed, updated_at=at, digest=frozen.stamp(activity, "key", at)
    )


def _standing(
    activity: Activity, status: PublicationStatus | None, words: str, at: datetime
) -> dict[str, Any]:
    told = {"status": status, "status_words": words} if status else {}
    return {**told, "updated_at": at, "digest": frozen.stamp(activity, status or "copy", at)}


def _columns(activity: Activity, content: dict[str, Any], place: frozen.Where) -> dict[str, Any]:
    first, last = frozen.span_of(activity)
    return {
        "title": activity.title, "host_name": content["host"], "mode": activity.mode, "starts_at": activity.starts_at,
        "ends_at": activity.ends_at, "first_day": first, "last_day": last, "time_pending": activity.time_pending,
        "place_path": place.path, **place.columns(), "place_words": place.words[:300],
        "labels": frozen.label_codes(activity), "key_activity": activity.key_confirmed, "content": content,
        "venue_rank": frozen.venue_rank(activity),
    }  # fmt: skip


def _write_days(activity: Activity, site: frozen.Site) -> None:
    if activity.public_version > 1:
        PublicationDay.objects.filter(publication_id=activity.pk).delete()
    rows = []
    for day in frozen.days_of(activity, site):
        codes: dict[str, Any] = dict(day.where.columns())
        codes.pop("town")
        rows.append(PublicationDay(
            publication_id=activity.pk, season_id=activity.season_id, day=day.day, starts_at=day.starts_at,
            ends_at=day.ends_at, sessions=day.sessions, mode=activity.mode, **codes,
        ))  # fmt: skip
    PublicationDay.objects.bulk_create(rows)
