"""A place as people write it: its code, its name, or its name in full (广东省东莞市石龙镇)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.models import Place
from kepu.orgs.queries import place_names


def places_named(wanted: str) -> list[Place]:
    """Every place that the text may mean, without spaces. One query, or three where it is a name in full."""
    found = list(Place.objects.filter(Q(name=wanted) | Q(code=wanted)).order_by("path")[:30])
    return found or _in_full(wanted)


def the_place(text: str, *, field: str) -> Place:
    """The one place that the text means. Raises :class:`Incomplete` where there is none or several."""
    wanted = "".join(text.split())
    found = places_named(wanted)
    if len(found) != 1:
        raise Incomplete(reasons=[Reason(which(wanted, found), field=field, code="form")])
    return found[0]


def _in_full(wanted: str) -> list[Place]:
    """Places whose name ends the text and whose names from above make up the whole of it."""
    ends = Q(pk__in=[])
    for start in range(1, min(len(wanted) - 1, 40)):
        ends |= Q(name=wanted[start:])
    rows = list(Place.objects.filter(ends).order_by("path")[:200])
    names = place_names(place.path for place in rows)
    return [place for place in rows if names[place.path].endswith(wanted)]


def which(wanted: str, found: Sequence[Place]) -> str:
    """The sentence for a name that no place bears, or several."""
    if not found:
        return _("没有找到“%(name)s”。请写省、市、县的全称，例如“广东省东莞市石龙镇”。") % {
            "name": wanted[:40]
        }
    names = list(place_names(place.path for place in found[:5]).values())
    return _("叫“%(name)s”的地方不止一个：%(names)s。请写全称。") % {
        "name": wanted[:40], "names": _("、").join(names)
    }  # fmt: skip
