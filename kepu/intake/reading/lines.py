"""One row of a table read in the terms of an activity. Pure: what it is read with comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.facts import characters
from kepu.intake.reading.choices import (
    FLAGS,
    LISTS,
    UNITS,
    longest_of,
    read_flags,
    read_level,
    read_lists,
    read_mode,
    read_units,
)
from kepu.intake.reading.columns import FIELDS, Column
from kepu.intake.reading.context import Context
from kepu.intake.reading.people import read_people
from kepu.intake.reading.persons import read_persons
from kepu.intake.reading.places import DEGREES, read_degrees, read_where
from kepu.intake.reading.said import Cell, Fault, Said
from kepu.intake.reading.several import parts_of, split_rows
from kepu.intake.reading.sheet import RawRow
from kepu.intake.reading.taking import TAKING, read_taking
from kepu.intake.reading.times import read_times

TEXTS = (
    "title", "theme", "subtheme", "summary", "key_reason", "participants_note", "safety_person", "content_person",
    "host_place_person", "risk_assessment", "risk_plan", "publicity_plan", "resources_planned", "in_principle_note",
)  # fmt: skip
# in this order: later ones look at what earlier ones set; each with the fields without which it has nothing to read
_READERS: tuple[tuple[Callable[[Said], None], frozenset[str]], ...] = (
    (read_people, frozenset({"participants_expected", "online_expected"})),
    (read_persons, frozenset({"contact", "contact_name", "contact_phone"})),
    (read_lists, frozenset(LISTS)),
    (read_mode, frozenset({"mode", "formats", "where", "when_where", "venue", "address", "online_link"})),
    (read_flags, frozenset(FLAGS)),
    (read_level, frozenset({"activity_level"})),
    (read_units, frozenset({*UNITS, "responsible_unit"})),
    (read_degrees, frozenset(DEGREES)),
    (read_taking, frozenset(TAKING)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a row says: values by their names in ``kepu.activities.models.CONTENT``, and the faults of its cells.

    ``starts_at`` and ``ends_at`` are instants, sessions and places as ``kepu.activities.content.cleaned`` takes them. What
    could not be read is in no value, and in a fault with its text. ``host`` is the host as the row names it. ``split`` are
    the rows proposed where one row holds several activities: texts by header.
    """

    line: int
    content: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    host: str = ""
    split: tuple[Mapping[str, str], ...] = ()

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity == "error")

    @property
    def hints(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.severity == "hint")


def read_line(row: RawRow, columns: Sequence[Column], context: Context) -> ReadLine:
    """Read one row. Never raises: what cannot be read becomes a fault."""
    cells: dict[str, list[Cell]] = {}
    for column in columns:
        text = row.cells.get(column.header, "").strip()
        if column.field and text:
            cells.setdefault(column.field, []).append(Cell(column, text))
    said = Said(context, cells)
    split = _several(said, row)
    for name in TEXTS:
        if name in cells:
            _read_text(said, name)
    read_where(said, read_times(said))
    for read, fields in _READERS:
        if not fields.isdisjoint(cells):
            read(said)
    for name, value in context.defaults.items():
        said.content.setdefault(name, value)
    for column in columns if row.carried else ():
        if column.field == "title" and column.header in row.carried:
            words = _(
                "名称和上面一行是合并的单元格，各行读作各自的活动。如果是同一项活动的几场，请写在一行里。"
            )
            said.hint(Cell(column, row.cells[column.header]), "title", "carried", words)
    return ReadLine(row.line, said.content, tuple(said.faults), said.host, split)


def _several(said: Said, row: RawRow) -> tuple[Mapping[str, str], ...]:
    for cell in said.of("title"):
        titles = parts_of(cell.text)
        if titles:
            words = _("一格里写了%(n)s项活动。请每项活动各写一行。")
            said.error(cell, "title", "several_activities", words % {"n": len(titles)})
            return split_rows(row.cells, titles, cell.header)
    return ()


def _read_text(said: Said, name: str) -> None:
    for cell in said.of(name):
        text = cell.text.replace("\0", "")
        if name != "summary":
            text = " ".join(text.split()) if name in ("title", "theme", "subtheme") else text
        most = longest_of(name)
        if most and len(text) > most:
            words = _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
            said.error(cell, name, "too_long", words % {"name": FIELDS[name], "most": most, "now": len(text)})
            continue
        said.content[name] = text
        limit = said.context.limits.get(name)
        if limit and characters(text) > limit.most:
            words = _("“%(name)s”最多%(most)s个字，现在有%(now)s个字。")
            cite = _("（%(clause)s）") % {"clause": limit.cite} if limit.cite else ""
            values = {"name": FIELDS[name], "most": limit.most, "now": characters(text)}
            said.error(cell, name, "over_limit", words % values + cite)
