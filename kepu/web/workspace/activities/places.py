"""Where an activity can be held: the host's own place and what is near it; anywhere else by its name."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.fields import ancestors
from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.models import Place, Unit
from kepu.orgs.queries import place_names

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
    found = list(Place.objects.filter(Q(name=wanted) | Q(code=wanted)).order_by("path")[:30])
    if not found:
        found = _in_full(wanted)
    for above in reversed(ancestors(host.place_path)):
        nearest = [place for place in found if place.path.startswith(above)]
        if len(nearest) == 1:
            return nearest[0]
        if nearest:
            found = nearest
            break
    raise Incomplete(reasons=[Reason(_which(wanted, found), field="place_other", code="form")])


def _in_full(wanted: str) -> list[Place]:
    """Places whose name ends the text and whose names from above make up the whole of it."""
    ends = Q(pk__in=[])
    for start in range(1, min(len(wanted) - 1, 40)):
        ends |= Q(name=wanted[start:])
    rows = list(Place.objects.filter(ends).order_by("path")[:200])
    names = place_names(place.path for place in rows)
    return [place for place in rows if names[place.path].endswith(wanted)]


def _which(wanted: str, found: Sequence[Place]) -> str:
    if not found:
        return _("没有找到“%(name)s”。请写省、市、县的全称，例如“广东省东莞市石龙镇”。") % {
            "name": wanted[:40]
        }
    names = list(place_names(place.path for place in found[:5]).values())
    return _("叫“%(name)s”的地方不止一个：%(names)s。请写全称。") % {
        "name": wanted[:40], "names": _("、").join(names)
    }  # fmt: skip
