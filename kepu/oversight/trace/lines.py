"""Rows of the trace made into sentences for a reader: all the names of a page are resolved at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    for kind, name in (("person", "deputy_for"), ("unit", "through")):
        keys[kind].update(e.detail[name] for e in entries if e.detail.get(name))
    refs = telling.resolve(keys, reader)
    return [_line(entry, refs) for entry in entries]


def _line(entry: AuditEntry, refs: Mapping[tuple[str, Key], Named]) -> Line:
    thing = refs.get((entry.thing, entry.thing_id)) or telling.unnamed(entry.thing, entry.thing_id)
    saying = telling.saying_of(entry.event)
    row = Row(entry, _who(entry, refs), thing, refs)
    said = telling.tell(row)
    said = replace(said, also=(*said.also, *_in_stead(entry, refs)))
    return Line(entry.at, said, saying.group if saying else "", entry)


def _in_stead(entry: AuditEntry, refs: Mapping[tuple[str, Key], Named]) -> Iterator[str]:
    """In whose stead it was done: of a person whose deputy it was, by a post at another unit."""
    if absent := entry.detail.get("deputy_for"):
        yield _("代理%(person)s办理。") % {"person": refs[("person", absent)]}
    if through := entry.detail.get("through"):
        yield _("由%(unit)s代办。") % {"unit": refs[("unit", through)]}


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
