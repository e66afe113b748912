"""Reads: who somebody is for a unit, who coordinates what, which units are in sight, what a unit bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.calendar import day_of
from kepu.core.fields import ancestors
from kepu.core.refusals import NotAllowed
from kepu.orgs import rules
from kepu.orgs.actor import OVERSEEING, Actor, Held
from kepu.orgs.models import (
    Coordination,
    Deputy,
    Designation,
    Membership,
    Message,
    Place,
    Post,
    PostQuerySet,
    Role,
    Term,
    Unit,
    UnitQuerySet,
    Vocabulary,
)

# how long the people of the unit that is kept still file for a record that was merged into it
WOUND_UP_WITHIN = timedelta(days=400)
COORDINATES = "coordinator"  # the trait of a unit that coordinates a place or a line


def actor_for(person: Person, unit_id: int, at: datetime, *, deputy_for: int | None = None) -> Actor:
    """The person acting for a unit at an instant, with the posts held there. At most three queries.

    With ``deputy_for`` they act in the stead of that person, with the posts they are deputy in and no other. Who files for
    a unit also files for what belongs to it, and for what was merged into it as long as something of it is under way; then
    ``through`` is the unit of the post. Raises :class:`NotAllowed` where the person holds no post, or the unit or the
    account is closed.
    """
    mine = _acted_in(person, at)
    posts = list(
        mine.filter(person_id=deputy_for or person.pk, unit_id=unit_id)
        .select_related("unit", "place", "line", *(["person"] if deputy_for else []))
        .order_by("id")
    )
    if not posts and deputy_for is None and person.is_active:
        found = _filing_for_another(mine.filter(person_id=person.pk), unit_id, at)
        if found is not None:
            unit, through = found
            filing = (Held(Role.FILER),)
            return Actor(
                person_id=person.pk, person_name=person.name, unit=unit, posts=filing, through=through
            )
    if not posts or not person.is_active:
        raise NotAllowed(_("您现在没有代表这个单位的岗位。请换一个单位，或请统筹单位安排岗位。"))
    coordinated: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    if any(_reaches_as_its_unit(post) for post in posts):
        coordinated = _coordinated_by(unit_id)
    held = tuple(_held(post, *coordinated) for post in posts)
    return Actor(
        person_id=person.pk, person_name=person.name, unit=posts[0].unit, posts=held,
        deputy_for=deputy_for, deputy_for_name=posts[0].person.name if deputy_for else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """One way in which a person may act: for a unit, in their own posts, as the deputy of somebody, or by a post at another
    unit (``through``) to which this one belongs or into which it was merged; then ``posts`` is empty, and they file."""

    unit: Unit
    deputy_for: Person | None
    posts: tuple[Post, ...]
    until: datetime | None  # a deputy's last instant; None in one's own posts
    through: Unit | None = None

    @property
    def key(self) -> str:
        """How a page names it: the unit, and in whose stead."""
        return f"{self.unit.pk}.{self.deputy_for.pk}" if self.deputy_for else str(self.unit.pk)


def standings(person: Person, at: datetime) -> list[Standing]:
    """Every way in which a person may act, by the name of the unit, their own posts first. Three queries."""
    mine = _acted_in(person, at)
    posts = mine.select_related("unit", "person", "place", "line").order_by("unit__name", "id")
    found: dict[tuple[int, int], list[Post]] = defaultdict(list)
    for post in posts:
        found[post.unit_id, post.person_id].append(post)
    ends = dict(
        Deputy.objects.holding(at)
        .filter(person_id=person.pk)
        .order_by("until")
        .values_list("post_id", "until")
    )
    ways = [
        Standing(held[0].unit, None, tuple(held), None)
        if whose == person.pk
        else Standing(held[0].unit, held[0].person, tuple(held), max(ends[post.pk] for post in held))
        for (_unit, whose), held in found.items()
    ]
    own = {way.unit.pk for way in ways if way.deputy_for is None}
    filing = mine.filter(person_id=person.pk, role=Role.FILER).values("unit_id")
    by_part, by_predecessor = _parts_and_predecessors(filing, at)
    others = Unit.objects.filter(pk__in=by_part.union(by_predecessor)).select_related("within", "merged_into")
    ways += [
        Standing(unit, None, (), None, unit.merged_into or unit.within)
        for unit in others.order_by("id") if unit.pk not in own
    ]  # fmt: skip
    return sorted(ways, key=lambda way: (way.unit.name, way.unit.pk, way.deputy_for is not None))


def only_way_to_act(person: Person, at: datetime) -> tuple[int, int | None] | None:
    """The unit and in whose stead, where there is just one way to act by a post. One query."""
    ways = list(_acted_in(person, at).order_by().values_list("unit_id", "person_id").distinct()[:2])
    if len(ways) != 1:
        return None
    unit_id, whose = ways[0]
    return unit_id, None if whose == person.pk else whose


def _acted_in(person: Person, at: datetime) -> PostQuerySet:
    """The posts of open units in which a person may act now: their own, and those they are deputy in.

    By a join: a list of all open units would be made for each page.
    """
    stands_in = Deputy.objects.holding(at).filter(person_id=person.pk).values("post_id")
    is_open = Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day_of(at))
    return Post.objects.holding(at).filter(is_open, Q(person_id=person.pk) | Q(pk__in=stands_in))


def _filing_for_another(mine: PostQuerySet, unit_id: int, at: datetime) -> tuple[Unit, Unit] | None:
    """A unit for which somebody files by a post elsewhere, and that unit. One query."""
    filing = mine.filter(role=Role.FILER).values("unit_id")
    by_part, by_predecessor = _parts_and_predecessors(filing, at)
    unit = (
        Unit.objects.filter(Q(pk__in=by_part) | Q(pk__in=by_predecessor), pk=unit_id)
        .select_related("within", "merged_into")
        .first()
    )
    through = unit and (unit.merged_into or unit.within)
    return (unit, through) if unit and through else None


def _parts_and_predecessors(
    filing: QuerySet[Post, Any], at: datetime
) -> tuple[QuerySet[Unit, Any], QuerySet[Unit, Any]]:
    """The open units that belong to those, and the records lately merged into them; ids, for a query."""
    today = day_of(at)
    parts = Unit.objects.open(today).filter(within__in=filing)
    predecessors = Unit.objects.filter(merged_into__in=filing, closed_on__gt=today - WOUND_UP_WITHIN)
    return parts.values("pk"), predecessors.values("pk")


def units_in_scope(actor: Actor) -> UnitQuerySet:
    """The units an actor may see; unordered, to be narrowed and ordered by the caller."""
    return rules.visible_to(actor)


def coordinator_above(place_path: str) -> Unit | None:
    """The unit that coordinates a place: the nearest at or above it. One query."""
    found = Coordination.objects.filter(place__path__in=ancestors(place_path)).select_related("unit")
    nearest = found.order_by("-place__path").first()  # a longer path of one chain sorts after a shorter one
    return nearest.unit if nearest else None


def place_names(paths: Iterable[str]) -> dict[str, str]:
    """Full names of places without the nation, such as 广东省东莞市, by path. One query."""
    chains = {path: ancestors(path)[1:] for path in paths}
    wanted = {above for chain in chains.values() for above in chain}
    names = dict(Place.objects.filter(path__in=wanted).order_by("pk").values_list("path", "name"))
    return {path: "".join(names.get(above, "") for above in chain) for path, chain in chains.items()}


def terms(vocabulary: Vocabulary) -> QuerySet[Term]:
    """The words of a vocabulary, in their order."""
    return Term.objects.filter(vocabulary=vocabulary).order_by("position", "id")


def messages_to(actor: Actor) -> QuerySet[Message]:
    """The messages of the unit acted for; page them by ("-sent_at", "-id")."""
    if actor.unit_id is None or actor.only_helps:
        return Message.objects.none()
    return Message.objects.filter(unit_id=actor.unit_id)


def traits_of(units: Collection[Unit], day: date) -> dict[int, list[str]]:
    """What each unit bears on a day, sorted: designations, bodies, ``place:…`` of its places, ``coordinator``.

    Four queries, however many units.
    """
    ids = [unit.pk for unit in units]
    found: dict[int, set[str]] = {pk: set() for pk in ids}
    for pk, code in Designation.objects.holding(day).filter(unit_id__in=ids).values_list("unit_id", "code"):
        found[pk].add(code)
    for pk, body in Membership.objects.holding(day).filter(unit_id__in=ids).values_list("unit_id", "body"):
        found[pk].add(body)
    for pk in Coordination.objects.filter(unit_id__in=ids).values_list("unit_id", flat=True):
        found[pk].add(COORDINATES)
    of_places: dict[str, set[str]] = defaultdict(set)
    borne_by_places = Designation.objects.holding(day).filter(place__isnull=False)
    for path, code in borne_by_places.values_list("place__path", "code"):
        of_places[path].add(f"place:{code}")
    for unit in units:
        for path in ancestors(unit.place_path):
            found[unit.pk] |= of_places.get(path, set())
    return {pk: sorted(traits) for pk, traits in found.items()}


def _reaches_as_its_unit(post: Post) -> bool:
    return post.role in OVERSEEING and post.place_id is None and post.line_id is None


def _coordinated_by(unit_id: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = (
        Coordination.objects.filter(unit_id=unit_id).order_by("pk").values_list("place__path", "line__path")
    )
    pairs = list(found)
    return tuple(place for place, _line in pairs if place), tuple(line for _place, line in pairs if line)


def _held(post: Post, places: tuple[str, ...], lines: tuple[str, ...]) -> Held:
    if _reaches_as_its_unit(post):
        return Held(Role(post.role), places, lines)
    place = (post.place.path,) if post.place else ()
    line = (post.line.path,) if post.line else ()
    return Held(Role(post.role), place, line)
