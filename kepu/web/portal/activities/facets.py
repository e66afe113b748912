"""The ways to narrow or loosen a question, each a link to another question with how many it finds. Values only; no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kepu.activities.lists import Total
from kepu.activities.models import Mode
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import KINDS as KIND_OF
from kepu.web.portal.activities.asking import SORTS, WHENS, Asked
from kepu.web.portal.activities.finding import Counts
from kepu.web.portal.wording import day_words

# by which kinds one narrows: the part of the question, its title, and under which keys the notices list its codes
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("format", _lazy("形式"), "list.formats"),
    ("field", _lazy("领域"), "list.fields"),
    ("audience", _lazy("适合谁"), "list.audiences"),
    ("entry", _lazy("进基层"), "list.entries"),
    ("track", _lazy("板块"), "track"),
    ("topic", _lazy("内容"), "list.topics"),
)
SHOWN_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A question one may ask instead; ``count`` None where nobody counted."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one kind: those shown at once, and those behind “more”."""

    name: str
    title: str
    choices: Sequence[Choice]
    more: Sequence[Choice] = ()


Words = Mapping[str, Mapping[str, str]]  # part of the question → code → word


def words_of(rules: Rules) -> dict[str, dict[str, str]]:
    """Codes and words of every kind in force, in the reader's language where the notices give it."""
    english = (get_language() or "").startswith("en")
    found: dict[str, dict[str, str]] = {name: {} for name, _title, _prefix in KINDS}
    for key, rule in rules.rules.items():
        for name, _title, prefix in KINDS:
            if key == prefix or key.startswith(f"{prefix}."):
                params: Any = rule.params
                listed = getattr(params, "items", None) or getattr(params, "nodes", ())
                found[name].update({one.code: (english and one.label_en) or one.label for one in listed})
    return found


@dataclass(frozen=True, slots=True)
class Asks:
    """A question with all the ways on from it."""

    asked: Asked
    heading: str
    total: Total
    chips: Sequence[Choice]
    tabs: Sequence[Choice]
    sorts: Sequence[Choice]
    trail: Sequence[Choice]
    inside: Sequence[Choice]
    groups: Sequence[Group]


def all_of(
    asked: Asked, words: Words, counts: Counts, places: Sequence[Place], place: Place | None, unit: Unit | None
) -> Asks:
    """``places`` are those above the place and itself."""
    return Asks(
        asked, _heading(place, unit), counts.total, chips(asked, words, place, unit), when_tabs(asked), sorts(asked),
        trail(asked, places), inside(asked, counts.places, counts.in_places), groups(asked, words, counts.kinds),
    )  # fmt: skip


def _heading(place: Place | None, unit: Unit | None) -> str:
    if unit is not None:
        return _("%(who)s的活动") % {"who": unit}
    return _("%(where)s的活动") % {"where": place} if place is not None else _("找活动")


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


def groups(asked: Asked, words: Words, counts: Mapping[str, int] | None) -> list[Group]:
    """The kinds of which there is a choice. With ``counts`` only what there is some of, and what is chosen."""
    modes = {str(mode): str(label) for mode, label in Mode.choices}
    found = [Group("mode", _("方式"), _choices(asked, "mode", modes, counts))]
    for name, title, _prefix in KINDS:
        choices = _choices(asked, name, words[name], counts)
        if counts is not None:
            choices.sort(key=lambda choice: (not choice.current, -(choice.count or 0)))
        if len(choices) > SHOWN_AT_ONCE + 2:
            found.append(Group(name, str(title), choices[:SHOWN_AT_ONCE], choices[SHOWN_AT_ONCE:]))
        elif choices:
            found.append(Group(name, str(title), choices))
    marks = {"key": _("重点活动"), "venue": _("主会场活动")}
    marked = [choice for name, word in marks.items() for choice in _choices(asked, name, {"1": word}, counts)]
    return [*found, Group("mark", _("特别的"), marked)] if marked else found


def _choices(
    asked: Asked, name: str, words: Mapping[str, str], counts: Mapping[str, int] | None
) -> list[Choice]:
    """One choice for each code; the one chosen leads back to all. Counted only where no other of its kind is chosen."""
    chosen, kind = getattr(asked, name), KIND_OF[name]
    # all the addresses differ in one part alone
    before, _mark, after = address(asked.but(**{name: _PLACEHOLDER})).partition(_PLACEHOLDER)
    all_of_them = address(asked.but(**{name: ""})) if chosen else ""
    known = counts if not chosen else None
    found = []
    for code, word in words.items():
        n = known.get(f"{kind}:{code}", 0) if known is not None else None
        if n != 0 or code == chosen:
            found.append(Choice(word, all_of_them if code == chosen else f"{before}{code}{after}", code == chosen, n))
    return found


_PLACEHOLDER = "zzzzzzzz"


def trail(asked: Asked, places: Sequence[Place]) -> list[Choice]:
    """From the nation down to the place asked for, which is the current one."""
    nation = Choice(pgettext("place", "全国"), address(asked.but(place="")), not places)
    below = [place for place in places if place.path != "/"]
    steps = [Choice(p.name, address(asked.but(place=p.code)), p is below[-1]) for p in below]
    return [nation, *steps]


def inside(asked: Asked, places: Sequence[Place], counts: Mapping[str, int] | None) -> list[Choice]:
    """The places one level down; with counts only those that have any."""
    before, _mark, after = address(asked.but(place=_PLACEHOLDER)).partition(_PLACEHOLDER)
    return [
        Choice(place.name, f"{before}{place.code}{after}", count=counts.get(place.code, 0) if counts is not None else None)
        for place in places
        if counts is None or counts.get(place.code)
    ]


def sorts(asked: Asked) -> list[Choice]:
    """By time or by newness; nearness is asked for by a button, which knows where one is."""
    named = {"": _("时间先后"), "new": SORTS["new"]}
    found = [Choice(str(label), address(asked.but(sort=sort, near="")), not asked.near and asked.sort == sort) for sort, label in named.items()]
    return [*found, Choice(str(SORTS["near"]), address(asked), True)] if asked.near else found


def chips(asked: Asked, words: Words, place: Place | None, unit: Unit | None) -> list[Choice]:
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
    for name, _title, _prefix in KINDS:
        if code := getattr(asked, name):
            found.append((words[name].get(code, code), name))
    if unit is not None:
        found.append((unit.name, "unit"))
    if asked.key:
        found.append((_("重点活动"), "key"))
    if asked.venue:
        found.append((_("主会场活动"), "venue"))
    if asked.near:
        found.append((str(SORTS["near"]), "near"))
    return [Choice(label, address(asked.but(**{part: ""}))) for label, part in found]


def kept(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """What a form sends along unseen, so that it changes only its own part."""
    return [(name, value) for name, value in asked.pairs() if name not in (*without, "cursor")]
