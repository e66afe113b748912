"""The unit's activities: the list, and the page of one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities import rules
from kepu.activities.models import Activity
from kepu.activities.queries import OWN_ORDER, notes_on, unit_activities
from kepu.activities.workflow import TURN, State, Turn
from kepu.core.paging import page as page_of
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities import buttons, history, session_rows, showing
from kepu.web.workspace.activities.afterwards import parts_for
from kepu.web.workspace.activities.frozen_rules import kept_rules
from kepu.web.workspace.activities.routes import names_of
from kepu.web.workspace.activities.stops import route_of
from kepu.web.workspace.doubles.beside import besides
from kepu.web.workspace.seasons import in_season

PER_PAGE, MOST_INCIDENTS = 30, 20
TABS: tuple[tuple[str, Any, frozenset[State]], ...] = (
    ("", lazy("全部"), frozenset(State)),
    ("ours", lazy("轮到我们"), frozenset(s for s in State if TURN[s] is Turn.HOST)),
    ("review", lazy("等审核"), frozenset(s for s in State if TURN[s] is Turn.REVIEWER)),
    ("public", lazy("已发布"), frozenset(s for s in State if TURN[s] is Turn.PUBLIC)),
    ("over", lazy("已了结"), frozenset(s for s in State if TURN[s] is Turn.NOBODY)),
)


@workspace
@in_season
@reads
def activities(request: Request, season: Season) -> HttpResponse:
    """The unit's activities of the season, the newest first."""
    own = unit_activities(request.actor, season)
    counted = Counter(dict(own.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n")))
    chosen = request.GET.get("tab", "")
    states = next((states for code, _label, states in TABS if code == chosen), frozenset(State))
    shown = own.filter(state__in=sorted(states))
    if text := request.GET.get("q", "").strip()[:60]:
        shown = shown.filter(title__icontains=text.replace("\0", ""))
    found = page_of(shown, order=OWN_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    context = {
        "season": season, "page": found, "q": text, "tab": chosen, "tabs": _tabs(counted, chosen),
        "rows": [{"activity": a, "when": showing.span(a), "turn": turn_words(a)} for a in found.items],
        "may_create": rules.can_create(request.actor, season), "any": sum(counted.values()),
    }  # fmt: skip
    return page(request, "workspace/activities/list.html", context, pieces=("found",))


@workspace
@reads
def activity(request: Request, pk: int) -> HttpResponse:
    """One activity: where it stands, whose turn it is, what can be done, what was said and done."""
    it = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    in_force = rules_in_force(it.unit, it.season, at=request.at)
    words = showing.words_for(in_force, [it], it.proposed)
    entries = history.entries_of(it)
    notes = list(notes_on(it))
    units = names_of([*it.route.get("units", ()), *history.units_in(entries)])
    host, may_show = request.actor.acts_for(it.unit_id), rules.can_show_contact(request.actor, it)
    context = {
        "activity": it, "when": showing.span(it), "turn": turn_words(it), "is_host": host,
        "groups": list(showing.fact_groups(it, words, private=may_show)), "may_show": may_show,
        "proposal": showing.proposal(it, words), "route": route_of(it, units, notes, at=request.at),
        "timeline": history.sentences(entries, it, units, request.actor, in_force), "notes": history.notes(notes),
        "kept": kept_rules(it, in_force), "buttons": buttons.for_activity(request.actor, it, in_force, at=request.at),
        "summary_parts": [(part.title, it.sections[part.code]) for part in parts_for(it, in_force) if it.sections.get(part.code)],
        "incidents": list(it.incidents.order_by("-id")[:MOST_INCIDENTS]) if it.public_version else [],
        "sessions": session_rows.rows_of(it, words, at=request.at), "may_stop_session": rules.can_session(request.actor, it),
        "doubles": besides(request.actor, it), "may_tell_places": rules.can_tell_places(request.actor, it),
        "trail_url": reverse("workspace:activities") if host else "", "routing": in_force.get("routing.activity"),
    }  # fmt: skip
    return page(request, "workspace/activities/detail.html", context)


def turn_words(activity: Activity) -> str:
    """Whose turn it is, and to do what."""
    reviewer = activity.reviewing_unit.name if activity.reviewing_unit else ""
    match State(activity.state):
        case State.DRAFT:
            return _("等填报")
        case State.RETURNED:
            return _("等修改后再填报")
        case State.FILED | State.CHANGED:
            return _("等%(unit)s审核") % {"unit": reviewer}
        case State.APPROVED if activity.publish_at is not None:
            return _("定好 %(when)s 自动发布") % {"when": showing.moment(activity.publish_at)}
        case State.APPROVED:
            return _("等发布")
        case State.PUBLISHED | State.POSTPONED:
            return _("等举办")
        case State.HELD:
            return _("等完善活动信息")
        case State.COMPLETED:
            return _("等提交总结")
        case _:
            return ""


def _tabs(counted: Counter[str], chosen: str) -> list[dict[str, Any]]:
    address = reverse("workspace:activities")
    return [
        {
            "label": label, "url": f"{address}?tab={code}" if code else address, "current": code == chosen,
            "count": sum(counted[state] for state in states),
        }
        for code, label, states in TABS
    ]  # fmt: skip
