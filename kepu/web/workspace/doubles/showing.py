"""Two activities side by side: each answer of both, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.accounts.models import Person
from kepu.activities.models import Activity, Double, DoubleState, ReviewNote
from kepu.web.workspace.activities.history import notes
from kepu.web.workspace.activities.showing import Words, moment, span

# by what two are found to be alike
ASPECTS = {"title": lazy("名称"), "time": lazy("时间"), "place": lazy("地点"), "host": lazy("单位")}
# shown of both, whoever looks: without them nobody could say whether it is the same
COMMON = ("venue", "address", "co_hosts", "undertakers")
# shown of those that the reader may read whole
REST = (
    "supporters",
    "mode",
    "arrangement",
    "formats",
    "fields",
    "audiences",
    "summary",
    "participants_expected",
    "online_link",
)
MOST_COMPARED = 300  # characters; longer texts are marked as a whole
LEAST_COMMON = 0.5  # what has less in common is marked as a whole too
TONES = {
    DoubleState.OPEN: "gamboge",
    DoubleState.LINKED: "malachite",
    DoubleState.MERGED: "malachite",
    DoubleState.DIFFERENT: "",
}
Piece = tuple[str, bool]  # a part of a text, and whether only this one has it


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of one activity: its pieces; ``closed`` where the reader may not read it."""

    pieces: tuple[Piece, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question, and what both answer."""

    label: Any
    cells: tuple[Cell, Cell]
    same: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether one of the four agrees."""

    label: Any
    agrees: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One activity of the pair, apart from its answers."""

    activity: Activity
    whole: bool
    filed: str
    by: str
    reviewer: str
    notes: list[Any]


def agreements(double: Double) -> list[Agreement]:
    """Of title, time, place and host: which agree."""
    return [Agreement(label, name in double.why) for name, label in ASPECTS.items()]


def rows(double: Double, words: Words, whole: tuple[bool, bool]) -> Iterator[Row]:
    """Every question that one of the two answers, the four that were compared first."""
    a, b = double.pair
    yield _row(_label("title"), str(a), str(b))
    yield _row(_("举办单位"), a.unit.name, b.unit.name)
    yield _row(_("时间"), span(a), span(b))
    yield _row(_("举办地"), *(_joined(words.of("place", one.place_id)) for one in (a, b)))
    for name in (*COMMON, *REST):
        texts = [
            _answer(one, name, words) if name in COMMON or seen else None
            for one, seen in zip((a, b), whole, strict=True)
        ]
        if any(texts):
            yield _row(_label(name), *texts)


def sides(double: Double, whole: tuple[bool, bool]) -> list[Side]:
    """Who filed each, when, who reviews it, and what was said. At most two queries."""
    seen = [one for one, yes in zip(double.pair, whole, strict=True) if yes]
    filers = [one.filed_by_id for one in seen if one.filed_by_id is not None]
    people = dict(Person.objects.filter(pk__in=filers).order_by("pk").values_list("pk", "name"))
    said = ReviewNote.objects.filter(activity__in=seen).select_related("unit").order_by("id")
    by_activity: dict[int, list[ReviewNote]] = {}
    for note in said:
        by_activity.setdefault(note.activity_id, []).append(note)
    return [
        Side(
            one, yes, moment(one.filed_at) if one.filed_at else "", people.get(one.filed_by_id or 0, "") if yes else "",
            one.reviewing_unit.name if one.reviewing_unit else "", list(notes(by_activity.get(one.pk, []))) if yes else [],
        )
        for one, yes in zip(double.pair, whole, strict=True)
    ]  # fmt: skip


def apart(double: Double) -> str:
    """How far apart the two positions are, in words; "" where one of them has none."""
    a, b = double.pair
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return ""
    metres = _metres(a, b)
    if metres < 1000:
        return _("两处位置相距约%(n)s米") % {"n": round(metres / 10) * 10}
    return _("两处位置相距约%(n)s公里") % {"n": f"{metres / 1000:.1f}"}


def pieces(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Two texts in pieces: what both have, and what only the one or the other has."""
    if one == other or not (one and other) or max(len(one), len(other)) > MOST_COMPARED:
        return ((one, one != other and bool(other)),), ((other, one != other and bool(one)),)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.ratio() < LEAST_COMMON:
        return ((one, True),), ((other, True),)
    first: list[Piece] = []
    second: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        differs = tag != "equal"
        first += [(one[a:b], differs)] if b > a else []
        second += [(other[c:d], differs)] if d > c else []
    return tuple(first), tuple(second)


def _row(label: Any, one: str | None, other: str | None) -> Row:
    """None: not the reader's to read."""
    if one is None or other is None:
        cells = [
            Cell(closed=True) if text is None else Cell(((text, False),) if text else ())
            for text in (one, other)
        ]
        return Row(label, (cells[0], cells[1]), False)
    first, second = pieces(one, other)
    return Row(label, (Cell(first if one else ()), Cell(second if other else ())), one == other)


def _answer(activity: Activity, name: str, words: Words) -> str:
    if name == "arrangement":
        return str(activity.get_arrangement_display())
    return _joined(words.of(name, getattr(activity, name)))


def _label(name: str) -> Any:
    field: Any = Activity._meta.get_field(name)
    return field.verbose_name


def _joined(words: tuple[str, ...]) -> str:
    return _("、").join(words)


def _metres(a: Activity, b: Activity) -> float:
    """Along the great circle."""
    north, east = (
        radians(float(b.latitude or 0) - float(a.latitude or 0)),
        radians(float(b.longitude or 0) - float(a.longitude or 0)),
    )
    flat = cos(radians(float(a.latitude or 0))) * cos(radians(float(b.latitude or 0)))
    return 2 * 6_371_000 * asin(sqrt(sin(north / 2) ** 2 + flat * sin(east / 2) ** 2))
