"""Who will review: the route that the notices lay down for a host, in names, with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kepu.activities.facts import facts_of
from kepu.activities.models import Activity
from kepu.activities.routing import reviewers_for
from kepu.core.fields import ancestors
from kepu.core.refusals import Refused
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Stage
from kepu.orgs.models import Coordination, Unit
from kepu.web.shared.sources import Source, source_of


@dataclass(frozen=True, slots=True)
class Route:
    """The units that will review in turn; ``choices`` where the host may name another (归口单位可以自选)."""

    units: tuple[str, ...]
    source: Source | None
    sentence: str
    why_not: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def route_for(rules: Rules, host: Unit, *, at: datetime, activity: Activity | None = None) -> Route:
    """The route as a form shows it. At most four queries."""
    rule = rules.get("routing.activity")
    source, sentence = (source_of(rule), rule.sentence() if rule else "")
    shown = activity or Activity(unit=host, place_id=host.place_id, activity_level=host.level)
    choices = () if rule is not None and rule.params.choice == "fixed" else tuple(_coordinators(host))  # type: ignore[attr-defined]
    try:
        chain = reviewers_for(rules, host, facts_of(shown, host=host, at=at, stage=Stage.FILING))
    except Refused as refusal:
        return Route((), source, sentence, str(refusal), choices)
    names = names_of(chain.units)
    return Route(tuple(names.get(pk, "") for pk in chain.units), source, sentence, "", choices)


def names_of(units: Iterable[int | None]) -> Mapping[int, str]:
    """Names of units. One query, none for no unit."""
    wanted = {pk for pk in units if pk is not None}
    return dict(Unit.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", "name")) if wanted else {}


def _coordinators(host: Unit) -> Iterable[tuple[str, str]]:
    lines = ancestors(host.line_path)[1:] if host.line_path else []
    above = Q(place__path__in=ancestors(host.place_path)) | Q(line__path__in=lines)
    rows = Coordination.objects.filter(above).exclude(unit_id=host.pk).order_by("-place__path", "pk")
    return dict.fromkeys((str(pk), name) for pk, name in rows.values_list("unit_id", "unit__name"))
