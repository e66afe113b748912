"""The sessions of an activity as a page lists them and as a form lets one choose among them. No query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.activities.sessions import Session, Standing, sessions_of
from kepu.web.workspace.activities.showing import Words, moment


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in words. ``label`` and ``tone`` say what became of it, "" where it goes ahead as planned."""

    code: str
    when: str
    what: str
    label: Any = ""
    tone: str = ""
    words: str = ""
    is_to_come: bool = False

    @property
    def is_cancelled(self) -> bool:
        return self.tone == "ochre"


def rows_of(activity: Activity, words: Words, *, at: datetime) -> list[SessionRow]:
    """Every session in the order of time."""
    return [_row(session, words, at) for session in sessions_of(activity)]


def choices_of(activity: Activity, *, cancelled: bool) -> list[tuple[str, str]]:
    """The sessions to choose from, by their codes; ``cancelled`` ones too where they may take place again."""
    found = [session for session in sessions_of(activity) if cancelled or not session.is_cancelled]
    return [(session.code, " · ".join(filter(None, (_when(session), _what(session))))) for session in found]


def label_of(session: Session) -> str:
    """What became of a session; "" where it goes ahead as planned."""
    return {Standing.CANCELLED: _("这一场取消"), Standing.MOVED: _("这一场改期")}.get(
        Standing(session.status), ""
    )


def _row(session: Session, words: Words, at: datetime) -> SessionRow:
    tone = {Standing.CANCELLED: "ochre", Standing.MOVED: "gamboge"}.get(Standing(session.status), "")
    to_come = session.starts_at is not None and session.starts_at > at
    return SessionRow(
        session.code,
        _when(session) or _("时间待填"),
        words.about(session),
        label_of(session),
        tone,
        session.words,
        to_come,
    )


def _when(session: Session) -> str:
    if session.starts_at is None:
        return ""
    if session.ends_at is None:
        return moment(session.starts_at)
    ends = localtime(session.ends_at)
    same_day = ends.date() == localtime(session.starts_at).date()
    return f"{moment(session.starts_at)}—{f'{ends:%H:%M}' if same_day else moment(ends)}"


def _what(session: Session) -> str:
    return " · ".join(filter(None, (session.title, session.venue or session.address)))
