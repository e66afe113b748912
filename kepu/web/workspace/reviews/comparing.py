"""What differs between the last round and this one, in words."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import queries
from kepu.activities.content import from_plain
from kepu.activities.models import CONTENT, Activity
from kepu.activities.sessions import sessions_of
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.web.workspace.activities import history
from kepu.web.workspace.activities.showing import Words, moment


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer as it was handed in before, and as it now is."""

    name: str
    label: Any
    before: str
    after: str


def filed_before(activity: Activity) -> Activity | None:
    """The activity as it was handed in the round before; None where that was not kept. At most one query."""
    version = queries.filed_before(activity) if activity.state == State.FILED else None
    if version is None:
        return None
    before = copy(activity)
    columns = {field.attname for field in Activity._meta.concrete_fields}
    for name, value in from_plain(version.content).items():
        if name in columns:  # a column that has gone since stays out
            setattr(before, name, value)
    return before


def compared(before: Activity, now: Activity, words: Words) -> list[Difference]:
    """Where two rounds differ. ``words`` must know the places and units of both."""
    found = []
    for name in CONTENT:
        field: Any = Activity._meta.get_field(name)
        if getattr(before, field.attname) != getattr(now, field.attname):
            said = [_said(activity, name, field.attname, words) for activity in (before, now)]
            found.append(Difference(name, field.verbose_name, *said))
    return found


def changed_by_trace(activity: Activity, entries: Iterable[AuditEntry]) -> set[str]:
    """The fields that the trace says were written since it came back, for what was filed before rounds were kept."""
    return history.changed_since_return(entries) if activity.state == State.FILED else set()


def _said(activity: Activity, name: str, attname: str, words: Words) -> str:
    if name == "sessions":
        lines = []
        for session in sessions_of(activity):
            parts = (
                moment(session.starts_at) if session.starts_at else "",
                session.title,
                session.venue,
                session.note,
            )
            lines.append(" ".join(part for part in parts if part))
        return "\n".join(lines)
    return _("、").join(words.of(name, getattr(activity, attname)))
