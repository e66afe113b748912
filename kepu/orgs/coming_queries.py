"""Reads about units that come in and change: who looks the same, who decides, what became of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext as _

from kepu.core.fields import ancestors, under
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.coming import ApplicationState, ChangeState
from kepu.orgs.coming_rules import applications_visible_to
from kepu.orgs.models import (
    Application,
    ApplicationQuerySet,
    Coordination,
    Line,
    Place,
    Post,
    Unit,
    UnitChange,
    UnitQuerySet,
)
from kepu.orgs.naming import name_key, name_keys

SHOWN = 5
INBOX_ORDER = ("turn_since", "id")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A unit that may be the one that is asked for, and by what it was found."""

    unit: Unit
    by_code: bool

    def __str__(self) -> str:
        if self.by_code:
            return _("“%(unit)s”已经登记，统一社会信用代码相同。") % {"unit": self.unit.name}
        return _("“%(unit)s”（%(place)s）已经登记，名称和地区相近。") % {
            "unit": self.unit.name, "place": self.unit.place.name,
        }  # fmt: skip


def lookalikes(*, name: str, place: Place, credit_code: str = "", but: int | None = None) -> list[Lookalike]:
    """Units that are there and look the same: by credit code anywhere, by name in the same place. Two queries.

    A record that was merged into another stands for the one that was kept.
    """
    chain = ancestors(place.path)
    names = Place.objects.filter(path__in=chain[1:]).order_by("path").values_list("name", flat=True)
    keys = name_keys(name, names)
    same = Q(name_key__in=sorted(keys))
    if credit_code:
        same |= Q(credit_code=credit_code)
    rows = Unit.objects.filter(same).select_related("place", "merged_into__place").order_by("pk")[:200]
    found: dict[int, Lookalike] = {}
    for row in rows:
        by_code = bool(credit_code) and row.credit_code == credit_code
        related = row.place_path == place.path or (
            row.name_key == name_key(name)
            and (row.place_path.startswith(place.path) or place.path.startswith(row.place_path))
        )
        kept = row.merged_into or row
        if not (by_code or related) or kept.pk == but or (kept.closed_on is not None and not by_code):
            continue
        if kept.pk not in found or by_code:
            found[kept.pk] = Lookalike(kept, by_code)
    return sorted(found.values(), key=lambda one: (not one.by_code, one.unit.pk))[:SHOWN]


def is_too_short(text: str) -> bool:
    """Whether a text finds too many units to be of use."""
    return len(name_key(text)) < 2


def registered_as(text: str, *, size: int, made_up: bool = False) -> list[Unit]:
    """The open units that somebody who looks for their own may mean: by credit code, or by a part of the name. One query."""
    key, code = name_key(text), "".join(text.split()).upper()
    if is_too_short(text):
        return []
    same = Q(name_key__contains=key) | Q(credit_code=code)
    rows = Unit.objects.filter(same, closed_on=None)
    if not made_up:
        rows = rows.filter(made_up=False)
    first = Case(When(Q(name_key=key) | Q(credit_code=code), then=0), default=1)
    return list(rows.select_related("place").order_by(first, "place_path", "id")[:size])


def applications_alike(
    *, name: str, place: Place, credit_code: str = "", but: int | None = None
) -> ApplicationQuerySet:
    """Applications under way for what looks the same unit."""
    same = Q(name_key=name_key(name), place_path=place.path)
    if credit_code:
        same |= Q(credit_code=credit_code)
    return Application.objects.open().filter(same).exclude(pk=but or 0).order_by("pk")


def who_decides(place: str, line: str = "", *, but: int | None = None) -> int | None:
    """The unit that decides on an application: the nearest coordinator by place, else by line. One query."""
    where = Q(place__path__in=ancestors(place))
    if line:
        where |= Q(line__path__in=ancestors(line)[1:])
    rows = (
        Coordination.objects.filter(where).order_by("pk").values_list("unit_id", "place__path", "line__path")
    )
    by_place = sorted(((path, unit) for unit, path, _line in rows if path), reverse=True)
    by_line = sorted(((path, unit) for unit, _place, path in rows if path), reverse=True)
    return next((unit for _path, unit in [*by_place, *by_line] if unit != but), None)


def applications_in_scope(actor: Actor) -> ApplicationQuerySet:
    """With what a list shows; unordered, to be narrowed and ordered by the caller."""
    return applications_visible_to(actor).select_related("place", "line", "unit", "by_unit")


def awaiting(actor: Actor) -> ApplicationQuerySet:
    """The applications that wait for the unit acted for; page them by :data:`INBOX_ORDER`."""
    waiting = applications_in_scope(actor).filter(receiver_id=actor.unit_id, state=ApplicationState.FILED)
    return waiting if actor.unit_id is not None else waiting.none()


def history_of(unit: Unit) -> QuerySet[UnitChange]:
    """What became of a unit, newest first: its own changes and those of others that speak of it."""
    own = Q(pk__in=UnitChange.objects.filter(unit=unit).values("pk"))
    others = Q(pk__in=UnitChange.objects.filter(others=unit).values("pk"))
    rows = UnitChange.objects.filter(own | others).exclude(state=ChangeState.CALLED_OFF)
    return (
        rows.select_related("unit", "deciding_unit")
        .prefetch_related("others")
        .order_by("-effective_on", "-id")
    )


def planned_for(unit: Unit) -> UnitChange | None:
    """The change of a unit that is laid down for a day to come."""
    return UnitChange.objects.filter(unit=unit, state=ChangeState.PLANNED).first()


def units_listed(actor: Actor) -> UnitQuerySet:
    """The units that a list shows: those of the area, as a range of the index; without an area those of its own.

    What belongs to the unit itself stands on the unit's page: an "or" here would make a range into a walk through all.
    """
    areas = [under("place_path", path) for path in actor.places_as(*OVERSEEING)]
    areas += [under("line_path", path) for path in actor.lines_as(*OVERSEEING)]
    if actor.is_system or not areas:
        own = Unit.objects.filter(pk=actor.unit_id or 0).values("pk")
        theirs = Unit.objects.filter(Q(within_id=actor.unit_id) | Q(merged_into_id=actor.unit_id)).values(
            "pk"
        )
        return Unit.objects.all() if actor.is_system else Unit.objects.filter(pk__in=own.union(theirs))
    return Unit.objects.filter(reduce(or_, areas))


def parts_of(unit: Unit) -> QuerySet[Unit]:
    """The open units that belong to a unit; page them by ("name", "id")."""
    return Unit.objects.filter(within=unit, closed_on=None)


def kept(unit: Unit) -> Unit:
    """The unit itself, or the one it was merged into."""
    return unit.merged_into or unit


def kept_id(unit_id: int) -> int:
    """The unit itself, or the one it was merged into: for those laid down long ago. One query."""
    found = Unit.objects.filter(pk=unit_id).values_list("merged_into_id", flat=True).first()
    return int(found) if found else unit_id


def people_counts(units: list[Unit], at: object) -> dict[int, int]:
    """How many people hold a post in each of the units of a page. One query."""
    rows = (
        Post.objects.holding(at).filter(unit__in=units, person__is_active=True).order_by().values("unit_id")
    )
    counted = dict(rows.annotate(n=Count("person_id", distinct=True)).values_list("unit_id", "n"))
    return {unit.pk: counted.get(unit.pk, 0) for unit in units}


def line_named(code: str) -> Line | None:
    return Line.objects.filter(code=code).first() if code else None
