"""The pairs that one is to decide, and one of them side by side."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities import alike, double_rules
from kepu.activities.models import Double, DoubleState
from kepu.core.paging import page_of_all
from kepu.core.refusals import Reason, verdict
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Role
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities.showing import span, words_for
from kepu.web.workspace.doubles import showing
from kepu.web.workspace.doubles.forms import DecisionForm
from kepu.web.workspace.seasons import in_season

PER_PAGE = 30
LEASTS = (90, 80)  # of 100


@workspace
@in_season
@reads
def doubles(request: Request, season: Season) -> HttpResponse:
    """What one is to decide, the most alike first. At most seven queries."""
    places = places_of(request.actor)
    code, least = request.GET.get("place", ""), request.GET.get("least", "")
    chosen = next((place for place in places if place.code == code), None)
    bound = int(least) if least in {str(n) for n in LEASTS} else 0
    arms = alike.open_doubles(request.actor, season, place=chosen.path if chosen else "", least=bound)
    found = (
        page_of_all(arms, order=alike.DOUBLES_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
        if arms
        else None
    )
    rows = [
        {"double": d, "agreements": showing.agreements(d), "whens": [span(one) for one in d.pair], "same_when": span(d.a) == span(d.b)}
        for d in (found.items if found else ())
    ]  # fmt: skip
    context = {
        "page": found, "rows": rows, "places": places, "place": chosen.code if chosen else "", "least": bound,
        "leasts": [(n, _("%(n)s%%以上") % {"n": n}) for n in LEASTS], "narrowed": bool(chosen or bound), "tabs": tabs("workspace:doubles"),
    }  # fmt: skip
    return page(request, "workspace/doubles/list.html", context)


@workspace
@reads
def double(request: Request, pk: int) -> HttpResponse:
    """One pair, with what there is to decide."""
    return pair_page(request, pair_in_scope(request.actor, pk))


def pair_in_scope(actor: Actor, pk: int) -> Double:
    """A pair that the actor sees. Raises Http404 for any other."""
    found = alike.double_in_scope(actor, pk)
    if found is None:
        raise Http404
    return found


def pair_page(request: Request, double: Double, form: DecisionForm | None = None) -> HttpResponse:
    """The page of a pair, with the form as it was sent where an act was refused."""
    actor, (a, b) = request.actor, double.pair
    whole = (double_rules.sees_whole(actor, a), double_rules.sees_whole(actor, b))
    words = words_for(rules_in_force(a.unit, a.season, at=request.at), [a, b])
    open_to = double.state in double_rules.UNDECIDED
    context = {
        "double": double, "rows": list(showing.rows(double, words, whole)), "sides": showing.sides(double, whole),
        "agreements": showing.agreements(double), "apart": showing.apart(double), "tone": showing.TONES[DoubleState(double.state)],
        "form": form or DecisionForm(double=double), "closed": _closed(actor, double), "merges": _may_merge(actor, double),
        "undecided": open_to, "may_unlink": double_rules.can_unlink(actor, double), "may_part": double_rules.can_tell_apart(actor, double),
        "together": double_rules.counted_together(double) and open_to, "decided": _decided(double),
    }  # fmt: skip
    return page(request, "workspace/doubles/pair.html", context)


def _closed(actor: Actor, double: Double) -> Reason | None:
    """Why nothing can be decided here, where that is so."""
    if double.state not in double_rules.UNDECIDED:
        return next(iter(verdict(double_rules.check_decide, actor, double).reasons), None)
    ways = [verdict(double_rules.check_link, actor, double, keep) for keep in double.pair]
    return None if any(ways) else ways[0].reasons[0]


def _may_merge(actor: Actor, double: Double) -> Reason | None:
    """Why they cannot be merged, whichever is kept; None where they can."""
    ways = [verdict(double_rules.check_merge, actor, double, keep) for keep in double.pair]
    return None if any(ways) else ways[0].reasons[0]


def _decided(double: Double) -> dict[str, Any] | None:
    if double.state not in (DoubleState.LINKED, DoubleState.MERGED) or double.left is None:
        return None
    return {"kept": double.other(double.left.pk), "left": double.left}


def tabs(chosen: str) -> list[dict[str, Any]]:
    """What is to be decided, and what was."""
    named = (("workspace:doubles", _("待判断")), ("workspace:doubles-decided", _("判断过的")))
    return [
        {"label": label, "url": reverse(name), "current": name == chosen, "count": None}
        for name, label in named
    ]


def places_of(actor: Actor) -> list[Place]:
    """The places that the list can be narrowed to: what one coordinates, and one level below. One query."""
    paths = actor.places_as(Role.COORDINATOR)
    if not paths:
        return []
    below = Place.objects.filter(parent__path__in=paths) | Place.objects.filter(path__in=paths)
    return list(below.order_by("path")[:200])
