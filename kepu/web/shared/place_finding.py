"""A place as people write it: its code, its name, or its name in full (广东省东莞市石龙镇)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.models import Place
from kepu.orgs.queries import place_names

MOST_OF_A_NAME, MOST_ENDING, LONGEST_PLACE = 30, 200, 40


def places_named(wanted: str) -> list[Place]:
    """Every place that the text may mean, without spaces. One query, or three where it is a name in full."""
    return all_named([wanted])[wanted]


def all_named(wanted: Collection[str]) -> dict[str, list[Place]]:
    """The same for several texts at once, in as many queries as for one."""
    rows = Place.objects.filter(Q(name__in=wanted) | Q(code__in=wanted)).order_by("path")
    short = list(rows[: MOST_OF_A_NAME * len(wanted)]) if wanted else []
    found = {text: [p for p in short if text in (p.name, p.code)] for text in wanted}
    return found | _in_full([text for text in wanted if not found[text]])


def the_place(text: str, *, field: str) -> Place:
    """The one place that the text means. Raises :class:`Incomplete` where there is none or several."""
    wanted = "".join(text.split())
    found = places_named(wanted)
    if len(found) != 1:
        raise Incomplete(reasons=[Reason(which(wanted, found), field=field, code="form")])
    return found[0]


def _in_full(wanted: Collection[str]) -> dict[str, list[Place]]:
    """Places whose name ends a text and whose names from above make up the whole of it."""
    ends = {text[start:] for text in wanted for start in range(1, min(len(text) - 1, LONGEST_PLACE))}
    rows = Place.objects.filter(name__in=ends).order_by("path")
    ending = list(rows[: MOST_ENDING * len(wanted)]) if ends else []
    names = place_names(place.path for place in ending)
    return {text: [place for place in ending if names[place.path].endswith(text)] for text in wanted}


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
