"""Where an activity can be held: the host's own place and what is near it; anywhere else by its name."""

from __future__ import annotations

from django.db.models import Q

from kepu.core.fields import ancestors
from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.models import Place, Unit
from kepu.web.shared.place_finding import places_named, which

MOST_NEAR = 150
Choice = tuple[str, str]


def near(host: Unit, chosen: int | None = None) -> list[Choice]:
    """The places a form offers: the host's own first, then those inside it, beside it and above it. One query."""
    path = host.place_path
    above = ancestors(path)
    beside = above[-2] if len(above) > 1 else path
    rows = Place.objects.filter(
        Q(path__in=above) | Q(parent__path__in=[path, beside]) | Q(pk=chosen or host.place_id)
    ).order_by("path")[: MOST_NEAR + len(above)]
    own = sorted(
        rows, key=lambda p: (p.path != path, not p.path.startswith(path), -p.path.count("/"), p.path)
    )
    return [(str(place.pk), place.name) for place in own]


def named(text: str, host: Unit) -> Place:
    """The place that a name stands for, seen from the host: 石龙镇, or in full 广东省东莞市石龙镇. Two or three queries.

    Raises :class:`Incomplete` where there is none, or where there are several and none is nearer.
    """
    wanted = "".join(text.split())
    found = places_named(wanted)
    for above in reversed(ancestors(host.place_path)):
        nearest = [place for place in found if place.path.startswith(above)]
        if len(nearest) == 1:
            return nearest[0]
        if nearest:
            found = nearest
            break
    raise Incomplete(reasons=[Reason(which(wanted, found), field="place_other", code="form")])
