"""Reading the trace: of a thing, a unit, a person, an area; and who looked at somebody's personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from kepu.core import telling
from kepu.core.calendar import start_of_day
from kepu.core.fields import under
from kepu.core.models import AuditEntry
from kepu.core.paging import page_of_all
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Unit
from kepu.orgs.rules import traceable_by
from kepu.oversight.trace import rules
from kepu.oversight.trace.lines import Line, told

PERSONAL = "personal"  # the group of looks at personal data
Rows = QuerySet[AuditEntry]


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a trace somebody wants to see; what is left empty asks for nothing."""

    day: date | None = None
    group: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class TracePage:
    """One page of sentences, the newest first; the cursors are "" where there is no other page."""

    lines: tuple[Line, ...]
    next: str = ""
    previous: str = ""


ALL = Filters()
SIZE = 40


def of_thing(
    reader: Actor, kind: str, pk: int, filters: Filters = ALL, *, cursor: str = "", size: int = SIZE
) -> TracePage:  # fmt: skip
    """What was done with a thing that the reader's page shows already."""
    return _page([AuditEntry.objects.filter(thing=kind, thing_id=pk)], reader, filters, cursor, size)


def of_unit(
    reader: Actor, unit: Unit, filters: Filters = ALL, *, cursor: str = "", size: int = SIZE
) -> TracePage:
    """What a unit did, and what others did to what is its own."""
    rules.check_read_unit(reader, unit)
    rows = [AuditEntry.objects.filter(unit_id=unit.pk), AuditEntry.objects.filter(owner_id=unit.pk)]
    return _page(rows, reader, filters, cursor, size)


def of_person(
    reader: Actor, person_id: int, filters: Filters = ALL, *, cursor: str = "", size: int = SIZE
) -> TracePage:
    """What a person did: to themselves all of it, to others what they did for units whose trace these read."""
    rules.check_read_person(reader, person_id)
    rows = AuditEntry.objects.filter(person_id=person_id)
    if not (reader.is_system or reader.person_id == person_id):
        rows = rows.filter(unit_id__in=traceable_by(reader).values("pk"))
    return _page([rows], reader, filters, cursor, size)


def of_area(
    reader: Actor, place: Place, day: date, filters: Filters = ALL, *, cursor: str = "", size: int = SIZE
) -> TracePage:
    """What was done on a day with what lies in an area: one range of the index of days.

    The day is put in order by the index alone; only the rows of the page are fetched.
    """
    rules.check_read_place(reader, place)
    rows = AuditEntry.objects.filter(under("place_path", place.path), day=day).only("id")
    return _page([rows], reader, Filters(None, filters.group, filters.person), cursor, size, whole=False)


def looks_in_area(reader: Actor, place: Place, *, cursor: str = "", size: int = SIZE) -> TracePage:
    """Who looked at personal data in an area, whenever: by the index of events, one for each."""
    rules.check_read_place(reader, place)
    looks = [AuditEntry.objects.filter(event=event) for event in telling.events_of(PERSONAL)]
    rows = [look.filter(under("place_path", place.path)) for look in looks]
    return _page(rows, reader, ALL, cursor, size)


def _page(
    rows: Sequence[Rows], reader: Actor, filters: Filters, cursor: str, size: int, *, whole: bool = True
) -> TracePage:
    narrowed = [_narrowed(one, filters) for one in rows]
    found = page_of_all(narrowed, order=("-id",), cursor=cursor, size=size)
    items = found.items if whole else _fetched([row.pk for row in found.items])
    return TracePage(tuple(told(items, reader)), found.next, found.previous)


def _fetched(ids: Sequence[int]) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__in=ids).order_by("-id"))


def _narrowed(rows: Rows, filters: Filters) -> Rows:
    if filters.day is not None:
        begins = start_of_day(filters.day)
        rows = rows.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    if filters.group:
        rows = rows.filter(event__in=telling.events_of(filters.group))
    if filters.person is not None:
        rows = rows.filter(person_id=filters.person)
    return rows
