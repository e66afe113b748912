"""Reads: the imports of a unit, how one stands, its lines, how a layout was matched before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kepu.core import audit
from kepu.intake.models import ColumnMapping, SheetImport, SheetLine
from kepu.intake.rules import visible_to
from kepu.intake.workflow import BAD_LINES, Event, LineState, State
from kepu.notices.models import Season
from kepu.orgs.actor import Actor

IMPORT_ORDER = ("-started_at", "-id")
LINE_ORDER = ("number", "part")
LAYOUTS = 20  # how many layouts of a unit are looked at for what was chosen before


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines stand how. ``doubles`` are those of ``ready`` that may be there already."""

    waiting: int = 0
    ready: int = 0
    faulty: int = 0
    asked: int = 0
    drafted: int = 0
    filed: int = 0
    skipped: int = 0
    refused: int = 0
    doubles: int = 0

    @property
    def bad(self) -> int:
        return self.faulty + self.refused

    @property
    def all(self) -> int:
        return self.waiting + self.ready + self.bad + self.asked + self.drafted + self.filed + self.skipped


def imports_of(actor: Actor, season: Season) -> QuerySet[SheetImport]:
    """The imports of the unit acted for in a season; page them by :data:`IMPORT_ORDER`."""
    return visible_to(actor).filter(season=season)


def counts_of(sheet: SheetImport) -> Counts:
    """How the lines stand. One query, over one import's lines."""
    rows = sheet.lines.order_by().values("state", "may_be_double").annotate(n=Count("pk"))
    found: dict[str, int] = {}
    for row in rows:
        found[row["state"]] = found.get(row["state"], 0) + row["n"]
        if row["state"] == LineState.READY and row["may_be_double"]:
            found["doubles"] = found.get("doubles", 0) + row["n"]
    return Counts(**found)


def line_counts(sheets: Sequence[SheetImport]) -> dict[int, dict[str, int]]:
    """For each of some imports how many of its lines stand how. One query."""
    rows = SheetLine.objects.filter(sheet__in=[sheet.pk for sheet in sheets]).order_by()
    found: dict[int, dict[str, int]] = {}
    for pk, state, n in rows.values_list("sheet", "state").annotate(n=Count("pk")):
        found.setdefault(pk, {})[state] = n
    return found


def unfinished(actor: Actor, season: Season) -> QuerySet[SheetImport]:
    """The unit's imports that somebody has to go on with, or the worker is at; page them by :data:`IMPORT_ORDER`."""
    return imports_of(actor, season).filter(
        state__in=[State.READ, State.CHECKING, State.CHECKED, State.FILING, State.STOPPED],
        forgotten_at__isnull=True,
    )


def lines_of(sheet: SheetImport, shown: str = "") -> QuerySet[SheetLine]:
    """The lines: all, those with faults (``bad``), those that can be filed (``good``), or those that were (``filed``)."""
    states = {
        "bad": sorted(BAD_LINES), "good": [LineState.READY, LineState.ASKED], "filed": [LineState.FILED, LineState.DRAFTED],
        "skipped": [LineState.SKIPPED],
    }.get(shown)  # fmt: skip
    return sheet.lines.filter(state__in=states) if states else sheet.lines.all()


def remembered(unit_id: int) -> dict[str, str]:
    """Which field each header was matched to in the unit's last layouts ("" for none), the latest choice first. One query."""
    found = ColumnMapping.objects.filter(unit_id=unit_id).order_by("-chosen_at", "-id")
    last = list(found.values_list("columns", flat=True)[:LAYOUTS])
    return {header: field for columns in reversed(last) for header, field in columns.items()}


def hands_in(sheet: SheetImport, lines: Sequence[SheetLine]) -> dict[int, set[int]]:
    """Who has handed the sheet in or mended a line of it, and in whose stead: ids of people by the line's id. One query."""
    written = Q(
        event__in=[Event.LINE_CHANGED, Event.LINE_SPLIT], detail__line__in=[str(line) for line in lines]
    )
    rows = audit.of(sheet).filter(Q(event__in=[Event.STARTED, Event.COLUMNS_CHOSEN]) | written).order_by("id")
    found: dict[int, set[int]] = {line.pk: set() for line in lines}
    for place, *people in rows.values_list("detail__line", "person_id", "detail__deputy_for"):
        for line in lines:
            if place is None or str(place) == str(line):  # SQLite gives "12" back as a number
                found[line.pk].update(pk for pk in people if pk is not None)
    return found
