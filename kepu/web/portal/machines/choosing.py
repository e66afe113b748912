"""Choosing the activities that one wants elsewhere: the same conditions as the list, with a place as people write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.activities.models import Mode
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.orgs.queries import place_names
from kepu.web.portal.activities import drawing, facets, finding
from kepu.web.portal.activities.asking import WHENS, Asked
from kepu.web.portal.machines.question import Question
from kepu.web.request import Request
from kepu.web.shared.place_finding import places_named, which

TYPED = "where"  # the place as it was typed; ``place`` is its code
PARTS = ("place", "field", "mode", "when")  # what the form asks; it sends everything else along unseen
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. ``fault`` says what is wrong with the place that was typed, ``alike`` those of its name."""

    question: Question
    typed: str = ""
    fault: str = ""
    alike: Sequence[Place] = ()

    @property
    def asked(self) -> Asked:
        return self.question.asked


def choice_of(request: Request) -> Choice:
    """What the address chooses; what there is not is left out. At most six queries."""
    asked = Asked.of(request.GET).but()
    typed = "".join(request.GET.get(TYPED, "").replace("\0", "").split())[:LONGEST]
    season = Season.objects.filter(code=asked.season).first() if asked.season else shown_season()
    if season is None:
        asked = replace(asked, season="")
    fault, alike = "", []
    if TYPED in request.GET:
        found = places_named(typed) if typed else []
        asked = replace(asked, place=found[0].code if len(found) == 1 else "")
        if typed and len(found) != 1:
            fault, alike = which(typed, found), found
    place = finding.place_named(asked.place) if asked.place else None
    unit = finding.unit_named(asked.unit) if asked.unit else None
    asked = replace(asked, place=place.code if place else "", unit=asked.unit if unit else "")
    shown = typed or (place_names([place.path])[place.path] if place else "")
    return Choice(Question(asked, season, place, unit), shown, fault, alike)


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a list to choose from."""

    value: str
    label: str
    chosen: bool


def options(choice: Choice, *, at: datetime) -> dict[str, list[Option]]:
    """What can be chosen besides the place. No query while the rule book is warm."""
    season = choice.question.season
    profile = drawing.profile_at(choice.question.place)
    fields = facets.words_of(rule_book(season).lists_of(profile, at))["field"] if season else {}
    return {
        "field": _options({"": _("所有领域"), **fields}, choice.asked.field),
        "mode": _options({"": _("线上线下都要"), **dict(Mode.choices)}, choice.asked.mode),
        "when": _options({**WHENS, "": _("接下来的全部")}, choice.asked.when),
    }


def _options(words: Mapping[str, Any], chosen: str) -> list[Option]:
    listed = {"": words[""], **words}
    if chosen not in listed:  # a field of another place or season stays what it is
        listed[chosen] = chosen
    return [Option(value, str(label), value == chosen) for value, label in listed.items()]


def kept(choice: Choice) -> list[tuple[str, str]]:
    return facets.kept(choice.asked, *PARTS)
