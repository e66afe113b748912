"""Reads: who somebody is for a unit, who coordinates what, which units are in sight, what a unit bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core.calendar import day_of
from kepu.core.fields import ancestors
from kepu.core.refusals import NotAllowed
from kepu.orgs import rules
from kepu.orgs.actor import OVERSEEING, Actor, Held
from kepu.orgs.models import (
    Coordination,
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


def actor_for(person: Person, unit_id: int, at: datetime) -> Actor:
    """The person acting for a unit at an instant, with the posts held there. At most three queries.

    Who files for a unit also files for what belongs to it, and for what was merged into it as long as something of it
    is under way; then ``through`` is the unit of the post. Raises :class:`NotAllowed` where the person holds no post,
    or the unit or the account is closed.
    """
    mine = _posts_of(person, at)
    posts = list(mine.filter(unit_id=unit_id).select_related("unit", "place", "line").order_by("id"))
    if not posts and person.is_active and (found := _filing_for_another(mine, unit_id, at)):
        unit, through = found
        filing = (Held(Role.FILER),)
        return Actor(person_id=person.pk, person_name=person.name, unit=unit, posts=filing, through=through)
    if not posts or not person.is_active:
        raise NotAllowed(_("您现在没有代表这个单位的岗位。请换一个单位，或请统筹单位安排岗位。"))
    coordinated: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    if any(_reaches_as_its_unit(post) for post in posts):
        coordinated = _coordinated_by(unit_id)
    held = tuple(_held(post, *coordinated) for post in posts)
    return Actor(person_id=person.pk, person_name=person.name, unit=posts[0].unit, posts=held)


def _posts_of(person: Person, at: datetime) -> PostQuerySet:
    """The posts of a person in open units; by a join, since a list of all open units would be made for each page."""
    is_open = Q(unit__closed_on__isnull=True) | Q(unit__closed_on__gt=day_of(at))
    return Post.objects.holding(at).filter(is_open, person_id=person.pk)


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


def units_to_act_for(person: Person, at: datetime) -> UnitQuerySet:
    """The units for which the person may act, by name; ``is_own`` where by a post there. One query.

    A union of indexed look-ups: an "or" would walk through all units.
    """
    holding = _posts_of(person, at)
    own = holding.values("unit_id")
    others = _parts_and_predecessors(holding.filter(role=Role.FILER).values("unit_id"), at)
    rows = Unit.objects.filter(pk__in=own.union(*others))
    return rows.annotate(is_own=Case(When(pk__in=own, then=True), default=False)).order_by("name", "id")


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
    return Message.objects.none() if actor.unit_id is None else Message.objects.filter(unit_id=actor.unit_id)


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
