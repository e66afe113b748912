"""What belongs to a unit: the list, a new one, asking for one that is there, letting one go."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.refusals import refused, verdict
from kepu.orgs import actions, coming_queries, coming_rules
from kepu.orgs.coming import ApplicationKind
from kepu.orgs.models import Application, Unit
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.registry.forms import AskForm, PartForm
from kepu.web.workspace.registry.views import the_unit

PER_PAGE = 40


@workspace
@reads
def parts(request: Request, pk: int) -> HttpResponse:
    """The units that belong to one, and the two ways of adding another."""
    return _page(request, the_unit(request, pk))


@workspace
@writes(back="workspace:unit-parts")
def adding(request: Request, pk: int) -> HttpResponse:
    """Make a new record for a part."""
    found, form = the_unit(request, pk), PartForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            given = form.cleaned_data
            part = actions.add_part(
                found,
                name=given["name"],
                kind=given["kind"],
                is_another=given["is_another"],
                by=request.actor,
                at=request.at,
            )
            return done(
                request, _("已新增“%(unit)s”，本单位的填报人员可以替它填报。") % {"unit": part.name},
                to="workspace:unit-parts", pk=pk,
            )  # fmt: skip
    return _page(request, found, form=form)


@workspace
@writes(back="workspace:unit-parts")
def asking(request: Request, pk: int) -> HttpResponse:
    """One that is there: at once by a coordinator of both, else the coordinator of that one is asked."""
    found, form = the_unit(request, pk), AskForm(request.POST, auto_id="ask_%s")
    if form.is_valid():
        with form.keeping_refusals():
            unit: Unit = form.cleaned_data["unit"]
            if not refused(coming_rules.check_take_in, request.actor, found, unit):
                actions.take_in_unit(found, unit, by=request.actor, at=request.at)
                said = _("“%(unit)s”已归入。") % {"unit": unit.name}
            else:
                actions.ask_for_part(found, unit, by=request.actor, at=request.at)
                said = _("已申请，由统筹“%(unit)s”的单位审核。") % {"unit": unit.name}
            return done(request, said, to="workspace:unit-parts", pk=pk)
    return _page(request, found, ask=form)


@workspace
@writes(back="workspace:unit-detail")
def letting_go(request: Request, pk: int) -> HttpResponse:
    """A unit no longer belongs to another."""
    found = the_unit(request, pk)
    parent_id = found.within_id
    actions.let_go(found, by=request.actor, at=request.at)
    return done(
        request, _("“%(unit)s”不再归入。") % {"unit": found.name}, to="workspace:unit-parts", pk=parent_id
    )


def _page(
    request: Request, found: Unit, *, form: PartForm | None = None, ask: AskForm | None = None
) -> HttpResponse:
    rows = page_of(
        coming_queries.parts_of(found),
        order=("name", "id"),
        cursor=request.GET.get("cursor", ""),
        size=PER_PAGE,
    )
    people = coming_queries.people_counts(rows.items, request.at)
    waiting = (
        Application.objects.open().filter(kind=ApplicationKind.WITHIN, by_unit=found).order_by("-id")[:20]
    )
    alike = form is not None and any(
        r.code == "lookalike" for reasons in form.reasons.values() for r in reasons
    )
    context = {
        "unit": found, "page": rows, "rows": [(part, people[part.pk]) for part in rows.items], "waiting": list(waiting),
        "form": form or PartForm(), "ask": ask or AskForm(auto_id="ask_%s"), "alike": alike,
        "may": verdict(coming_rules.check_keeps_parts, request.actor, found), "is_part": found.within_id is not None,
    }  # fmt: skip
    return page(request, "workspace/registry/parts.html", context)
