"""登记申请: what waits for the unit, what lies in its area, and one application with what it is compared to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.refusals import verdict
from kepu.orgs import coming_queries, coming_rules
from kepu.orgs.actions import Contact
from kepu.orgs.coming import OPEN, ApplicationKind, ApplicationState
from kepu.orgs.coming_rules import LOOKING
from kepu.orgs.models import Application, Vocabulary
from kepu.orgs.queries import place_names, terms
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.applications.forms import ApprovalForm, MergingForm, ReasonForm
from kepu.web.workspace.applications.showing import masked_contact
from kepu.web.workspace.registry.tabs import tabs_of

PER_PAGE = 30


@workspace(roles=LOOKING)
@reads
def applications(request: Request) -> HttpResponse:
    """Those that wait for the unit, the longest waiting first; or all of its area, the newest first. Four queries."""
    whole = request.GET.get("tab") == "area"
    if whole:
        rows = coming_queries.applications_in_scope(request.actor)
    else:
        rows = coming_queries.awaiting(request.actor)
    order = ("-id",) if whole else coming_queries.INBOX_ORDER
    state = request.GET.get("state", "")
    if whole and state in ApplicationState.values:
        rows = rows.filter(state=state)
    found = page_of(rows, order=order, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    names = place_names(a.place_path for a in found.items)
    words = {t.code: str(t) for t in terms(Vocabulary.UNIT_KIND)}
    waiting = coming_queries.awaiting(request.actor).count()
    address = reverse("workspace:applications")
    tabs = [
        {"label": _("等我们审核"), "url": address, "current": not whole, "count": waiting},
        {"label": _("范围内全部"), "url": f"{address}?tab=area", "current": whole, "count": None},
    ]
    context = {
        "page": found, "tabs": tabs, "sections": tabs_of(request.actor, "applications", waiting), "whole": whole,
        "state": state, "states": [(s.value, s.label) for s in ApplicationState],
        "rows": [
            (a, names[a.place_path] or a.place.name, words.get(a.unit_kind, a.unit_kind), moment(a.turn_since))
            for a in found.items
        ],
    }  # fmt: skip
    return page(request, "workspace/applications/list.html", context)


@workspace
@reads
def application(request: Request, pk: int) -> HttpResponse:
    """One application: what it says, what looks the same, and the decision."""
    return shown(request, the_application(request, pk))


def the_application(request: Request, pk: int) -> Application:
    """Found in scope, or not at all."""
    rows = coming_rules.applications_visible_to(request.actor)
    found: Application = get_object_or_404(
        rows.select_related("place", "line", "unit__place", "by_unit", "receiver", "person"), pk=pk
    )
    return found


def shown(
    request: Request, found: Application, *, contact: Contact | None = None, **forms: Any
) -> HttpResponse:
    """The page, with the forms as they were typed; ``contact`` once somebody has asked to see it."""
    initial = {"version": found.version}
    may = verdict(coming_rules.check_decide, request.actor, found)
    alike, waiting = [], []
    if found.kind == ApplicationKind.NEW:
        same: dict[str, Any] = {"name": found.name, "place": found.place, "credit_code": found.credit_code}
        alike = [one for one in coming_queries.lookalikes(**same) if one.unit.pk != found.unit_id]
        waiting = (
            list(coming_queries.applications_alike(**same, but=found.pk)[:5]) if found.state in OPEN else []
        )
    names = place_names([found.place_path])
    kinds = {t.code: str(t) for t in terms(Vocabulary.UNIT_KIND)}
    context = {
        "application": found, "place": names[found.place_path] or found.place.name,
        "kind": kinds.get(found.unit_kind, found.unit_kind), "may": may, "alike": alike, "waiting": waiting,
        "filed_at": moment(found.filed_at), "decided_at": moment(found.decided_at) if found.decided_at else "",
        "masked": masked_contact(found), "contact": contact,
        "may_see": verdict(coming_rules.check_see_contact, request.actor, found),
        "may_withdraw": bool(found.by_unit_id) and bool(verdict(coming_rules.check_withdraw_own, request.actor, found)),
        "people": coming_queries.people_counts([found.unit], request.at)[found.unit.pk] if found.unit else 0,
        "approval": forms.get("approval") or ApprovalForm(initial=initial),
        "merging": forms.get("merging") or MergingForm(initial=initial, auto_id="merging_%s"),
        "sending_back": forms.get("sending_back") or ReasonForm(initial=initial, auto_id="return_%s"),
        "refusal": forms.get("refusal") or ReasonForm(initial=initial, auto_id="refusal_%s"),
    }  # fmt: skip
    return page(request, "workspace/applications/detail.html", context)
