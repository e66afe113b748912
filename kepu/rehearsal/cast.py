"""The cast of a rehearsal: made-up units and people, set up through the acts, then found again by their codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.fields import ancestors, under
from kepu.core.refusals import Incomplete
from kepu.core.sheets import Row
from kepu.orgs import actions as orgs
from kepu.orgs import queries
from kepu.orgs.actor import SYSTEM, Actor
from kepu.orgs.models import Level, Line, Place, Role, Unit
from kepu.rehearsal.roster import AREAS, DEMONSTRATION, ELSEWHERE, VILLAGES_IN, Member, Roster

LOGIN = "yanlian-"  # every made-up person's name to sign in with begins so; nobody knows a password
HEAD = "-head"  # whoever coordinates and reviews, beside the one who files
AT_ONCE = 5000


@dataclass
class Cast:
    """The units in the order of their codes, and the people who act for each."""

    units: dict[str, Unit]
    people: dict[str, Person]  # by their names to sign in with
    _actors: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {unit.pk: unit for unit in self.units.values()}

    def filer(self, unit: Unit, at: datetime) -> Actor:
        """Whoever files for the unit. Two queries at first, then none."""
        return self._actor(login_of(unit.code), unit, at)

    def head(self, unit_id: int | None, at: datetime) -> Actor | None:
        """Whoever reviews and coordinates for the unit; None where that is nobody of the cast."""
        unit = self.by_id.get(unit_id or 0)
        if unit is None or login_of(unit.code, HEAD) not in self.people:
            return None
        return self._actor(login_of(unit.code, HEAD), unit, at)

    def _actor(self, login: str, unit: Unit, at: datetime) -> Actor:
        actor = self._actors.get(login)
        if actor is None:
            actor = self._actors[login] = queries.actor_for(self.people[login], unit.pk, at)
        return actor


def the_cast() -> Cast:
    """The cast as it stands in the database. Two queries."""
    people = {p.username: p for p in Person.objects.filter(username__startswith=LOGIN).order_by("pk")}
    units = Unit.objects.filter(made_up=True).order_by("code")
    return Cast({unit.code: unit for unit in units if login_of(unit.code) in people}, people)


def login_of(code: str, who: str = "") -> str:
    return f"{LOGIN}{code.lower()}{who}"


def set_up_cast(size: int, *, seed: int, at: datetime) -> Cast:
    """Make the cast through the acts, from the nation down: whoever coordinates above names and appoints below.

    A cast that is there stays as it is.
    """
    if Unit.objects.filter(made_up=True).exists():
        return the_cast()
    _found_villages(at)
    lines = dict(Line.objects.order_by("pk").values_list("code", "name"))
    members = Roster(_places(), lines=lines, seed=seed).members(size)
    _register(members, at=at)
    for place in Place.objects.filter(code__in=DEMONSTRATION).order_by("code"):
        orgs.designate(place, "demonstration_county", by=SYSTEM, at=at)
    _Staffing(members, at).appoint_all()
    return the_cast()


def _places() -> list[Place]:
    """The nation, the provinces, and everything in the areas that take part, parents first."""
    scope = Q(level__in=[Level.NATION, Level.PROVINCE])
    for code in (*(area.place for area in AREAS), *ELSEWHERE):
        place = Place.objects.filter(code=code).first()
        if place is None:
            raise Incomplete(_("没有代码为“%(code)s”的地区。") % {"code": code})
        scope |= under("path", place.path) | Q(path__in=ancestors(place.path))
    return list(Place.objects.filter(scope).order_by("path"))


def _found_villages(at: datetime) -> None:
    """A made-up village and community in each county of the areas that want every one of them reached."""
    counties = Place.objects.filter(level=Level.COUNTY, parent__code=VILLAGES_IN).order_by("code")
    made = (("v1", "样例村", "village"), ("c1", "样例社区", "community"))
    cells = [
        {"code": f"{c.code}-{end}", "name": name, "kind": kind, "parent_code": c.code, "level": "village"}
        for c in counties
        for end, name, kind in made
        if len(f"{c.code}-{end}") <= 20
    ]
    report = orgs.import_places([Row(i, c) for i, c in enumerate(cells, start=2)], by=SYSTEM, at=at)
    _nothing_refused(report.refused)


def _register(members: Sequence[Member], *, at: datetime) -> None:
    rows = [
        Row(i, {
            "code": m.code, "name": m.name, "kind": m.kind, "place_code": m.place, "line": m.line,
            "designations": "、".join(m.titles), "memberships": "、".join(m.bodies),
        })
        for i, m in enumerate(members, start=2)
    ]  # fmt: skip
    for start in range(0, len(rows), AT_ONCE):
        report = orgs.import_units(rows[start : start + AT_ONCE], by=SYSTEM, at=at, made_up=True)
        _nothing_refused(report.refused)


def _nothing_refused(refused: Collection[object]) -> None:
    if refused:
        raise RuntimeError(f"The roster does not fit the season's lists: {next(iter(refused))}")


class _Staffing:
    """Gives every unit its people. Coordinators come first, from the nation down, since they appoint those below."""

    def __init__(self, members: Sequence[Member], at: datetime) -> None:
        self.members, self.at = members, at
        self.units = {unit.code: unit for unit in Unit.objects.filter(made_up=True).order_by("code")}
        coordinated = [m.coordinates for m in members if m.coordinates]
        self.places = {
            place.code: place for place in Place.objects.filter(code__in=coordinated).order_by("pk")
        }
        self.heads: dict[str, Actor] = {}  # by the path of the place they coordinate
        self.numbers = {Role.FILER: count(1), Role.COORDINATOR: count(1)}

    def appoint_all(self) -> None:
        lines = {line.code: line for line in Line.objects.order_by("pk")}
        for member in self._from_the_top():
            unit, place = self.units[member.code], self.places.get(member.coordinates)
            by = self._above(place.path[: place.path[:-1].rfind("/") + 1]) if place else SYSTEM
            node = place or lines[member.coordinates.removeprefix("line:")]
            orgs.name_coordinator(unit, node, by=by, at=self.at)
            head = self._enrol(unit, Role.COORDINATOR, HEAD, by)
            orgs.appoint(head, unit, Role.REVIEWER, by=by, at=self.at)
            self._enrol(unit, Role.FILER, "", by)
            if place:
                self.heads[place.path] = queries.actor_for(head, unit.pk, self.at)
        for member in self.members:
            if not member.coordinates:
                unit = self.units[member.code]
                self._enrol(unit, Role.FILER, "", self._above(unit.place_path))

    def _from_the_top(self) -> Iterator[Member]:
        named = [m for m in self.members if m.coordinates]
        return iter(sorted(named, key=lambda m: self._depth(m.coordinates)))

    def _depth(self, coordinates: str) -> int:
        place = self.places.get(coordinates)
        return place.path.count("/") if place else 99

    def _above(self, path: str) -> Actor:
        """The nearest coordinator at or above a path; the system above the nation."""
        return next((self.heads[up] for up in reversed(ancestors(path)) if path and up in self.heads), SYSTEM)

    def _enrol(self, unit: Unit, role: Role, who: str, by: Actor) -> Person:
        word = "填报员" if role is Role.FILER else "统筹员"
        post = orgs.enrol(
            unit,
            role,
            username=login_of(unit.code, who),
            name=f"演练{word}{next(self.numbers[role])}",
            by=by,
            at=self.at,
        )
        return post.person
