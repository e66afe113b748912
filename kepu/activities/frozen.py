"""The copy that the public reads: what goes into it, in words as well as in codes. Pure, but for the names of places
and the pictures.

Nothing personal is in it: no contact, no phone, no responsible person by name; but for the number by which the public
books, where the host has written one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from kepu.activities.models import Activity, Picture, PictureKind, TakingPart
from kepu.activities.results import LABEL
from kepu.activities.sessions import Session, sessions_of
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
    "taking_part", "booking_link", "booking_note", "capacity", "accessibility", "accessibility_note",
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


@dataclass(frozen=True, slots=True)
class Site:
    """Where an activity is held, and where those of its sessions are that are held elsewhere, by the id of the place."""

    own: Where
    others: Mapping[int, Where]

    def of(self, session: Session) -> Where:
        return self.others.get(session.place_id or 0, self.own)


def site_of(activity: Activity, *, host: Unit) -> Site:
    """One query, two where anything is not at the host's own place."""
    wanted = {activity.place_id, *(s.place_id for s in sessions_of(activity) if s.place_id)}
    paths = {host.place_id: host.place_path}
    if missing := wanted - set(paths):
        paths |= dict(Place.objects.filter(pk__in=missing).order_by("pk").values_list("pk", "path"))
    above = {path for pk in wanted if pk in paths for path in ancestors(paths[pk])}
    rows = Place.objects.filter(path__in=above).order_by("path").values_list("path", "level", "code", "name")
    named = {path: rest for path, *rest in rows}
    found = {pk: _where(paths[pk], named) for pk in wanted if pk in paths}
    return Site(found.pop(activity.place_id), found)


def _where(path: str, named: Mapping[str, list[str]]) -> Where:
    chain = [named[a] for a in ancestors(path) if a in named and named[a][0] != Level.NATION]
    return Where(
        path, {level: code for level, code, _name in chain}, "".join(name for *_other, name in chain)
    )


def content_of(activity: Activity, *, host: Unit, at: Site, rules: Rules) -> dict[str, Any]:
    """Everything the public may know, as plain JSON."""
    content: dict[str, Any] = {name: getattr(activity, name) for name in _PLAIN}
    content |= {
        "host": host.name, "place": at.own.words,
        "starts_at": activity.starts_at.isoformat() if activity.starts_at else None,
        "ends_at": activity.ends_at.isoformat() if activity.ends_at else None,
        "sessions": [{**s.as_plain(), "place": at.of(s).words} for s in sessions_of(activity)],
        "labels": {name: words_for(getattr(activity, name), name, rules) for name in LABELLED},
    }  # fmt: skip
    if activity.taking_part != TakingPart.BOOKING:  # the form asks how only of what is booked
        content |= {"booking_link": "", "booking_note": ""}
    return content | pictures_of(activity)


def pictures_of(activity: Activity) -> dict[str, Any]:
    """The pictures that the public may see, under one name; nothing where there is none. One query."""
    shown = [_shown(activity, picture) for picture in activity.pictures.shown().in_order()]
    return {"pictures": shown} if shown else {}


def _shown(activity: Activity, picture: Picture) -> dict[str, Any]:
    """A picture that came once the activity had begun is one of the day."""
    begun = not activity.time_pending and activity.starts_at and activity.starts_at <= picture.uploaded_at
    return {
        **picture.as_shown(),
        **({"of_day": True} if begun and picture.kind != PictureKind.POSTER else {}),
    }


def words_for(codes: list[str], name: str, rules: Rules) -> list[dict[str, str]]:
    """Codes with their words; one that no list in force knows (an open list takes such) speaks for itself."""
    if not codes:
        return []
    words = rules.labels({"tracks": "track", "topics": "list"}.get(name, f"list.{name}"))
    return [{"code": code, "label": words.get(code, code)} for code in codes]


def label_codes(activity: Activity, *, results: bool = False) -> str:
    """Every code with its list, between blanks: what a filter looks for. Whether places are left stands among them, and
    whether there are results to see."""
    codes = [f"{name}:{code}" for name in LABELLED for code in getattr(activity, name)]
    codes += [f"access:{code}" for code in ("any", *activity.accessibility)] if activity.accessibility else []
    codes += ["vacant:1"] if activity.has_places else []
    codes += ["full:1"] if activity.is_full else []
    codes += [LABEL] if results else []
    return f" {' '.join(codes)} " if codes else ""


def venue_rank(activity: Activity) -> int | None:
    """Of a main venue, of which level it is: 0 is the nation's; None for any other activity."""
    if not activity.main_venue:
        return None
    levels = list(Level.values)
    return levels.index(activity.activity_level) if activity.activity_level in levels else len(levels) - 1


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
        *(session[part] for session in content["sessions"] for part in ("title", "place", "venue")),
    )
    return [contacts.not_searched(text) for text in said]


def stamp(activity: Activity, status: str, at: datetime) -> str:
    """Changes whenever anything that the public reads of an activity does."""
    seen = f"{activity.pk} {activity.public_version} {status} {activity.key_confirmed} {at.timestamp()}"
    return hashlib.sha256(seen.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Day:
    """A day of China on which an activity is on somewhere, with the first session there and how many there are."""

    day: date
    where: Where
    starts_at: datetime
    ends_at: datetime
    sessions: int = 1


def days_of(activity: Activity, at: Site) -> list[Day]:
    """The days on which it is on, one for each county; none while its new time is yet to be told."""
    if activity.time_pending or not (activity.starts_at and activity.ends_at):
        return []
    own = Session("", starts_at=activity.starts_at, ends_at=activity.ends_at)
    found: dict[tuple[date, str, str, str], Day] = {}
    for session in sessions_of(activity) or [own]:
        if session.starts_at is None or session.ends_at is None:
            continue
        where = at.of(session)
        codes = where.columns()
        first, last = day_of(session.starts_at), last_day(session.ends_at)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            key = (day, codes[Level.PROVINCE], codes[Level.CITY], codes[Level.COUNTY])
            earlier = found.get(key)
            found[key] = (
                replace(earlier, sessions=earlier.sessions + 1)
                if earlier  # sessions come in the order of time
                else Day(day, where, session.starts_at, session.ends_at)
            )
    return list(found.values())


def next_of(activity: Activity, at: datetime) -> tuple[datetime, datetime | None]:
    """When it begins next, and when that turns to the session after: one that is over keeps its last beginning."""
    assert activity.starts_at is not None  # the form has seen to it
    begins = (s.starts_at for s in sessions_of(activity) if s.starts_at and not s.is_cancelled)
    return next_beginning(begins, at) or (activity.starts_at, None)


def next_beginning(begins: Iterable[datetime], at: datetime) -> tuple[datetime, datetime | None] | None:
    """The first of several instants after ``at``, else the last; and itself again where one follows it."""
    ordered = sorted(begins)
    if not ordered:
        return None
    number = next((n for n, one in enumerate(ordered) if one > at), len(ordered) - 1)
    return ordered[number], ordered[number] if number + 1 < len(ordered) else None


def span_of(activity: Activity) -> tuple[date, date]:
    """First and last day; what ends at midnight does not last into the new day."""
    assert activity.starts_at is not None  # the form has seen to both
    assert activity.ends_at is not None
    return day_of(activity.starts_at), last_day(activity.ends_at)


def last_day(ends_at: datetime) -> date:
    return day_of(ends_at - timedelta(microseconds=1))
