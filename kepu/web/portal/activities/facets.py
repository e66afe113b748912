"""The ways to narrow or loosen a question, each a link to another question with how many it finds. Values only; no query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.lists import Counts, Total
from kepu.activities.models import Mode
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Place, Unit
from kepu.web.portal.activities.asking import ACCESS, ORDER, SORTS, WHENS, Asked
from kepu.web.portal.activities.asking import KINDS as KIND_OF
from kepu.web.portal.activities.finding import Inside
from kepu.web.portal.addresses import path_to
from kepu.web.portal.wording import day_words

# by which kinds one narrows: the part of the question, its title, and under which keys the notices list its codes
KINDS: tuple[tuple[str, Any, str], ...] = (
    ("format", lazy("形式"), "list.formats"),
    ("field", lazy("领域"), "list.fields"),
    ("audience", lazy("适合谁"), "list.audiences"),
    ("entry", lazy("进基层"), "list.entries"),
    ("track", lazy("板块"), "track"),
    ("topic", lazy("内容"), "list.topics"),
)
# what no notice says anything of
TAKING: tuple[tuple[str, Any, Mapping[str, Any]], ...] = (
    ("vacant", lazy("名额"), {"1": lazy("有名额")}),
    ("access", lazy("无障碍"), ACCESS),
)
SHOWN_AT_ONCE = 8


class Choice(NamedTuple):
    """A question one may ask instead; ``n`` None where nobody counted."""

    label: str
    url: str
    current: bool = False
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one kind: those shown at once, and those behind “more”."""

    name: str
    title: str
    choices: Sequence[Choice]
    more: Sequence[Choice] = ()


Words = Mapping[str, Mapping[str, str]]  # part of the question → code → word


def words_of(rules: Rules) -> Words:
    """Codes and words of every kind in force, in the reader's language where the notices give it."""
    english = (get_language() or "").startswith("en")
    key = (id(rules), english)
    known = _words.get(key)
    if (
        known is None or known[0] is not rules
    ):  # rules are kept by their book: the same question has the same rules
        if len(_words) >= MOST_KEPT:
            _words.clear()
        known = _words[key] = (rules, _words_in(rules, english=english))
    return known[1]


MOST_KEPT = 1000
_words: dict[tuple[int, bool], tuple[Rules, Words]] = {}


def _words_in(rules: Rules, *, english: bool) -> Words:
    found: dict[str, dict[str, str]] = {name: {} for name, _title, _prefix in KINDS}
    for key, rule in rules.rules.items():
        for name, _title, prefix in KINDS:
            if key == prefix or key.startswith(f"{prefix}."):
                params: Any = rule.params
                listed: Any = getattr(params, "items", None) or getattr(params, "nodes", ())
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
    asked: Asked,
    words: Words,
    counts: Counts,
    places: Sequence[Place],
    below: Sequence[Inside],
    place: Place | None,
    unit: Unit | None,
) -> Asks:
    """``places`` are those above the place and itself, ``below`` those one level down."""
    ways = Ways(asked)
    return Asks(
        asked, _heading(place, unit), counts.total, chips(asked, words, place, unit, ways), when_tabs(asked, ways),
        sorts(asked, ways), trail(ways, places), inside(ways, below, counts.in_places),
        groups(asked, ways, words, counts.kinds),
    )  # fmt: skip


def _heading(place: Place | None, unit: Unit | None) -> str:
    if unit is not None:
        return _("%(who)s的活动") % {"who": unit}
    return _("%(where)s的活动") % {"where": place} if place is not None else _("找活动")


def address(asked: Asked) -> str:
    """Where a question is answered."""
    query = asked.query()
    return path_to("portal:activities") + (f"?{query}" if query else "")


class Ways:
    """The addresses of questions that differ from one in a few parts, from the first page on."""

    def __init__(self, asked: Asked) -> None:
        self.path = path_to("portal:activities")
        self.parts = {name: urlencode([(name, value)]) for name, value in asked.pairs() if name != "cursor"}

    def but(self, **changes: str) -> str:
        """With other values of some parts; "" leaves a part out."""
        changed = {_NAMES.get(name, name): value for name, value in changes.items()}
        pieces = []
        for name in ORDER:
            value = changed.get(name)
            if value is None:
                if name in self.parts:
                    pieces.append(self.parts[name])
            elif value:
                pieces.append(urlencode([(name, value)]))
        return f"{self.path}?{'&'.join(pieces)}" if pieces else self.path


_NAMES = {"text": "q"}


def when_tabs(asked: Asked, ways: Ways) -> list[Choice]:
    named: dict[str, Any] = {
        "today": WHENS["today"],
        "tomorrow": WHENS["tomorrow"],
        "weekend": WHENS["weekend"],
    }
    named |= {"": _("接下来"), "past": WHENS["past"]}
    by_news = asked.sort == "new"  # of whatever time; only days go along with it
    dropped = {when: {"sort": ""} if by_news and when in ("", "past") else {} for when in named}
    return [
        Choice(
            str(label), ways.but(when=when, day="", **dropped[when]),
            not asked.day and asked.when == when and not dropped[when],
        )
        for when, label in named.items()
    ]  # fmt: skip


def groups(asked: Asked, ways: Ways, words: Words, counts: Mapping[str, int] | None) -> list[Group]:
    """The kinds of which there is a choice. With ``counts`` only what there is some of, and what is chosen."""
    titles, always = _said(get_language() or "")
    found = [Group("mode", _("方式"), _choices(asked, ways, "mode", always["mode"], counts))]
    for name, _title, _known in TAKING:
        if choices := _choices(asked, ways, name, always[name], counts):
            found.append(Group(name, titles[name], choices))
    for name, _title, _prefix in KINDS:
        choices = _choices(asked, ways, name, words[name], counts)
        if counts is not None:
            choices.sort(key=lambda choice: (not choice.current, -(choice.n or 0)))
        if len(choices) > SHOWN_AT_ONCE + 2:
            found.append(Group(name, titles[name], choices[:SHOWN_AT_ONCE], choices[SHOWN_AT_ONCE:]))
        elif choices:
            found.append(Group(name, titles[name], choices))
    marks = {"key": _("重点活动"), "venue": _("主会场活动")}
    marked = [
        choice for name, word in marks.items() for choice in _choices(asked, ways, name, {"1": word}, counts)
    ]
    return [*found, Group("mark", _("特别的"), marked)] if marked else found


@cache
def _said(_language: str) -> tuple[Mapping[str, str], Words]:
    """The titles of the kinds, and the words of those that no notice lists, in the language at hand."""
    titles = {name: str(title) for name, title, _known in (*TAKING, *KINDS)}
    always = {name: {code: str(word) for code, word in known.items()} for name, _title, known in TAKING}
    return titles, {"mode": {str(mode): str(label) for mode, label in Mode.choices}, **always}


def _choices(
    asked: Asked, ways: Ways, name: str, words: Mapping[str, str], counts: Mapping[str, int] | None
) -> list[Choice]:
    """One choice for each code; the one chosen leads back to all. Counted only where no other of its kind is chosen."""
    chosen, kind = getattr(asked, name), KIND_OF[name]
    # all the addresses differ in one part alone
    before, _mark, after = ways.but(**{name: _PLACEHOLDER}).partition(_PLACEHOLDER)
    all_of_them = ways.but(**{name: ""}) if chosen else ""
    known = counts if not chosen else None
    found = []
    for code, word in words.items():
        n = known.get(f"{kind}:{code}", 0) if known is not None else None
        if n != 0 or code == chosen:
            found.append(
                Choice(word, all_of_them if code == chosen else f"{before}{code}{after}", code == chosen, n)
            )
    return found


_PLACEHOLDER = "zzzzzzzz"


def trail(ways: Ways, places: Sequence[Place]) -> list[Choice]:
    """From the nation down to the place asked for, which is the current one."""
    nation = Choice(pgettext("place", "全国"), ways.but(place=""), not places)
    below = [place for place in places if place.path != "/"]
    steps = [Choice(p.name, ways.but(place=p.code), p is below[-1]) for p in below]
    return [nation, *steps]


def inside(ways: Ways, places: Sequence[Inside], counts: Mapping[str, int] | None) -> list[Choice]:
    """The places one level down; with counts only those that have any."""
    before, _mark, after = ways.but(place=_PLACEHOLDER).partition(_PLACEHOLDER)
    return [
        Choice(
            place.name,
            f"{before}{place.code}{after}",
            n=counts.get(place.code, 0) if counts is not None else None,
        )
        for place in places
        if counts is None or counts.get(place.code)
    ]


def sorts(asked: Asked, ways: Ways) -> list[Choice]:
    """By time, by newness, where words are asked by how well they fit; nearness is asked for by a button, which knows where one is."""
    named: dict[str, Any] = {"relevance": SORTS["relevance"]} if asked.text and not asked.senseless else {}
    named |= {"": _("时间先后")} | ({} if asked.when == "past" else {"new": SORTS["new"]})
    found = [
        Choice(str(label), ways.but(sort=sort, near=""), not asked.near and asked.sort == sort)
        for sort, label in named.items()
    ]
    return [*found, Choice(str(SORTS["near"]), ways.but(), True)] if asked.near else found


def chips(
    asked: Asked, words: Words, place: Place | None, unit: Unit | None, ways: Ways | None = None
) -> list[Choice]:
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
    for name, _title, known in TAKING:
        if code := getattr(asked, name):
            found.append((str(known[code]), name))
    if unit is not None:
        found.append((unit.name, "unit"))
    if asked.key:
        found.append((_("重点活动"), "key"))
    if asked.venue:
        found.append((_("主会场活动"), "venue"))
    if asked.near:
        found.append((str(SORTS["near"]), "near"))
    ways = ways or Ways(asked)
    # with the words goes the order that is by them
    gone: dict[str, dict[str, str]] = {"text": {"text": "", "sort": ""}} if asked.sort == "relevance" else {}
    return [Choice(label, ways.but(**gone.get(part, {part: ""}))) for label, part in found]


def kept(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """What a form sends along unseen, so that it changes only its own part."""
    return [(name, value) for name, value in asked.pairs() if name not in (*without, "cursor")]
