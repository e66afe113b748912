"""The inbox of a reviewing unit, and one filing as its reviewer sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import queries, rules
from kepu.activities.four_eyes import check_four_eyes
from kepu.activities.models import Activity, ActivityQuerySet, Double, Mode
from kepu.activities.workflow import State
from kepu.core.paging import page as page_of
from kepu.core.refusals import Reason, verdict
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities import history, showing
from kepu.web.workspace.activities.routes import names_of, steps_of
from kepu.web.workspace.doubles.beside import besides, open_beside
from kepu.web.workspace.reviews.findings import findings_on
from kepu.web.workspace.reviews.forms import ApprovalForm, ChangeReturnForm, ReturnForm
from kepu.web.workspace.seasons import in_season

PER_PAGE = 30
SORTS = {"": queries.INBOX_ORDER, "starts": ("starts_at", "id")}


@workspace(roles=rules.REVIEWING)
@in_season
@reads
def reviews(request: Request, season: Season) -> HttpResponse:
    """What waits for the unit acted for: filings, changes; and what it has decided."""
    ours = Activity.objects.filter(season=season, reviewing_unit_id=request.actor.unit_id)
    counted = ours.aggregate(
        filed=Count("pk", filter=Q(state=State.FILED)), changed=Count("pk", filter=Q(state=State.CHANGED))
    )
    tab = request.GET.get("tab", "")
    rows = _tab(ours, tab).whole()
    rows, asked = _narrowed(rows, request)
    sort = "" if tab == "done" else request.GET.get("sort", "")
    order = ("-turn_since", "-id") if tab == "done" else SORTS.get(sort, queries.INBOX_ORDER)
    if sort == "starts":
        rows = rows.filter(starts_at__isnull=False)
    found = page_of(rows, order=order, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    alike = open_beside(request.actor, found.items) if tab != "done" else {}
    context = {
        "page": found, "tab": tab, "sort": sort, "asked": asked, "modes": Mode.choices, "tabs": _tabs(counted, tab),
        "rows": [_row(a, request, alike.get(a.pk)) for a in found.items], "may_bulk": tab == "" and bool(found.items),
        "narrowed": any(asked.values()), "filtered": any(asked.values()) or bool(sort),
    }  # fmt: skip
    return page(request, "workspace/reviews/list.html", context)


@workspace(roles=rules.REVIEWING)
@reads
def review(request: Request, pk: int) -> HttpResponse:
    """One filing, with what there is to judge."""
    return review_page(request, reviewed(request.actor, pk))


def reviewed(actor: Actor, pk: int) -> Activity:
    """An activity that the unit acted for reviews; nothing else is found here."""
    found: Activity = get_object_or_404(
        rules.visible_to(actor).filter(reviewing_unit_id=actor.unit_id), pk=pk
    )
    return found


def review_page(request: Request, activity: Activity, **forms: Any) -> HttpResponse:
    """The page of a review, with the forms as they were sent where one was refused."""
    in_force = rules_in_force(activity.unit, activity.season, at=request.at)
    found = findings_on(activity, in_force, at=request.at)
    words = showing.words_for(in_force, [activity], activity.proposed)
    entries = history.entries_of(activity)
    units = names_of([*activity.route.get("units", ()), *history.units_in(entries)])
    changed = history.changed_since_return(entries) if activity.state == State.FILED else set()
    is_change = activity.state == State.CHANGED
    context = {
        "activity": activity, "when": showing.span(activity), "found": found, "is_change": is_change,
        "groups": list(showing.fact_groups(activity, words, changed=changed)), "may_show": True, "proposal": showing.proposal(activity, words),
        "changed": [history.field_label(name) for name in sorted(changed)], "steps": steps_of(activity, units),
        "notes": history.notes(queries.notes_on(activity)), "open": is_change or activity.state == State.FILED,
        "may_waive": rules.can_waive(request.actor, activity), "lead": _lead(activity, request.at),
        "change_reason": next((e.detail.get("reason", "") for e in reversed(entries) if "reason" in e.detail), "") if is_change else "",
        "approval": approval_form(activity, found), "return": ReturnForm(activity=activity), "own": _not_to_decide(request, activity, in_force),
        "routing": in_force.get("routing.activity"), "doubles": besides(request.actor, activity), **forms,
    }  # fmt: skip
    if is_change and "return" not in forms:
        context["return"] = ChangeReturnForm(activity=activity)
    context["sending_back"] = context.pop("return")
    for form in (context["approval"], context["sending_back"]):
        form.ask_for_reasons()
    return page(request, "workspace/reviews/detail.html", context)


def approval_form(activity: Activity, found: Any, data: Any = None) -> ApprovalForm:
    asks_key = activity.key_activity and activity.state == State.FILED
    return ApprovalForm(data, activity=activity, unmet=found.to_waive, asks_key=asks_key)


def _is_own(request: Request, activity: Activity) -> bool:
    return activity.filed_by_id is not None and activity.filed_by_id in request.actor.persons


def _not_to_decide(request: Request, activity: Activity, in_force: Rules) -> Reason | None:
    """Why another must decide: what one wrote oneself."""
    answer = verdict(check_four_eyes, activity, in_force, by=request.actor, at=request.at)
    return answer.reasons[0] if answer.reasons else None


def _lead(activity: Activity, at: Any) -> str:
    """How many days are left, which is what presses a reviewer."""
    if activity.starts_at is None:
        return ""
    days = (activity.starts_at.date() - at.date()).days
    return _("离开始还有%(n)s天") % {"n": days} if days >= 0 else _("已经过了开始时间")


def _tab(ours: ActivityQuerySet, tab: str) -> ActivityQuerySet:
    if tab == "changes":
        return ours.filter(state=State.CHANGED)
    if tab == "done":
        return ours.exclude(state__in=[State.FILED, State.CHANGED, State.DRAFT])
    return ours.filter(state=State.FILED)


def _narrowed(rows: ActivityQuerySet, request: Request) -> tuple[ActivityQuerySet, dict[str, Any]]:
    """The filters of the page: words of the title or the host, the mode, claims, exceptions, overdue."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:60]
    asked: dict[str, Any] = {"q": text, "mode": request.GET.get("mode", "")}
    asked |= {name: request.GET.get(name) == "1" for name in ("key", "unmet", "overdue")}
    if text:
        rows = rows.filter(Q(title__icontains=text) | Q(unit__name__icontains=text))
    if asked["mode"] in Mode.values:
        rows = rows.filter(mode=asked["mode"])
    if asked["key"]:
        rows = rows.filter(key_activity=True)
    if asked["unmet"]:
        rows = rows.exclude(unmet=[])
    if asked["overdue"]:
        rows = rows.filter(review_due_at__lt=request.at)
    return rows, asked


def _row(activity: Activity, request: Request, double: Double | None) -> dict[str, Any]:
    waits = activity.state in (State.FILED, State.CHANGED)
    overdue = waits and activity.review_due_at is not None and activity.review_due_at < request.at
    in_force = rules_in_force(activity.unit, activity.season, at=request.at) if overdue else None
    return {
        "activity": activity, "when": showing.span(activity), "since": showing.moment(activity.turn_since),
        "lead": _lead(activity, request.at), "unmet": len(activity.unwaived), "own": _is_own(request, activity),
        "double": double, "double_of": double.other(activity.pk) if double else None,
        "overdue": overdue, "routing": in_force.get("routing.activity") if in_force is not None else None,
    }  # fmt: skip


def _tabs(counted: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    address = reverse("workspace:reviews")
    tabs = (
        ("", _("等我们审核"), counted["filed"]),
        ("changes", _("变更等审核"), counted["changed"]),
        ("done", _("审核过的"), None),
    )
    lines = [
        {
            "label": label,
            "url": f"{address}?tab={code}" if code else address,
            "current": code == chosen,
            "count": n,
        }
        for code, label, n in tabs
    ]
    alike = {"label": _("可能重复的"), "url": reverse("workspace:doubles"), "current": False, "count": None}
    return [*lines, alike]
