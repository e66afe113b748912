"""Finding what is like an activity, and the pairs that were found. Each says its number of queries.

Candidates share a mark with it in its county (or above and below it) on its days: a range of an index for each mark, at
most :data:`MOST_CANDIDATES` of them, however large the season is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Abs

from kepu.activities import rules
from kepu.activities.double_rules import AWAY, counted_together, sees_pair
from kepu.activities.doubles import (
    MOST_DAYS_BEFORE,
    Alikeness,
    Traits,
    alikeness,
    area_of,
    days_of,
    exact_marks,
    marks_of,
    traits_of,
    traits_of_values,
)
from kepu.activities.models import Activity, Double, DoubleState, LikenessMark
from kepu.core.fields import ancestors, under
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Role, Unit

MOST_CANDIDATES, MOST_PAIRS = 50, 5
MOST_OWN, MOST_SHARED = 200, 20_000
DECIDED = (DoubleState.LINKED, DoubleState.MERGED, DoubleState.DIFFERENT)
DOUBLES_ORDER = ("-score", "-id")
DECIDED_ORDER = ("-decided_at", "-id")
_COMPARED = (
    "title", "time_pending", "starts_at", "ends_at", "venue", "co_hosts", "undertakers", "state", "published_at", "filed_at",
    "place_path", "line_path", "season", "same_as", "reviewing_unit", "place__path", "unit__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alike:
    """An activity that may be the same as what is being written; ``own`` where the host has filed or drafted it itself."""

    activity: Activity
    found: Alikeness
    own: bool


def compared() -> QuerySet[Activity]:
    """Activities with what the comparison reads, and no more."""
    return Activity.objects.select_related("place", "unit").only(*_COMPARED)


def candidates(traits: Traits, season_id: int) -> list[int]:
    """Ids of what may be the same, the likeliest first. One query; two where it is held in no county."""
    area, (first, last) = area_of(traits.place), days_of(traits)
    shared: Counter[int] = Counter()
    for marks, where in _ranges(traits, area):
        rows = LikenessMark.objects.filter(
            where, season_id=season_id, mark__in=marks, first_day__range=(first - MOST_DAYS_BEFORE, last), last_day__gte=first,
        )  # fmt: skip
        found = rows.values("activity").annotate(n=Count("pk"), far=Min(Abs(F("first_day") - first)))
        nearest = found.order_by("-n", "far", "activity")[:MOST_CANDIDATES]
        shared.update(dict(nearest.values_list("activity", "n")))
    return [pk for pk, _n in shared.most_common(MOST_CANDIDATES)]


def alike_to(activity: Activity) -> list[tuple[Activity, Alikeness]]:
    """What is so like a filed activity that a person is asked, the most alike first. Two or three queries."""
    mine = traits_of(activity)
    ids = [pk for pk in candidates(mine, activity.season_id) if pk != activity.pk]
    found = [
        (other, alikeness(mine, traits_of(other)))
        for other in compared().filter(pk__in=ids).exclude(state__in=sorted(AWAY)).order_by("pk")
    ]
    suspicious = [(other, how) for other, how in found if how.suspicious]
    return sorted(suspicious, key=lambda pair: (-pair[1].score, pair[0].pk))


def like_this(
    values: Mapping[str, Any], *, host: Unit, season: Season, besides: Collection[int] = ()
) -> list[Alike]:
    """What is like an activity being written, the most alike first: see :func:`like_these`. At most four queries."""
    return like_these([values], host=host, season=season, besides=besides)[0]


def like_these(
    lines: Sequence[Mapping[str, Any]], *, host: Unit, season: Season, besides: Collection[int] = ()
) -> list[list[Alike]]:
    """For each line what it may be a double of: the host's own activities, drafts included, and what is public.

    A line holds values by the names of an activity, such as a form or a row of a sheet gives them: ``title``,
    ``starts_at``, ``ends_at``, ``venue``, ``co_hosts``, ``undertakers``, ``place`` or ``place_id``; what is missing is not
    compared, and a line without a title is like nothing. What other hosts have filed and not published is not shown
    here: their reviewer sees it. ``besides`` are ids to leave out. At most four queries, however many lines.
    """
    places = _paths(lines, host)
    traits = [
        traits_of_values(line, host=host.name, place=_path_of(line, places) or host.place_path)
        for line in lines
    ]
    asked = [one if one.title.strip() else None for one in traits]
    if not any(asked):
        return [[] for _line in lines]
    ids = _sharing([one for one in asked if one], season)
    skip = set(besides)
    own = compared().filter(unit=host, season=season).exclude(state__in=["withdrawn", "cancelled"])
    mine = {one.pk: one for one in own.order_by("-id")[:MOST_OWN]}
    public = compared().filter(pk__in=ids, published_at__isnull=False).exclude(state__in=sorted(AWAY))
    others = {one.pk: one for one in public.exclude(unit=host).order_by("pk")}
    pool = [(one, traits_of(one), one.pk in mine) for pk, one in {**others, **mine}.items() if pk not in skip]
    return [_likest(one, pool) if one else [] for one in asked]


def open_doubles(actor: Actor, season: Season, *, place: str = "", least: int = 0) -> list[QuerySet[Double]]:
    """What the actor is to decide, as querysets for :func:`~kepu.core.paging.page_of_all` by :data:`DOUBLES_ORDER`.

    ``place`` is a path below which both hosts are; ``least`` the score from which on. A query for each.
    """
    rows = whole().filter(_not_one_already(), season=season, state=DoubleState.OPEN, score__gte=least)
    rows = rows.exclude(a__state__in=sorted(AWAY)).exclude(b__state__in=sorted(AWAY))
    return _arms(
        actor,
        rows,
        place,
        reviewed={"a__reviewing_unit_id": actor.unit_id, "b__reviewing_unit_id": actor.unit_id},
    )


def decided_doubles(
    actor: Actor, season: Season, *, place: str = "", state: str = ""
) -> list[QuerySet[Double]]:
    """What was decided in the actor's area, of their own unit's activities or, for a reviewer, by their unit; as querysets
    for :func:`~kepu.core.paging.page_of_all` by :data:`DECIDED_ORDER`. A query for each.

    ``place`` as in :func:`open_doubles`; ``state`` one of :data:`DECIDED`.
    """
    rows = whole().select_related("decided_unit").filter(season=season).exclude(state=DoubleState.OPEN)
    rows = rows.filter(state=state) if state in DECIDED else rows
    return _arms(actor, rows, place, reviewed={"decided_unit_id": actor.unit_id})


def _arms(
    actor: Actor, rows: QuerySet[Double], place: str, *, reviewed: Mapping[str, Any]
) -> list[QuerySet[Double]]:
    """Of the rows those that the actor answers for; ``reviewed`` says which of them a reviewer does."""
    if place and place != "/":
        rows = rows.filter(under("place_path", place))
    if actor.is_system:
        return [rows]
    arms = [
        rows.filter(under("place_path", path)) if path != "/" else rows
        for path in actor.places_as(Role.COORDINATOR)
    ]
    arms += [rows.filter(under("line_path", path)) for path in actor.lines_as(Role.COORDINATOR)]
    if actor.holds(*rules.REVIEWING):
        arms.append(rows.filter(**reviewed))
    if actor.holds(Role.FILER):
        arms.append(rows.filter(host_id=actor.unit_id))
    return arms


def whole() -> QuerySet[Double]:
    """Pairs with both activities, their hosts and their reviewers."""
    return Double.objects.select_related(
        *(
            f"{one}{name}"
            for one in ("a", "b")
            for name in ("", "__unit", "__season", "__reviewing_unit", "__place")
        )
    )


def double_in_scope(actor: Actor, pk: int) -> Double | None:
    """A pair that the actor sees; None for any other. One query."""
    double = whole().filter(pk=pk).first()
    return double if double is not None and sees_pair(actor, double) else None


def doubles_of(
    ids: Collection[int], *, actor: Actor, states: Iterable[str] = (DoubleState.OPEN,)
) -> dict[int, list[Double]]:
    """The pairs of each of some activities that the actor sees, the most alike first. One query, none for no ids."""
    found: dict[int, list[Double]] = defaultdict(list)
    if not ids:
        return found
    rows = whole().filter(Q(a__in=ids) | Q(b__in=ids), state__in=list(states)).order_by(*DOUBLES_ORDER)
    for double in rows:
        alive = not any(one.state in AWAY for one in double.pair) and not counted_together(double)
        if (alive or double.state != DoubleState.OPEN) and sees_pair(actor, double):
            for pk in {double.a_id, double.b_id} & set(ids):
                found[pk].append(double)
    return found


def _not_one_already() -> Q:
    """Pairs that do not count as one already, such as through a third."""
    one = ~Q(a__same_as__isnull=False, a__same_as=F("b__same_as"))
    return (
        one
        & ~Q(a__same_as__isnull=False, a__same_as=F("b"))
        & ~Q(b__same_as__isnull=False, b__same_as=F("a"))
    )


def _ranges(traits: Traits, area: str) -> list[tuple[list[int], Q]]:
    """The marks to look for, and where: in the county and above it; below it too where it is none."""
    marks, above = marks_of(traits), ancestors(area)
    found = [(marks, Q(area__in=above))]
    if not _is_county(area):
        # under a province or the nation a pair of characters is everywhere: there only what is quite the same
        inside = marks if len(above) > 2 else exact_marks(traits)
        found.append((inside, under("area", area) & ~Q(area=area)))
    return found


def _is_county(area: str) -> bool:
    return not area.rstrip("/").endswith("00") and area != "/"


def _sharing(traits: Sequence[Traits], season: Season) -> set[int]:
    """Ids of what shares a mark with one of several lines near it, at most fifty for each. One query."""
    wanted, areas = {mark for one in traits for mark in marks_of(one)}, {area_of(one.place) for one in traits}
    where = Q(area__in={above for area in areas for above in ancestors(area)})
    for area in areas:
        if not _is_county(area) and len(ancestors(area)) > 2:
            where |= under("area", area)
    rows = LikenessMark.objects.filter(where, season=season, mark__in=wanted)
    days = [days_of(one) for one in traits]
    if all(first for first, _last in days):
        first, last = min(first for first, _ in days), max(last for _, last in days)
        rows = rows.filter(first_day__range=(first - MOST_DAYS_BEFORE, last), last_day__gte=first)
    by_mark: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    columns = ("mark", "activity_id", "first_day", "last_day")
    for mark, pk, begins, ends in rows.order_by("mark", "first_day", "activity").values_list(*columns)[
        :MOST_SHARED
    ]:
        by_mark[mark].append((pk, begins, ends))
    ids: set[int] = set()
    for one in traits:
        first, last = days_of(one)
        shared = Counter(
            pk for mark in marks_of(one) for pk, begins, ends in by_mark.get(mark, ())
            if not first or (begins <= last and ends >= first)
        )  # fmt: skip
        ids.update(pk for pk, _n in shared.most_common(MOST_CANDIDATES))
    return ids


def _likest(one: Traits, pool: Iterable[tuple[Activity, Traits, bool]]) -> list[Alike]:
    found = [Alike(activity, alikeness(one, other), own) for activity, other, own in pool]
    suspicious = sorted(
        (a for a in found if a.found.suspicious), key=lambda a: (-a.found.score, a.activity.pk)
    )
    return suspicious[:MOST_PAIRS]


def _paths(lines: Sequence[Mapping[str, Any]], host: Unit) -> dict[int, str]:
    """The paths of places that lines name by their ids. One query, none where it is the host's own place."""
    named = {pk for line in lines if isinstance(pk := line.get("place_id") or line.get("place"), int)}
    paths = {host.place_id: host.place_path}
    if ids := named - set(paths):
        paths |= dict(Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "path"))
    return paths


def _path_of(line: Mapping[str, Any], paths: Mapping[int, str]) -> str:
    place = line.get("place_id") or line.get("place")
    if isinstance(place, Place):
        return str(place.path)
    return paths.get(place, "") if isinstance(place, int) else ""
