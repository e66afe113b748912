"""今日: what is due, whose turn it is, what was said to us, and what one is likely to do next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.activities import queries as activities
from kepu.activities import rules as may
from kepu.activities.models import Activity
from kepu.activities.queries import Due, What
from kepu.activities.workflow import State
from kepu.notices.inheritance import InForce
from kepu.notices.models import Season
from kepu.notices.queries import shown_season, to_receive
from kepu.notices.rulebook import rules_in_force
from kepu.notices.rules import READING
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.coming_queries import awaiting
from kepu.orgs.models import Role
from kepu.orgs.queries import messages_to
from kepu.returns import queries as returns
from kepu.returns import rules as handing_up
from kepu.web.request import Request
from kepu.web.shared.sources import Source, source_of
from kepu.web.shared.views import page, reads, redirect_to, workspace
from kepu.web.workspace.activities import showing
from kepu.web.workspace.duties.views import shown
from kepu.web.workspace.reviews.inbox import counted

FEW, SOON = 8, 14  # lines of a section; days ahead within which a duty is shown here


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that waits for us: how many, since when, and where to go."""

    label: str
    count: int | str
    url: str
    note: str = ""
    icon: str = "list"


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What is still to do after an activity of ours."""

    activity: Activity
    what: str
    url: str
    since: str
    due: str
    late: bool
    source: Source | None = None


@workspace(helpers=True)
@reads
def home(request: Request) -> HttpResponse:
    """What there is to do today, the most pressing first. Who only helps is led to the state of the machine."""
    if request.actor.only_helps:
        return redirect_to("workspace:operations")
    season = shown_season()
    unread = list(
        messages_to(request.actor).filter(read_at__isnull=True).order_by("-sent_at", "-id")[: FEW + 1]
    )
    context: dict[str, Any] = {
        "season": season, "today": date_format(showing.localtime(request.at), "DATE_FORMAT"), "duties": [], "later": 0, "after": [], "turns": [],
        "quick": _quick(request.actor, season), "unread": [(m, showing.moment(m.sent_at)) for m in unread[:FEW]],
        "more_unread": len(unread) > FEW, "more_after": False,
    }  # fmt: skip
    if season is not None and season.is_open:  # nothing presses in a season that is over
        context |= _due(request.actor, season, request.at) | {
            "turns": _turns(request.actor, season, request.at)
        }
    context["turns"] += _applications(request.actor)
    context["nothing"] = not any(context[name] for name in ("duties", "after", "turns", "unread"))
    return page(request, "workspace/home.html", context)


def _due(actor: Actor, season: Season, at: datetime) -> dict[str, Any]:
    """Duties that are open, and what is to be done after activities. Four queries."""
    ours = (
        [shown(d, season) for d in returns.duties_for(actor.unit, season, at=at) if d.turn == "unit"]
        if actor.unit
        else []
    )
    near = [
        one
        for one in ours
        if one.duty.late
        or one.duty.state == "returned"
        or (one.duty.days_left is not None and 0 <= one.duty.days_left <= SOON)
    ]
    after = activities.activities_due(actor, season, at=at) if may.can_create(actor, season) else []
    summary = rules_in_force(actor.unit, season, at=at).get("duty.activity_summary") if actor.unit else None
    return {
        "duties": near[:FEW], "later": len(ours) - len(near[:FEW]), "after": [_afterwards(due, summary) for due in after[:FEW]],
        "more_after": len(after) > FEW,
    }  # fmt: skip


def _afterwards(due: Due, summary: InForce | None) -> Afterwards:
    words = {What.HOLD: _("确认已经举办"), What.COMPLETE: _("完善活动信息"), What.SUMMARISE: _("提交总结")}
    route = {What.HOLD: "holding", What.COMPLETE: "completion", What.SUMMARISE: "summary"}[due.what]
    until = showing.moment(due.due) if due.due and due.what is not What.HOLD else ""
    return Afterwards(
        due.activity, words[due.what], reverse(f"workspace:activity-{route}", args=[due.activity.pk]),
        showing.moment(due.since), until, due.late, source_of(summary) if until else None,
    )  # fmt: skip


def _turns(actor: Actor, season: Season, at: datetime) -> list[Turn]:
    """What waits for the unit, by what it holds. At most four queries."""
    found: list[Turn] = []
    if actor.holds(*READING):
        unreceived = f"{reverse('workspace:received')}?tab=waiting"
        found.append(Turn(_("通知等签收"), to_receive(actor), unreceived, icon="notice"))
    if may.can_create(actor, season):
        own = activities.unit_activities(actor, season).order_by().values("state").annotate(n=Count("pk"))
        by_state = Counter(dict(own.values_list("state", "n")))
        mine = reverse("workspace:activities")
        found += [
            Turn(_("被退回，等修改"), by_state[State.RETURNED], f"{mine}?tab=ours", icon="phase-back"),
            Turn(_("已通过，等发布"), by_state[State.APPROVED], f"{mine}?tab=ours", icon="notice"),
            Turn(_("草稿，还没有填报"), by_state[State.DRAFT], f"{mine}?tab=ours", icon="file"),
        ]
    if actor.holds(*may.REVIEWING):
        found += _reviews(actor, season, at)
    if actor.holds(*handing_up.RECEIVING):
        waiting = returns.inbox(actor, size=50)
        more = "+" if waiting.next else ""
        if waiting.items:
            since = _("最早的 %(when)s 报来") % {"when": showing.moment(waiting.items[0].turn_since)}
            found.append(
                Turn(
                    _("报送等接收"),
                    len(waiting.items),
                    reverse("workspace:returns"),
                    since + more,
                    "hand-down",
                )
            )
    return [turn for turn in found if turn.count]


def _applications(actor: Actor) -> list[Turn]:
    """Units that want to come in, whether a season is open or not. One query for who decides on them."""
    if not actor.holds(Role.COORDINATOR):
        return []
    found = awaiting(actor).aggregate(n=Count("pk"), since=Min("turn_since"))
    if not found["n"]:
        return []
    since = _("等得最久的 %(when)s 提交") % {"when": showing.moment(found["since"])}
    return [Turn(_("登记申请等审核"), found["n"], reverse("workspace:applications"), since, "unit")]


def _reviews(actor: Actor, season: Season, at: datetime) -> list[Turn]:
    """What waits to be reviewed, counted as far as the inbox counts it, and since when. A query for each state."""
    ours = Activity.objects.filter(season=season, reviewing_unit_id=actor.unit_id)
    address = reverse("workspace:reviews")
    found = []
    for state, label, url in (
        (State.FILED, _("等我们审核"), address), (State.CHANGED, _("变更等审核"), f"{address}?tab=changes"),
    ):  # fmt: skip
        rows = ours.filter(state=state).order_by(*activities.INBOX_ORDER)
        since = rows.values_list("turn_since", flat=True)[: activities.COUNTED_TO + 1]
        if waiting := list(since):
            words = _("等得最久的 %(when)s 填报") % {"when": showing.moment(waiting[0])}
            found.append(Turn(label, counted(len(waiting)), url, words, "review"))
    return found


def _quick(actor: Actor, season: Season | None) -> list[dict[str, str]]:
    """What somebody in this post is likely to come for."""
    found = []
    if season is not None and may.can_create(actor, season):
        found.append({"label": _("新建活动"), "url": reverse("workspace:activity-new"), "icon": "plus"})
    if actor.holds(*may.REVIEWING):
        found.append({"label": _("审核"), "url": reverse("workspace:reviews"), "icon": "review"})
    if actor.places_as(*OVERSEEING):
        found.append({"label": _("看地区进展"), "url": reverse("workspace:areas"), "icon": "chart"})
    found.append({"label": _("查规定"), "url": reverse("workspace:rules"), "icon": "notice"})
    return found
