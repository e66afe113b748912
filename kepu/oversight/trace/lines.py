"""Rows of the trace made into sentences for a reader: all the names of a page are resolved at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.core import telling
from kepu.core.models import AuditEntry
from kepu.core.telling import Key, Named, Row, Told
from kepu.orgs.actor import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """One act: when, the sentence with what it names, and which group of events it belongs to."""

    at: datetime
    told: Told
    group: str
    entry: AuditEntry

    @property
    def sentence(self) -> str:
        return str(self.told)


def told(entries: Sequence[AuditEntry], reader: Actor) -> list[Line]:
    """The sentences of some rows. A few queries for each kind of thing among them, however many rows."""
    keys: dict[str, set[Any]] = telling.wanted(entries)
    keys.setdefault("person", set()).update(e.person_id for e in entries if e.person_id is not None)
    keys.setdefault("unit", set()).update(e.unit_id for e in entries if e.unit_id is not None)
    refs = telling.resolve(keys, reader)
    return [_line(entry, refs) for entry in entries]


def _line(entry: AuditEntry, refs: Mapping[tuple[str, Key], Named]) -> Line:
    thing = refs.get((entry.thing, entry.thing_id)) or telling.unnamed(entry.thing, entry.thing_id)
    saying = telling.saying_of(entry.event)
    row = Row(entry, _who(entry, refs), thing, refs)
    return Line(entry.at, telling.tell(row), saying.group if saying else "", entry)


def _who(entry: AuditEntry, refs: Mapping[tuple[str, Key], Named]) -> Named:
    """The person and the unit acted for; of somebody whom the reader may not know, only the unit."""
    unit = refs.get(("unit", entry.unit_id)) if entry.unit_id is not None else None
    person = refs.get(("person", entry.person_id)) if entry.person_id is not None else None
    if person is None:
        return unit or Named(_("系统"))
    if unit is None:
        return person
    if not person.kind:
        return Named(unit.text, unit.kind, unit.key)
    both = _("%(unit)s的%(person)s") % {"unit": unit.text, "person": person.text}
    return Named(both, person.kind, person.key)
