"""The page of resources."""

from __future__ import annotations

from datetime import datetime
from operator import itemgetter
from typing import Any

from django.http import HttpResponse

from kepu.notices.inheritance import ClauseView, Rules
from kepu.notices.kinds.base import Params
from kepu.notices.kinds.call import Call
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.activities.pictures import gallery_of
from kepu.web.portal.caching import public
from kepu.web.portal.resources.finding import lately_pictured
from kepu.web.portal.resources.outcomes import lately_told
from kepu.web.portal.where import season_asked, where_asked
from kepu.web.request import Request
from kepu.web.shared.sources import Said, said_of, source_of
from kepu.web.shared.views import page, reads


@public
@reads
def resources(request: Request) -> HttpResponse:
    """Posters and pictures of a place's activities, what came of those held, and what its notices collect. Seven queries
    while the rule book is warm.
    """
    season = season_asked(request)
    if season is None:
        return page(request, "portal/none.html")
    where = where_asked(request)
    context: dict[str, Any] = {"season": season, "where": where, "found": [], "calls": [], "outcomes": []}
    if where.place is None:
        return page(request, "portal/resources/resources.html", context, status=where.status)
    shown = [(row, gallery_of(row).first) for row in lately_pictured(season, where.place)]
    rules = rule_book(season).rules_of(profile_at(where.place), request.at)
    context |= {
        "outcomes": lately_told(season, where.place, at=request.at),
        "found": [(row, one) for row, one in shown if one is not None],
        "calls": _calls(rules, request.at),
    }
    return page(request, "portal/resources/resources.html", context)


def _calls(rules: Rules, at: datetime) -> list[tuple[Said, bool]]:
    """What is collected there, from everybody and from those whom a notice names; and whether the time for it is over."""
    own = [(said_of(rule), _is_over(rule.params, at)) for rule in rules.of_kind("call")]
    named = (clauses[0] for key, clauses in rules.frames.items() if key not in rules)
    others = [(_said(clause), _is_over(clause.params, at)) for clause in named if clause.kind == "call"]
    return sorted(own + others, key=itemgetter(1))


def _said(clause: ClauseView) -> Said:
    return Said(clause.params.sentence(), source=source_of(clause))


def _is_over(params: Params, at: datetime) -> bool:
    closes = params.closes.resolve().at if isinstance(params, Call) and params.closes else None
    return closes is not None and closes < at
