"""What an address asks for, read strictly: a program that misspells a condition hears of it and does not get everything.

The conditions are those of the list page (:class:`~kepu.web.portal.activities.asking.Asked`), whatever they are; beside
them an answer has a few words of its own, such as ``size``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities import finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.machines.problems import not_there, not_understood, repeated

LANGUAGES = {"": "zh-hans", "zh": "zh-hans", "zh-hans": "zh-hans", "en": "en"}
OWN = ("size", "lang")
MOST_SAID = 5  # faults of one address that are told
_NUMBER = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the things that it names. ``season`` is None only where there is none at all."""

    asked: Asked
    season: Season | None
    place: Place | None = None
    unit: Unit | None = None


def question_of(request: HttpRequest, *, own: Collection[str] = OWN) -> Question:
    """What the address asks for. Raises :class:`Problem`: 400 for what cannot be meant, 404 for what there is not.

    One query; one more for each of place and unit asked for.
    """
    asked = Asked.of(request.GET)
    if wrong := list(islice(_not_meant(request.GET, asked, own), MOST_SAID)):
        raise not_understood([*wrong, _("能用的条件和取值，请看“接口说明”。")])
    season = Season.objects.filter(code=asked.season).first() if asked.season else shown_season()
    if season is None and asked.season:
        raise not_there(_("没有代码是“%(code)s”的届次。") % {"code": asked.season})
    return Question(asked, season, _place(asked.place), _unit(asked.unit))


def language_of(request: HttpRequest) -> str:
    """The language that the address asks for; Chinese where it asks for none. Cookies are not looked at.

    A language of ours stands no longer in the query that views see (:func:`kepu.web.middleware.language`), but in what
    was sent.
    """
    sent = QueryDict(request.META.get("QUERY_STRING", ""))
    wanted = (request.GET.get("lang") or sent.get("lang", "")).lower()
    if wanted not in LANGUAGES:
        raise not_understood(
            [_("“lang=%(value)s”看不懂：只有 zh（中文）和 en（英文）。") % {"value": repeated(wanted)}]
        )
    return LANGUAGES[wanted]


def size_of(request: HttpRequest, *, usual: int, most: int) -> int:
    """How many are asked for at once."""
    text = request.GET.get("size", "")
    if not text:
        return usual
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= most:
        raise not_understood(
            [
                _("“size=%(value)s”不行：请写 1 到 %(most)d 之间的整数。更多的用 next 接着取。")
                % {"value": repeated(text), "most": most}
            ]
        )
    return int(text)


def _not_meant(query: QueryDict, asked: Asked, own: Collection[str]) -> Iterator[str]:
    """A sentence for each part of a query that the question does not hold."""
    held = QueryDict(asked.query())
    for name in query:
        if name not in held and name not in own and any(query.getlist(name)):
            said = {"name": repeated(name), "value": repeated(query.get(name) or "")}
            yield _("“%(name)s=%(value)s”看不懂：没有这个条件，取值不对，或者和别的条件冲突。") % said


def _place(code: str) -> Place | None:
    if not code:
        return None
    place = Place.objects.filter(code=code).first()
    if place is None:
        raise not_there(_("没有代码是“%(code)s”的地区。") % {"code": code})
    return place if place.path != "/" else None


def _unit(pk: str) -> Unit | None:
    if not pk:
        return None
    unit = finding.unit_named(pk)
    if unit is None:
        raise not_there(_("没有编号是“%(code)s”的单位。") % {"code": pk})
    return unit
