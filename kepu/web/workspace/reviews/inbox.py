"""The inbox of a reviewing unit: what waits, what is late below, what it has decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.activities import claims, queries, rules
from kepu.activities.models import Activity, ActivityQuerySet, Double, Mode
from kepu.activities.watching import WordList, words_for
from kepu.activities.workflow import AWAITING_REVIEW, State
from kepu.core.calendar import day_of
from kepu.core.paging import Page, page_in_turn, page_of_all
from kepu.core.paging import page as page_of
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities import showing
from kepu.web.workspace.doubles.beside import open_beside
from kepu.web.workspace.seasons import in_season

PER_PAGE = 30
TICKS = ("key", "unmet", "overdue", "mine")


@workspace(roles=rules.REVIEWING)
@in_season
@reads
def reviews(request: Request, season: Season) -> HttpResponse:
    """What waits for the unit acted for: filings, changes; what is late below; and what it has decided."""
    tab = request.GET.get("tab", "")
    if tab == "below" and coordinates(request.actor):
        context = {"tabs": _tabs(request, season, tab), "late": queries.late_below(request.actor, season)}
        return page(request, "workspace/reviews/below.html", context)
    if tab == "done":
        found, asked, sort = _decided(request, season), narrowed_by(request.GET), ""
    else:
        tab = tab if tab == "changes" else ""
        rows, asked = narrowed(waiting(request.actor, season, tab), request.GET, request.actor, request.at)
        sort = request.GET.get("sort") or _usual_order(request.actor, season, tab)
        found = sorted_page(rows, sort, request.GET.get("cursor", ""))
    names = names_of_claims(found.items, request.at)
    words = words_for(request.actor.unit.place_path) if request.actor.unit else None
    alike = open_beside(request.actor, found.items) if tab != "done" else {}
    context = {
        "page": found, "tab": tab, "sort": sort, "asked": asked, "modes": Mode.choices,
        "tabs": _tabs(request, season, tab), "rows": [_row(a, request, names, words, alike.get(a.pk)) for a in found.items],
        "may_bulk": tab == "" and bool(found.items), "narrowed": any(asked.values()),
        "filtered": any(asked.values()) or bool(request.GET.get("sort")),
        "unfinished": list(queries.unfinished_batches(request.actor, season)[:5]) if tab == "" else [],
        "may_keep_words": bool(request.actor.places_as(Role.COORDINATOR)),
    }  # fmt: skip
    return page(request, "workspace/reviews/list.html", context)


def waiting(actor: Actor, season: Season, tab: str = "") -> ActivityQuerySet:
    """What waits for the unit in a tab."""
    state = State.CHANGED if tab == "changes" else State.FILED
    return Activity.objects.filter(season=season, reviewing_unit_id=actor.unit_id, state=state).whole()


def narrowed_by(asked: QueryDict) -> dict[str, Any]:
    """What the filters of the page ask for."""
    text = asked.get("q", "").replace("\0", "").strip()[:60]
    found: dict[str, Any] = {"q": text, "mode": asked.get("mode", "")}
    return found | {name: asked.get(name) == "1" for name in TICKS}


def narrowed(
    rows: ActivityQuerySet, given: QueryDict, actor: Actor, at: datetime
) -> tuple[ActivityQuerySet, dict[str, Any]]:
    """The rows that the filters leave: words of the title or the host, the mode, key ones, exceptions, overdue, claimed."""
    asked = narrowed_by(given)
    if asked["q"]:
        rows = rows.filter(Q(title__icontains=asked["q"]) | Q(unit__name__icontains=asked["q"]))
    if asked["mode"] in Mode.values:
        rows = rows.filter(mode=asked["mode"])
    if asked["key"]:
        rows = rows.filter(key_activity=True)
    if asked["unmet"]:
        rows = rows.exclude(unmet=[])
    if asked["overdue"]:
        rows = rows.filter(review_due_at__lt=at)
    if asked["mine"]:
        rows = rows.filter(claims.in_hands_of(actor, at))
    return rows, asked


def sorted_page(rows: ActivityQuerySet, sort: str, cursor: str, size: int = PER_PAGE) -> Page[Activity]:
    """A page by deadline (what has none comes last), by the beginning of the activity, or by how long it waits."""
    if sort == "due":
        dated, undated = (rows.filter(review_due_at__isnull=none) for none in (False, True))
        parts = [(dated, queries.DUE_ORDER), (undated, queries.INBOX_ORDER)]
        return page_in_turn(parts, cursor=cursor, size=size)
    if sort == "starts":
        dated, undated = (rows.filter(starts_at__isnull=none) for none in (False, True))
        parts = [(dated, ("starts_at", "id")), (undated, queries.INBOX_ORDER)]
        return page_in_turn(parts, cursor=cursor, size=size)
    return page_of(rows, order=queries.INBOX_ORDER, cursor=cursor, size=size)


def names_of_claims(activities: Iterable[Activity], at: datetime) -> Mapping[int, str]:
    """The names of those who have something in hand. One query, none where nobody has."""
    held = {pk for a in activities if (pk := claims.held_by(a, at)) is not None}
    return dict(Person.objects.filter(pk__in=held).order_by("pk").values_list("pk", "name")) if held else {}


def coordinates(actor: Actor) -> bool:
    """Whether there are others below whose reviews the actor looks after."""
    return bool(actor.places_as(Role.COORDINATOR) or actor.lines_as(Role.COORDINATOR))


def lead(activity: Activity, at: datetime) -> str:
    """How many days are left, which is what presses a reviewer."""
    if activity.starts_at is None:
        return ""
    days = (day_of(activity.starts_at) - day_of(at)).days
    return _("离开始还有%(n)s天") % {"n": days} if days >= 0 else _("已经过了开始时间")


def _decided(request: Request, season: Season) -> Page[Activity]:
    parts = [
        narrowed(rows, request.GET, request.actor, request.at)[0]
        for rows in queries.decided_by(request.actor, season)
    ]
    cursor = request.GET.get("cursor", "")
    return page_of_all(parts, order=queries.DECIDED_ORDER, cursor=cursor, size=PER_PAGE)


def _usual_order(actor: Actor, season: Season, tab: str) -> str:
    """By deadline where a notice has set one."""
    return "due" if waiting(actor, season, tab).filter(review_due_at__isnull=False).exists() else "waiting"


def _row(
    activity: Activity,
    request: Request,
    names: Mapping[int, str],
    words: WordList | None,
    double: Double | None,
) -> dict[str, Any]:
    waits, due = activity.state in AWAITING_REVIEW, activity.review_due_at
    late = waits and due is not None and due < request.at
    today = waits and not late and due is not None and day_of(due) == day_of(request.at)
    in_force = rules_in_force(activity.unit, activity.season, at=request.at) if late or today else None
    holder = claims.held_by(activity, request.at) if waits else None
    return {
        "activity": activity, "when": showing.span(activity), "since": showing.moment(activity.turn_since),
        "lead": lead(activity, request.at), "unmet": len(activity.unwaived), "own": _is_own(request, activity),
        "overdue": late, "today": today, "due": showing.day(day_of(due)) if waits and due else "",
        "routing": in_force.get("routing.activity") if in_force is not None else None,
        "holder": names.get(holder, "") if holder else "", "is_mine": holder in request.actor.persons if holder else False,
        "watched": _watched(activity, words) if waits and words else [],
        "double": double, "double_of": double.other(activity.pk) if double else None,
    }  # fmt: skip


def _watched(activity: Activity, words: WordList) -> list[str]:
    found = words.found_in(activity)
    return list(dict.fromkeys(hit.word for hits in found.values() for hit in hits))


def _is_own(request: Request, activity: Activity) -> bool:
    return activity.filed_by_id is not None and activity.filed_by_id in request.actor.persons


def _tabs(request: Request, season: Season, chosen: str) -> list[dict[str, Any]]:
    address = reverse("workspace:reviews")
    tabs = [
        ("", _("等我们审核"), counted(queries.at_most(waiting(request.actor, season)))),
        ("changes", _("变更等审核"), counted(queries.at_most(waiting(request.actor, season, "changes")))),
        ("done", _("审核过的"), None),
    ]
    if coordinates(request.actor):
        tabs.insert(2, ("below", _("下级超期的"), None))
    lines = [
        {"label": label, "url": f"{address}?tab={code}" if code else address, "current": code == chosen, "count": n}
        for code, label, n in tabs
    ]  # fmt: skip
    alike = {"label": _("可能重复的"), "url": reverse("workspace:doubles"), "current": False, "count": None}
    return [*lines, alike]


def counted(n: int) -> str:
    """A number that was counted only so far: 12, 1000+."""
    return f"{queries.COUNTED_TO}+" if n > queries.COUNTED_TO else str(n)
