"""The copy that the public reads: what goes into it, in words as well as in codes. Pure, but for the names of places
and the pictures.

Nothing personal is in it: no contact, no phone, no responsible person by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kepu.activities.models import Activity
from kepu.core import contacts
from kepu.core.calendar import day_of
from kepu.core.fields import ancestors
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Level, Place, Unit

LABELLED = ("tracks", "fields", "topics", "entries", "audiences", "formats")
_PLAIN = (
    "title", "theme", "subtheme", "activity_level", "mode", "arrangement", "venue", "address",
    "latitude", "longitude", "main_venue", "online_link", "summary",
    "participants_expected", "online_expected", "co_hosts", "undertakers", "supporters", "time_pending",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A place as lists need it: codes by level, and its full name without the nation."""

    path: str
    codes: Mapping[str, str]
    words: str

    def columns(self) -> dict[str, str]:
        """The codes of the levels that have columns of their own."""
        return {
            level: self.codes.get(level, "")
            for level in (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWN)
        }


def where(place_id: int, *, host: Unit) -> Where:
    """Where an activity is held. One query, two where that is not the host's own place."""
    path = host.place_path
    if place_id != host.place_id:
        path = Place.objects.values_list("path", flat=True).get(pk=place_id)
    rows = (
        Place.objects.filter(path__in=ancestors(path)).order_by("path").values_list("level", "code", "name")
    )
    chain = [row for row in rows if row[0] != Level.NATION]
    return Where(
        path, {level: code for level, code, _name in chain}, "".join(name for *_other, name in chain)
    )


def content_of(activity: Activity, *, host: Unit, at: Where, rules: Rules) -> dict[str, Any]:
    """Everything the public may know, as plain JSON."""
    content: dict[str, Any] = {name: getattr(activity, name) for name in _PLAIN}
    content |= {
        "host": host.name, "place": at.words,
        "starts_at": activity.starts_at.isoformat() if activity.starts_at else None,
        "ends_at": activity.ends_at.isoformat() if activity.ends_at else None,
        "labels": {name: words_for(getattr(activity, name), name, rules) for name in LABELLED},
    }  # fmt: skip
    return content | pictures_of(activity)


def pictures_of(activity: Activity) -> dict[str, Any]:
    """The pictures that the public may see, under one name; nothing where there is none. One query."""
    shown = [picture.as_shown() for picture in activity.pictures.shown().in_order()]
    return {"pictures": shown} if shown else {}


def words_for(codes: list[str], name: str, rules: Rules) -> list[dict[str, str]]:
    """Codes with their words; one that no list in force knows (an open list takes such) speaks for itself."""
    if not codes:
        return []
    words = rules.labels({"tracks": "track", "topics": "list"}.get(name, f"list.{name}"))
    return [{"code": code, "label": words.get(code, code)} for code in codes]


def label_codes(activity: Activity) -> str:
    """Every code with its list, between blanks: what a filter looks for."""
    codes = [f"{name}:{code}" for name in LABELLED for code in getattr(activity, name)]
    return f" {' '.join(codes)} " if codes else ""


def searchable(content: Mapping[str, Any]) -> list[str]:
    """The texts by which an activity is found; a number that the host put before the public finds nobody."""
    labels = [entry["label"] for entries in content["labels"].values() for entry in entries]
    names = [*content["co_hosts"], *content["undertakers"]]
    said = (
        content["title"],
        content["host"],
        content["place"],
        content["venue"],
        content["summary"],
        *names,
        *labels,
    )
    return [contacts.not_searched(text) for text in said]


def stamp(activity: Activity, status: str, at: datetime) -> str:
    """Changes whenever anything that the public reads of an activity does."""
    seen = f"{activity.pk} {activity.public_version} {status} {activity.key_confirmed} {at.timestamp()}"
    return hashlib.sha256(seen.encode()).hexdigest()


def days_of(activity: Activity) -> Iterator[date]:
    """The days of China on which it is on; none while its new time is yet to be told."""
    if activity.time_pending or not (activity.starts_at and activity.ends_at):
        return
    first, last = span_of(activity)
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def span_of(activity: Activity) -> tuple[date, date]:
    """First and last day; what ends at midnight does not last into the new day."""
    assert activity.starts_at is not None  # the form has seen to both
    assert activity.ends_at is not None
    return day_of(activity.starts_at), day_of(activity.ends_at - timedelta(microseconds=1))
