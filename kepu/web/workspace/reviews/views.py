"""One filing as its reviewer sees it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kepu.accounts.models import Person
from kepu.activities import claims, queries, rules
from kepu.activities.four_eyes import check_four_eyes
from kepu.activities.models import Activity
from kepu.activities.watching import words_for
from kepu.activities.workflow import AWAITING_REVIEW, State
from kepu.core.refusals import Reason, verdict
from kepu.notices.inheritance import Rules
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities import history, showing
from kepu.web.workspace.activities.routes import names_of
from kepu.web.workspace.activities.stops import route_of
from kepu.web.workspace.doubles.beside import besides
from kepu.web.workspace.reviews import comparing, marking
from kepu.web.workspace.reviews.findings import Found, findings_on
from kepu.web.workspace.reviews.forms import ApprovalForm, ChangeReturnForm, ReturnForm
from kepu.web.workspace.reviews.inbox import lead


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
    before = comparing.filed_before(activity)
    words = showing.words_for(in_force, [activity, *([before] if before else [])], activity.proposed)
    entries = history.entries_of(activity)
    notes = list(queries.notes_on(activity))
    units = names_of([*activity.route.get("units", ()), *history.units_in(entries)])
    compared = comparing.compared(before, activity, words) if before else []
    changed = {one.name for one in compared} if before else comparing.changed_by_trace(activity, entries)
    is_change, waits = activity.state == State.CHANGED, activity.state in AWAITING_REVIEW
    watch = words_for(request.actor.unit.place_path) if waits and request.actor.unit else None
    groups = list(showing.fact_groups(activity, words, changed=changed))
    holder = holder_of(activity, request) if waits else None
    context = {
        "activity": activity, "when": showing.span(activity), "found": found, "is_change": is_change,
        "groups": marking.marked(groups, watch) if watch else groups, "may_show": True,
        "watched": marking.watched(activity, watch) if watch else [], "proposal": showing.proposal(activity, words),
        "compared": compared, "changed": [] if before else [history.field_label(name) for name in sorted(changed)],
        "route": route_of(activity, units, notes, at=request.at), "notes": history.notes(notes), "open": waits,
        "may_waive": rules.can_waive(request.actor, activity), "lead": lead(activity, request.at),
        "change_reason": next((e.detail.get("reason", "") for e in reversed(entries) if "reason" in e.detail), "") if is_change else "",
        "approval": approval_form(activity, found, holder=holder), "return": ReturnForm(activity=activity, holder=holder),
        "own": _not_to_decide(request, activity, in_force), "routing": in_force.get("routing.activity"), "holder": holder,
        "is_mine": waits and claims.held_by(activity, request.at) in request.actor.persons, "doubles": besides(request.actor, activity), **forms,
    }  # fmt: skip
    if is_change and "return" not in forms:
        context["return"] = ChangeReturnForm(activity=activity, holder=holder)
    context["sending_back"] = context.pop("return")
    for form in (context["approval"], context["sending_back"]):
        form.ask_for_reasons()
    return page(request, "workspace/reviews/detail.html", context)


def approval_form(
    activity: Activity, found: Found, data: Any = None, *, holder: str | None = None
) -> ApprovalForm:
    asks_key = activity.key_activity and activity.state == State.FILED
    return ApprovalForm(
        data, activity=activity, unmet=found.to_waive, points=found.points, steps=found.steps, asks_key=asks_key, holder=holder
    )  # fmt: skip


def holder_of(activity: Activity, request: Request) -> str | None:
    """The name of the colleague who has it in hand; None for nobody, or oneself. At most one query."""
    holder = claims.held_by_another(activity, request.actor, request.at)
    if holder is None:
        return None
    return Person.objects.filter(pk=holder).order_by("pk").values_list("name", flat=True).first() or ""


def _not_to_decide(request: Request, activity: Activity, in_force: Rules) -> Reason | None:
    """Why another must decide: what one wrote oneself."""
    answer = verdict(check_four_eyes, activity, in_force, by=request.actor, at=request.at)
    return answer.reasons[0] if answer.reasons else None
