"""Help for those who organise and have no account: which office to ask at a place, and what was asked before."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.support import queries
from kepu.web.portal.caching import public
from kepu.web.portal.notices.whom import asked, children_of, chosen_profile, trail_of
from kepu.web.request import Request
from kepu.web.shared.sources import said_of
from kepu.web.shared.views import page, reads

PER_PAGE, ALIKE = 20, 12


@public
@reads
def help_(request: Request) -> HttpResponse:
    """The offices over a place, the contact points of its notices, and the answers marked for the public."""
    text = asked(request, "place")
    found = list(Place.objects.filter(code=text or "CN")) or list(
        Place.objects.filter(name=text).order_by("path")[:ALIKE]
    )
    place = found[0] if len(found) == 1 else None
    context: dict[str, Any] = {
        "text": text, "place": place, "alike": found if len(found) > 1 else [], "levels": [], "contacts": [], "page": None, "rows": [],
        "trail": [], "children": [], "q": asked(request, "q")[:60], "training_url": settings.KEPU_TRAINING_URL if not settings.KEPU_REHEARSAL else "",
    }  # fmt: skip
    if place is not None:
        season = shown_season()
        rules = (
            rule_book(season).rules_of(chosen_profile(place, "other_unit"), request.at) if season else None
        )
        answers = queries.public_answers(
            place.path, text=context["q"], cursor=request.GET.get("cursor", ""), size=PER_PAGE
        )
        context |= {
            "levels": queries.levels_over(place.path), "contacts": [said_of(rule) for rule in rules.of_kind("contact")] if rules else [],
            "page": answers, "rows": answers.items, "trail": trail_of(place), "children": children_of(place),
        }  # fmt: skip
    return page(request, "portal/help/help.html", context)
