"""The pairs that were decided: what was said of them, by whom, and the way back where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.activities import alike, double_rules
from kepu.activities.models import Double, DoubleState
from kepu.core.paging import page_of_all
from kepu.notices.models import Season
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities.showing import moment, span
from kepu.web.workspace.doubles import showing
from kepu.web.workspace.doubles.views import PER_PAGE, places_of, tabs
from kepu.web.workspace.seasons import in_season


@dataclass(frozen=True, slots=True)
class Decided:
    """One pair, and what became of it."""

    double: Double
    words: str
    by: str
    when: str
    whens: tuple[str, str]
    tone: str
    may_unlink: bool


@workspace
@in_season
@reads
def decided(request: Request, season: Season) -> HttpResponse:
    """What was decided of pairs that one answers for, the latest first. At most eight queries."""
    places = places_of(request.actor)
    code, state = request.GET.get("place", ""), request.GET.get("state", "")
    chosen = next((place for place in places if place.code == code), None)
    state = state if state in alike.DECIDED else ""
    arms = alike.decided_doubles(request.actor, season, place=chosen.path if chosen else "", state=state)
    cursor = request.GET.get("cursor", "")
    found = page_of_all(arms, order=alike.DECIDED_ORDER, cursor=cursor, size=PER_PAGE) if arms else None
    pairs = found.items if found else []
    people = _names(pairs)
    context = {
        "page": found, "rows": [_row(request, double, people) for double in pairs], "places": places,
        "place": chosen.code if chosen else "", "state": state, "states": [(s.value, s.label) for s in alike.DECIDED],
        "narrowed": bool(chosen or state), "tabs": tabs("workspace:doubles-decided"),
    }  # fmt: skip
    return page(request, "workspace/doubles/decided.html", context)


def _names(pairs: list[Double]) -> dict[int, str]:
    """Names of who decided. One query, none for no pairs."""
    ids = {double.decided_by_id for double in pairs if double.decided_by_id is not None}
    return dict(Person.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "name")) if ids else {}


def _row(request: Request, double: Double, people: dict[int, str]) -> Decided:
    unit = double.decided_unit.name if double.decided_unit else ""
    person = people.get(double.decided_by_id or 0, "")
    return Decided(
        double, _outcome(double), " ".join(filter(None, (unit, person))),
        moment(double.decided_at) if double.decided_at else "", (span(double.a), span(double.b)),
        showing.TONES[DoubleState(double.state)], double_rules.can_unlink(request.actor, double),
    )  # fmt: skip


def _outcome(double: Double) -> str:
    if double.left is None:
        return _("各算各的。")
    told = {"left": double.left.unit.name, "kept": double.other(double.left.pk).unit.name}
    if told["left"] == told["kept"]:
        first = double.kept_id == double.a_id
        return _("算在先填报的那一项里。") if first else _("算在后填报的那一项里。")
    return _("%(left)s的那一项算在%(kept)s的那一项里。") % told
