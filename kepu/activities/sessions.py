"""The sessions (场次) of one activity: dates of a recurring one, stops of a tour, child events of a series. Pure.

An activity stays one record, one filing and one count, whatever its sessions are. They lie on the row as plain data, a
list of ``{"code", "title", "starts_at", "ends_at", "place_id", "venue", "address", "note"}``: instants as ISO 8601 with
their offset or None while a draft is half written, ``place_id`` None for the activity's own place. ``code`` names a session for
good, whatever is written before or behind it. With sessions the activity begins with the first and ends with the last.

A session that its host cancelled or moved after publication has two keys more, ``status`` (:class:`Standing`) and ``words``,
the reason that the public reads. Only acts write them: a form that sends the sessions back leaves them as they are
(:func:`with_standing`). One without the keys goes ahead as planned. A cancelled one counts for no span.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from kepu.activities.models import Activity, Arrangement
from kepu.activities.records import unfit
from kepu.core.calendar import CHINA, day_of
from kepu.core.refusals import Incomplete, Reason

MOST = 200
LENGTHS = {"title": 120, "venue": 120, "address": 200, "note": 300}
NAMES = {"title": _("名称"), "venue": _("场地名称"), "address": _("详细地址"), "note": _("备注")}


class Standing(StrEnum):
    """What became of a session; as planned it says nothing."""

    PLANNED = ""
    CANCELLED = "cancelled"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Session:
    """One session, its instants as instants."""

    code: str
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place_id: int | None = None
    venue: str = ""
    address: str = ""
    note: str = ""
    status: str = Standing.PLANNED
    words: str = ""

    @property
    def is_cancelled(self) -> bool:
        return self.status == Standing.CANCELLED

    @property
    def is_blank(self) -> bool:
        """Nothing was written in it."""
        return not any(
            (self.title, self.starts_at, self.ends_at, self.place_id, self.venue, self.address, self.note)
        )

    def as_plain(self) -> dict[str, Any]:
        return {
            "code": self.code, "title": self.title, "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "ends_at": self.ends_at.isoformat() if self.ends_at else None, "place_id": self.place_id,
            "venue": self.venue, "address": self.address, "note": self.note,
            **({"status": str(self.status), "words": self.words} if self.status else {}),
        }  # fmt: skip

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Session:
        return cls(
            **{**kept, "starts_at": _read(kept.get("starts_at")), "ends_at": _read(kept.get("ends_at"))}
        )


def sessions_of(activity: Activity) -> list[Session]:
    """The sessions of an activity as it now is, in the order of time; none where it is held once.

    What was written before its host chose "once" stays on the row, and counts for nothing.
    """
    if activity.arrangement == Arrangement.ONCE:
        return []
    return sorted((Session.from_plain(kept) for kept in activity.sessions), key=_order)


def cleaned_sessions(value: Any) -> list[dict[str, Any]]:
    """Sessions as the row keeps them: trimmed, each with a code, blank ones left out, in the order they came.

    Takes mappings with the keys of :class:`Session`; instants as instants or as ISO 8601. Raises :class:`Incomplete` with
    a sentence for each that cannot be taken, under ``sessions.<number>.<key>``, counted from 0.
    """
    if value is None or value == "":
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(one, Mapping) for one in value):
        raise unfit(_("场次的写法不对。"), "sessions")
    if len(value) > MOST:
        raise unfit(_("一项活动最多%(most)s场。更多的请分成几项活动。") % {"most": MOST}, "sessions")
    taken: list[Session] = []
    faults: list[Reason] = []
    used = {str(one.get("code") or "") for one in value}
    for number, one in enumerate(value):
        try:
            session = _session(one)
        except _Unfit as fault:
            where = f"sessions.{number}.{fault.key}"
            sentence = _("第%(n)s场：%(what)s") % {"n": number + 1, "what": fault}
            faults.append(Reason(sentence, field=where, code="form"))
            continue
        if session.is_blank:
            continue
        if not session.code or session.code in {other.code for other in taken}:
            session = _coded(session, used | {other.code for other in taken})
        taken.append(session)
    if faults:
        raise Incomplete(reasons=faults)
    return [session.as_plain() for session in taken]


def span_of_sessions(sessions: Iterable[Session]) -> tuple[datetime, datetime] | None:
    """From the first beginning to the last end of those that take place; None where no session has both."""
    timed = [(s.starts_at, s.ends_at) for s in sessions if s.starts_at and s.ends_at and not s.is_cancelled]
    return (min(a for a, _b in timed), max(b for _a, b in timed)) if timed else None


def spanned(values: Mapping[str, Any], activity: Activity | None = None) -> dict[str, Any]:
    """Cleaned values with the beginning and the end that their sessions give the activity."""
    arrangement = values.get("arrangement", activity.arrangement if activity else Arrangement.ONCE)
    kept = values.get("sessions", activity.sessions if activity else [])
    if arrangement == Arrangement.ONCE or not (
        {"arrangement", "sessions", "starts_at", "ends_at"} & set(values)
    ):
        return dict(values)
    span = span_of_sessions(Session.from_plain(one) for one in kept)
    return {**values, "starts_at": span[0], "ends_at": span[1]} if span else dict(values)


def shifted(sessions: Sequence[Mapping[str, Any]], by: timedelta) -> list[dict[str, Any]]:
    """All sessions earlier or later by the same time."""
    found = []
    for kept in sessions:
        session = Session.from_plain(kept)
        starts, ends = (instant + by if instant else None for instant in (session.starts_at, session.ends_at))
        found.append(
            {
                **session.as_plain(),
                "starts_at": starts and starts.isoformat(),
                "ends_at": ends and ends.isoformat(),
            }
        )
    return found


def with_standing(values: Mapping[str, Any], activity: Activity) -> dict[str, Any]:
    """Cleaned values whose sessions keep what acts have made of them: what is cancelled stays so, by its code."""
    if "sessions" not in values:
        return dict(values)
    kept = {one["code"]: one for one in activity.sessions if one.get("status")}
    standing = [
        {**one, **{key: kept[one["code"]][key] for key in ("status", "words")}}
        if one["code"] in kept
        else one
        for one in values["sessions"]
    ]
    return {**values, "sessions": standing}


def on_days(session: Session, first: date, last: date) -> bool:
    """Whether a session takes place on one of these days of China."""
    if session.is_cancelled or not (session.starts_at and session.ends_at):
        return False
    return day_of(session.starts_at) <= last and day_of(session.ends_at - timedelta(microseconds=1)) >= first


def repeated(
    starts_at: datetime, ends_at: datetime, *, weekdays: Collection[int], until: date
) -> list[Session]:
    """The sessions of something that takes place at the same hours of China on some weekdays, up to and with a day.

    ``weekdays`` are 0 (Monday) to 6. The first session counts, whatever its weekday. At most :data:`MOST`.
    """
    first, length = starts_at.astimezone(CHINA), ends_at - starts_at
    days = (first.date() + timedelta(days=n) for n in range((until - first.date()).days + 1))
    found: list[Session] = []
    for day in days:
        if day == first.date() or day.weekday() in weekdays:
            begins = datetime.combine(day, first.timetz())
            found.append(Session(f"s{len(found) + 1}", starts_at=begins, ends_at=begins + length))
        if len(found) == MOST:
            break
    return found


class _Unfit(Exception):
    """A value of a session cannot be taken; the sentence says why, ``key`` where."""

    def __init__(self, sentence: str, key: str) -> None:
        super().__init__(sentence)
        self.key = key


def _session(one: Mapping[str, Any]) -> Session:
    texts = {}
    for key, most in LENGTHS.items():
        text = str(one.get(key) or "").strip()
        if "\0" in text:
            raise _Unfit(_("“%(name)s”里有不能保存的字符。") % {"name": NAMES[key]}, key)
        if len(text) > most:
            words = _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
            raise _Unfit(words % {"name": NAMES[key], "most": most, "now": len(text)}, key)
        texts[key] = text
    starts, ends = (_instant(one.get(key), key) for key in ("starts_at", "ends_at"))
    if starts and ends and ends <= starts:
        raise _Unfit(_("结束时间要晚于开始时间。"), "ends_at")
    place = one.get("place_id") or None
    if not isinstance(place, int | None) or isinstance(place, bool):
        raise _Unfit(_("请选“举办地”。"), "place_id")
    code = str(one.get("code") or "")[:20]
    return Session(
        code if code.isalnum() and code.isascii() else "",
        starts_at=starts,
        ends_at=ends,
        place_id=place,
        **texts,
    )


def _instant(value: Any, key: str) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        found = value if isinstance(value, datetime) else _read(str(value))
    except ValueError:
        found = None
    if found is None:
        raise _Unfit(_("这不是日期和时间。"), key)
    if found.tzinfo is None:
        raise ValueError("A session's time must know its time zone.")
    return found


def _read(value: str | None) -> datetime | None:
    return parse_datetime(value) if value else None


def _coded(session: Session, used: Collection[str]) -> Session:
    n = 1
    while f"s{n}" in used:
        n += 1
    return replace(session, code=f"s{n}")


def _order(session: Session) -> tuple[bool, str, str]:
    starts = session.starts_at
    return (starts is None, starts.astimezone(CHINA).isoformat() if starts else "", session.code)
