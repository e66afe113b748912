"""Whom the recipients of a notice (主送、抄送) name, as units: one condition for each line, resolved in the database.

The fields of a line narrow each other and the entries of one field widen it, as in an audience; units and names are one
field. A line reaches nobody by accident: without kinds or levels it reaches only the units it names, or the members of
a body at the sender's own level. Nobody is reached outside the sender's place and line, and never the sender itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.notices import conditions
from kepu.notices.format.schema import Recipient
from kepu.notices.kinds.audience import Audience
from kepu.notices.models import Delivery, Notice
from kepu.orgs.models import Line, Place, Unit, UnitQuerySet

SHOWN = 3  # names of a preview


@dataclass(frozen=True, slots=True)
class Within:
    """Whom a sender can reach at all, and the sender's own level."""

    units: Q
    level: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """One line of the recipients and the units it reaches; for a query that :func:`conditions.units` opened."""

    recipient: Recipient
    units: Q


@dataclass(frozen=True, slots=True)
class Found:
    """What one line comes to: how many units, the names of the first, which named ones there are not."""

    recipient: Recipient
    count: int
    names: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    why: str = ""  # where nobody is reached


@dataclass(frozen=True, slots=True)
class Preview:
    """What a sending will come to. ``total`` counts every unit once, however many lines name it."""

    lines: tuple[Found, ...]
    total: int
    reached: int = 0  # of them, those that have the notice already

    @property
    def new(self) -> int:
        return self.total - self.reached


def recipients_of(notice: Notice) -> list[Recipient]:
    """The lines of a notice as its file has them; empty where it names nobody."""
    return [Recipient.model_validate(line) for line in notice.header.get("recipients", ())]


def within_notice(place: Place, line: Line | None, issuer_id: int | None = None) -> Within:
    """Whom a notice for a place, or for a line in it, can reach."""
    reach = under("place_path", place.path)
    if line is not None:
        reach &= under("line_path", line.path)
    return Within(reach & ~Q(pk=issuer_id) if issuer_id else reach, place.level)


def within_coordination(unit: Unit, places: Iterable[str], lines: Iterable[str]) -> Within:
    """Whom a unit can forward to: those in the places and lines (paths) it coordinates."""
    areas = [
        *(under("place_path", path) for path in places),
        *(under("line_path", path) for path in lines),
    ]
    return Within(conditions.either(areas) & ~Q(pk=unit.pk), unit.level)


def addressed(recipients: Sequence[Recipient], within: Within) -> list[Addressed]:
    """The units of each line, as conditions; 主送 before 抄送. At most two queries, for the codes of places and lines."""
    paths = _paths(recipients)
    ordered = sorted(recipients, key=lambda r: r.role != "to")
    return [Addressed(r, within.units & _condition(r, within.level, paths)) for r in ordered]


def units_addressed(lines: Sequence[Addressed], *, at: datetime) -> UnitQuerySet:
    """The open units that any of the lines reaches, each once; ``by_line`` is the number of the first that does."""
    found = conditions.units(at=at).filter(conditions.either(line.units for line in lines))
    first = [When(line.units, then=Value(number)) for number, line in enumerate(lines)]
    return found.annotate(by_line=Case(*first, default=Value(0)))


def reached(notice: Notice) -> Exists:
    """In a query over units: whether the unit has the notice already."""
    return Exists(Delivery.objects.filter(notice=notice, unit_id=OuterRef("pk")))


def preview(
    recipients: Sequence[Recipient], within: Within, *, at: datetime, notice: Notice | None = None
) -> Preview:
    """How many units each line finds, the names of the first, and which found none.

    Queries: at most four, and one for each line that finds somebody.
    """
    lines = addressed(recipients, within)
    if not lines:
        return Preview((), 0)
    every = conditions.units(at=at)
    numbers = {f"line_{number}": Count("pk", filter=line.units) for number, line in enumerate(lines)}
    whole = units_addressed(lines, at=at)
    if notice is not None:
        numbers["reached"] = Count("pk", filter=Q(reached(notice)))
    counts = whole.aggregate(total=Count("pk"), **numbers)
    known = _known(recipients, within, at)
    found = []
    for number, line in enumerate(lines):
        n = counts[f"line_{number}"]
        some = every.filter(line.units).order_by("place_path", "pk")[:SHOWN] if n else ()
        found.append(
            Found(
                line.recipient, n, tuple(unit.name for unit in some), _missing(line.recipient, known),
                "" if n else _why(line.recipient),
            )
        )  # fmt: skip
    return Preview(tuple(found), counts["total"], counts.get("reached", 0))


def _condition(line: Recipient, level: str, paths: Mapping[str, str]) -> Q:
    who = conditions.binds(
        Audience(
            kinds=line.kinds, levels=line.levels, places=line.places, place_kinds=line.place_kinds, lines=line.lines,
            designations=line.designations, members_of=line.members_of,
        ),
        paths,
    )  # fmt: skip
    if line.units or line.names:
        return who & (Q(code__in=line.units) | Q(name__in=line.names))
    if line.kinds or line.levels:
        return who
    return who & Q(level=level) if line.members_of else conditions.NOBODY


def _paths(recipients: Iterable[Recipient]) -> dict[str, str]:
    places = {code for line in recipients for code in line.places}
    lines = {code for line in recipients for code in line.lines}
    found: dict[str, str] = {}
    if places:
        named = Place.objects.filter(code__in=places)
        found |= {f"place:{code}": path for code, path in named.values_list("code", "path")}
    if lines:
        of_lines = Line.objects.filter(code__in=lines)
        found |= {f"line:{code}": path for code, path in of_lines.values_list("code", "path")}
    return found


def _known(recipients: Iterable[Recipient], within: Within, at: datetime) -> set[str]:
    """The codes and names that the lines name and that there are within reach. One query, none where none are named."""
    lines = list(recipients)
    codes = {code for line in lines for code in line.units}
    names = {name for line in lines for name in line.names}
    if not codes and not names:
        return set()
    rows = conditions.units(at=at).filter(within.units, Q(code__in=codes) | Q(name__in=names))
    return {word for pair in rows.values_list("code", "name") for word in pair}


def _missing(line: Recipient, known: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys((*line.units, *line.names)) if word not in known)


def _why(line: Recipient) -> str:
    """Why a line reaches nobody, for whoever wrote it."""
    if line.units or line.names:
        return _("点名的单位在发送范围内一家也没有找到。请核对名称，或改写单位编号。")
    if line.kinds or line.levels or line.members_of:
        return _("发送范围内没有这样的单位。请核对类别、级别、系统和地区，或先登记单位。")
    return _("只凭“%(title)s”不知道发给哪些单位。请写明单位类别、级别，或点名单位。") % {"title": line.title}
