"""How often writing leaves a trace: a form that saves itself at every pause would otherwise fill the trail with commas.

A *sitting* is what one person, acting for one unit, writes into one draft without anybody coming between, for at most
ten minutes after the last row of its trace. Whoever has just drafted it is still drafting. Whoever edits it leaves a
row, and a new one only with a field that the sitting had not touched; it names all fields written in the sitting so far.
So between two rows every word is the first one's, the chain only grows, and a first filing of ten minutes leaves two
rows instead of forty.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from kepu.activities.models import Activity
from kepu.activities.workflow import Event
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.orgs.actor import Actor

SITTING = timedelta(minutes=10)


def to_trace(activity: Activity, values: Mapping[str, Any], *, by: Actor, at: datetime) -> list[str]:
    """The fields that the row of this save names, in order; none where the last row speaks of it already. One query."""
    last = audit.of(activity).last()
    if last is None or not _is_of_this_sitting(last, by, at):
        return sorted(values)
    if last.event == Event.DRAFTED:
        return []
    named = set(last.detail.get("fields", ()))
    return [] if set(values) <= named else sorted(named | set(values))


def _is_of_this_sitting(row: AuditEntry, by: Actor, at: datetime) -> bool:
    """Whether the row tells that the same hands were writing just now."""
    hands = (row.person_id, row.unit_id, row.detail.get("deputy_for"), row.detail.get("through"))
    return (
        row.event in (Event.DRAFTED, Event.EDITED)
        and hands == (by.person_id, by.unit_id, by.deputy_for, by.through_id)
        and timedelta(0) <= at - row.at < SITTING
    )
