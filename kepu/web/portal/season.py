"""The season as the public sees it: its theme, its days, and where in them we are. Values only; no query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.core.calendar import day_of
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.audience import Profile
from kepu.orgs.models import Level, PlaceKind
from kepu.web.portal.wording import day_words, days_words
from kepu.web.shared.sources import Said, said_of

# who reads the portal: the nation at large
ANYBODY = Profile("/", "other_unit", Level.NATION, PlaceKind.NATION)
MAIN_WINDOW = "window.concentrated"


@dataclass(frozen=True, slots=True)
class Phase:
    """Where we are in the main days of the season. ``name``: before, during or after."""

    first: date
    last: date
    name: str
    span: str
    words: str
    said: Said | None


def theme(rules: Rules) -> Said | None:
    """The theme in force, in its own words; None while there is none or it is pending."""
    return _own_words(rules.get("theme"))


def subtheme(rules: Rules) -> Said | None:
    return _own_words(rules.get("subtheme"))


def publishing(rules: Rules, at: datetime) -> Said | None:
    """When activities will begin to be published, where a notice says so and that is still to come."""
    for rule in rules.of_kind("window"):
        window: Any = rule.params
        if window.purpose == "publishing" and (begins := window.begins()) and begins > at:
            return said_of(rule)
    return None


def phase(rules: Rules, first_day: date, last_day: date, *, at: datetime) -> Phase:
    """Where ``at`` lies in the days on which everybody holds activities; without such a window, in the season's."""
    rule = _main_window(rules)
    first, last = first_day, last_day
    if rule is not None:
        window: Any = rule.params
        first, last = day_of(window.begins()), day_of(window.ends())
    today = day_of(at)
    if today < first:
        name, left = "before", (first - today).days
        words = _("明天开始") if left == 1 else ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}
    elif today <= last:
        name = "during"
        words = _("第%(n)s天，共%(all)s天") % {"n": (today - first).days + 1, "all": (last - first).days + 1}
    else:
        name, words = "after", _("已于%(day)s结束") % {"day": day_words(last, weekday=False)}
    return Phase(first, last, name, days_words(first, last), words, said_of(rule) if rule else None)


def _own_words(rule: InForce | None) -> Said | None:
    return said_of(rule, str(rule.value)) if rule is not None and rule.value else None


def _main_window(rules: Rules) -> InForce | None:
    """The window in which activities are concentrated; else the shortest in which they may be held."""
    bounded = [
        rule for rule in rules.of_kind("window") if _purpose(rule) == "activity" and _length(rule) is not None
    ]
    named = [rule for rule in bounded if rule.key == MAIN_WINDOW]
    return next(iter(named or sorted(bounded, key=lambda rule: _length(rule) or timedelta())), None)


def _purpose(rule: InForce) -> str:
    window: Any = rule.params
    return str(window.purpose)


def _length(rule: InForce) -> timedelta | None:
    window: Any = rule.params
    begins, ends = window.begins(), window.ends()
    return ends - begins if begins and ends else None
