"""The ways to narrow or loosen a question, each a link to another question. Values only; no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kepu.activities.models import Mode
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import WHENS, Asked
from kepu.web.portal.wording import day_words

LIST_OF_FIELDS = "list.fields"


@dataclass(frozen=True, slots=True)
class Choice:
    """A question one may ask instead."""

    label: str
    url: str
    current: bool = False
    count: None = None  # as the tabs want it: nobody counts what nobody asked


def address(asked: Asked) -> str:
    """Where a question is answered."""
    query = asked.query()
    return reverse("portal:activities") + (f"?{query}" if query else "")


def when_tabs(asked: Asked) -> list[Choice]:
    named: dict[str, Any] = {
        "today": WHENS["today"],
        "tomorrow": WHENS["tomorrow"],
        "weekend": WHENS["weekend"],
    }
    named |= {"": _("接下来"), "past": WHENS["past"]}
    return [
        Choice(str(label), address(asked.but(when=when, day="")), not asked.day and asked.when == when)
        for when, label in named.items()
    ]


def modes(asked: Asked) -> list[Choice]:
    return [
        Choice(str(label), address(asked.but(mode="" if asked.mode == mode else mode)), asked.mode == mode)
        for mode, label in Mode.choices
    ]


def fields(asked: Asked, words: Mapping[str, str]) -> list[Choice]:
    return [
        Choice(label, address(asked.but(field="" if asked.field == code else code)), asked.field == code)
        for code, label in words.items()
    ]


def trail(asked: Asked, places: Sequence[Place]) -> list[Choice]:
    """From the nation down to the place asked for, which is the current one."""
    nation = Choice(pgettext("place", "全国"), address(asked.but(place="")), not places)
    below = [place for place in places if place.path != "/"]
    steps = [Choice(p.name, address(asked.but(place=p.code)), p is below[-1]) for p in below]
    return [nation, *steps]


def inside(asked: Asked, places: Sequence[Place]) -> list[Choice]:
    return [Choice(place.name, address(asked.but(place=place.code))) for place in places]


def chips(asked: Asked, words: Mapping[str, str], place: Place | None, unit: Unit | None) -> list[Choice]:
    """Each part of the question, with the same question without it."""
    found: list[tuple[str, str]] = []
    if asked.text:
        found.append((f"“{asked.text}”", "text"))
    if asked.day:
        found.append((day_words(date.fromisoformat(asked.day)), "day"))
    if asked.when:
        found.append((str(WHENS[asked.when]), "when"))
    if place is not None:
        found.append((place.name, "place"))
    if asked.mode:
        found.append((str(Mode(asked.mode).label), "mode"))
    if asked.field:
        found.append((words.get(asked.field, asked.field), "field"))
    if unit is not None:
        found.append((unit.name, "unit"))
    if asked.key:
        found.append((_("重点活动"), "key"))
    return [Choice(label, address(asked.but(**{part: ""}))) for label, part in found]


def kept(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """What a form sends along unseen, so that it changes only its own part."""
    pairs = {
        "q": asked.text, "when": asked.when, "day": asked.day, "place": asked.place, "mode": asked.mode,
        "field": asked.field, "unit": asked.unit, "key": asked.key, "season": asked.season,
    }  # fmt: skip
    return [(name, value) for name, value in pairs.items() if value and name not in without]


def field_words(rules: Rules) -> dict[str, str]:
    """Codes and words of the fields in force, in the reader's language where the notice gives it."""
    rule = rules.get(LIST_OF_FIELDS)
    if rule is None:
        return {}
    english = (get_language() or "").startswith("en")
    listed: Any = rule.params
    return {item.code: (english and item.label_en) or item.label for item in listed.items}
