"""Where an activity can be held: the host's own place and what is near it; anywhere else by its name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Q

from kepu.core.fields import ancestors
from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.models import Place, Unit
from kepu.web.shared.place_finding import all_named, which

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
    """The place that a name stands for, seen from the host: 石龙镇, or in full 广东省东莞市石龙镇. One to three queries.

    Raises :class:`Incomplete` where there is none, or where there are several and none is nearer.
    """
    found = named_each([text], host)[text]
    if isinstance(found, str):
        raise Incomplete(reasons=[Reason(found, field="place_other", code="form")])
    return found


def named_each(texts: Collection[str], host: Unit) -> dict[str, Place | str]:
    """What each of several names stands for, or the sentence why that is not clear. Three queries, one more for each
    name that several places bear."""
    wanted = {text: "".join(text.split()) for text in texts}
    found = all_named(list(dict.fromkeys(wanted.values())))
    return {text: _nearest(name, found[name], host) for text, name in wanted.items()}


def _nearest(wanted: str, found: Sequence[Place], host: Unit) -> Place | str:
    for above in reversed(ancestors(host.place_path)):
        nearest = [place for place in found if place.path.startswith(above)]
        if len(nearest) == 1:
            return nearest[0]
        if nearest:
            found = nearest
            break
    return which(wanted, found)
