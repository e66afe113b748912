"""The first page of help: whom to ask, from the nearest up; what the notices lay down; what is on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from kepu.core.refusals import verdict
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rules_in_force
from kepu.support import queries, rules
from kepu.web.request import Request
from kepu.web.shared.sources import said_of
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.support.trainings import shown

FEW = 3


@workspace
@reads
def desk(request: Request) -> HttpResponse:
    unit, actor = unit_of(request), request.actor
    season = shown_season()
    in_force = rules_in_force(unit, season, at=request.at) if season else None
    levels = queries.levels_over(unit.place_path, unit.line_path)
    kept = {node.path for node in queries.nodes_kept_by(actor)}
    trainings = queries.trainings_ahead(actor, at=request.at, size=FEW).items
    context = {
        "unit": unit, "levels": [(level, level.node.path in kept) for level in levels],
        "contacts": [said_of(rule) for rule in in_force.of_kind("contact")] if in_force else [],
        "unknown": in_force.unknown if in_force else [], "answers": queries.answers_over(unit, size=FEW).items,
        "trainings": shown(request, trainings), "may_ask": verdict(rules.check_ask, actor),
        "to_answer": queries.to_answer(actor) if actor.holds(*rules.ANSWERING) else 0,
        "errors": queries.errors_to_answer(actor),
        "training_url": settings.KEPU_TRAINING_URL if not settings.KEPU_REHEARSAL else "",
    }  # fmt: skip
    return page(request, "workspace/support/desk.html", context)
