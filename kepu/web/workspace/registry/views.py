"""The list of units, and the page of one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kepu.core.fields import under
from kepu.core.paging import page as page_of
from kepu.core.refusals import Refused, refused, verdict
from kepu.orgs import coming_queries, coming_rules
from kepu.orgs.coming import ChangeKind
from kepu.orgs.models import Application, Term, Unit, UnitQuerySet, Vocabulary
from kepu.orgs.naming import name_key
from kepu.orgs.queries import place_names, terms, units_in_scope
from kepu.orgs.rules import traceable_by
from kepu.web.request import Request
from kepu.web.shared.place_finding import the_place
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.registry.showing import history_lines
from kepu.web.workspace.registry.tabs import tabs_of

PER_PAGE = 40
MOST_PARTS, MOST_LINES = 12, 30
ORDER = ("place_path", "id")
# the changes a page offers, in the order of how often they are wanted
OFFERED = (
    ChangeKind.RENAMED, ChangeKind.CORRECTED, ChangeKind.MOVED, ChangeKind.MERGED, ChangeKind.SPLIT, ChangeKind.CLOSED,
)  # fmt: skip


@workspace
@reads
def units(request: Request) -> HttpResponse:
    """The units in scope, by place; narrowed by name, kind and place. The same number of queries for 40 and 50,000."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:120]
        for name in ("q", "kind", "place", "closed")
    }
    rows, sentence = _narrowed(coming_queries.units_listed(request.actor), asked)
    found = page_of(
        rows.select_related("line"), order=ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE
    )
    names = place_names(unit.place_path for unit in found.items)
    kinds = {t.code: str(t) for t in terms(Vocabulary.UNIT_KIND)}
    people = coming_queries.people_counts(found.items, request.at)
    context = {
        "page": found, "asked": asked, "sentence": sentence, "kinds": list(kinds.items()),
        "narrowed": any(asked.values()), "own": request.actor.unit, "sections": tabs_of(request.actor, "units"),
        "rows": [
            (unit, names[unit.place_path] or unit.place_path, kinds.get(unit.kind, unit.kind), people[unit.pk])
            for unit in found.items
        ],
    }  # fmt: skip
    return page(request, "workspace/registry/list.html", context)


@workspace
@reads
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: what it is, what it bears, who belongs to it, what became of it."""
    found = the_unit(request, pk)
    words = {(t.vocabulary, t.code): str(t) for t in Term.objects.order_by("pk")}
    parts = list(coming_queries.parts_of(found).order_by("name", "id")[: MOST_PARTS + 1])
    history = list(coming_queries.history_of(found)[: MOST_LINES + 1])
    coordinations = list(found.coordinations.select_related("place", "line").order_by("pk"))
    names = place_names([found.place_path, *(c.place.path for c in coordinations if c.place)])
    waiting = Application.objects.open().filter(Q(unit=found) | Q(by_unit=found)).order_by("-id")
    waiting = waiting & coming_rules.applications_visible_to(request.actor)
    context: dict[str, Any] = {
        "unit": found, "place": names[found.place_path] or found.place.name,
        "kind": words.get((Vocabulary.UNIT_KIND, found.kind), found.kind), "borne": _borne(found, words),
        "coordinates": [names[c.place.path] or c.place.name if c.place else c.line.name if c.line else "" for c in coordinations],
        "people": coming_queries.people_counts([found], request.at)[found.pk], "parts": parts[:MOST_PARTS],
        "more_parts": len(parts) > MOST_PARTS, "history": history_lines(history[:MOST_LINES], found),
        "waiting": list(waiting[:10]), "offered": _offered(request, found),
        "may_keep_parts": found.within_id is None and found.closed_on is None
        and not refused(coming_rules.check_keeps_parts, request.actor, found),
        "planned": coming_queries.planned_for(found),
        "may_trace": traceable_by(request.actor).filter(pk=found.pk).exists(),
    }  # fmt: skip
    planned = context["planned"]
    context["may_call_off"] = bool(planned) and bool(
        verdict(coming_rules.check_call_off, request.actor, planned)
    )
    return page(request, "workspace/registry/detail.html", context)


def the_unit(request: Request, pk: int) -> Unit:
    """Found in scope, or not at all."""
    rows = units_in_scope(request.actor).select_related("place", "line", "within", "merged_into")
    found: Unit = get_object_or_404(rows, pk=pk)
    return found


def _narrowed(rows: UnitQuerySet, asked: dict[str, str]) -> tuple[UnitQuerySet, str]:
    """The units that were asked for; and a sentence where the question has no answer."""
    if not asked["closed"]:
        rows = rows.filter(closed_on=None)
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["q"]:
        key = name_key(asked["q"])
        named = Q(code=asked["q"]) | Q(credit_code=asked["q"].upper())
        rows = rows.filter(named | Q(name_key__contains=key) if key else named)
    if asked["place"]:
        try:
            rows = rows.filter(under("place_path", the_place(asked["place"], field="place").path))
        except Refused as refusal:
            return rows.none(), str(refusal)
    return rows, ""


def _borne(found: Unit, words: dict[tuple[str, str], str]) -> list[str]:
    """Titles and seats, and those of the places it lies in, in words."""
    said = []
    for trait in found.traits:
        code = trait.removeprefix("place:")
        name = words.get((Vocabulary.DESIGNATION, code)) or words.get((Vocabulary.BODY, code))
        if name:
            said.append(_("%(title)s（所在地区）") % {"title": name} if trait.startswith("place:") else name)
    return said


def _offered(request: Request, found: Unit) -> list[tuple[str, str]]:
    """The changes that this actor may make of this unit."""
    if found.closed_on is not None:
        return []
    return [
        (kind.value, str(kind.label))
        for kind in OFFERED
        if not refused(coming_rules.check_change, request.actor, found, kind)
    ]
