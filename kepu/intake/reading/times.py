"""From the cells about time to the beginning, the end and the sessions of an activity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.utils.translation import gettext as _

from kepu.activities.models import Arrangement
from kepu.core import spoken
from kepu.core.calendar import CHINA
from kepu.core.spoken import Session, Spoken
from kepu.intake.reading.said import Cell, Said

ESCALATED = {"no_end"}  # a doubt about a time, an error in an activity: it has to say when it ends


def read_times(said: Said) -> str:
    """Set ``starts_at``, ``ends_at``, ``arrangement`` and ``sessions``; gives back the words that speak of a place."""
    cells = said.of("when", "when_where", "starts_at", "ends_at")
    if not cells:
        return ""
    first = cells[0]
    found = spoken.read(_together(said), said.context.around)
    mixed = bool(said.of("when_where"))
    for flag in found.flags:
        if flag.code == "words_left" and mixed:
            continue
        if flag.grave or flag.code in ESCALATED:
            said.error(first, "starts_at", flag.code, flag.sentence)
        else:
            said.hint(first, "starts_at", flag.code, flag.sentence)
    _set(said, first, found)
    return found.rest if mixed else ""


def _together(said: Said) -> str:
    """The cells about time as one text: a day, the hours in the next column, an end in the one after."""
    text = " ".join(cell.text for cell in said.of("when", "when_where"))
    starts = " ".join(cell.text for cell in said.of("starts_at"))
    ends = " ".join(cell.text for cell in said.of("ends_at"))
    if starts and ends:
        return f"{text} {starts}~{ends}"
    return f"{text} {starts}" if starts else f"{text}~{ends}" if ends and text else text or ends


def _set(said: Said, cell: Cell, found: Spoken) -> None:
    if not found.sessions or any(flag.code == "no_last_day" for flag in found.flags):
        return
    sessions = [_with_hours(session, said.context.usual_hours) for session in found.sessions]
    if any(starts is None for starts, _ends in sessions):
        sentence = _("只写了日期，没有写几点。请写成“9月17日9:00-11:30”这样。")
        said.error(cell, "starts_at", "no_hours", sentence)
        return
    assumed = [
        both for both, session in zip(sessions, found.sessions, strict=True) if session.starts_at is None
    ]
    for starts, ends in assumed[:1]:
        words = _("没有写几点，按%(first)s—%(last)s填，请核对。")
        said.hint(cell, "starts_at", "hours_assumed", words % {"first": _clock(starts), "last": _clock(ends)})
    begins = [starts for starts, _ends in sessions if starts]
    stops = [ends for _starts, ends in sessions if ends]
    said.content["starts_at"] = min(begins)
    if len(stops) == len(sessions):
        said.content["ends_at"] = max(stops)
    if len(sessions) == 1:
        said.content["arrangement"] = Arrangement.ONCE.value
        return
    said.content["arrangement"] = Arrangement.RECURRING.value
    said.content["sessions"] = [
        {
            "code": f"s{n}",
            "starts_at": starts.isoformat() if starts else None,
            "ends_at": ends.isoformat() if ends else None,
        }
        for n, (starts, ends) in enumerate(sessions, start=1)
    ]


def _with_hours(
    session: Session, usual: Mapping[str, tuple[time, time]]
) -> tuple[datetime | None, datetime | None]:
    if session.starts_at:
        return session.starts_at, session.ends_at
    hours = usual.get(session.part) or (usual.get("") if session.part in ("", "all_day") else None)
    if hours is None:
        return None, None
    return datetime.combine(session.first, hours[0], CHINA), datetime.combine(session.last, hours[1], CHINA)


def _clock(instant: datetime | None) -> str:
    return f"{instant:%H:%M}" if instant else ""
