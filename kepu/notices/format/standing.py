"""How a notice stands among the others of its season: nobody stands on itself, and a document number is one notice's."""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.format.schema import Header

# what each relation of a header is called, in "《甲》依据《乙》"
RELATIONS = {"parents": lazy("依据"), "replaces": lazy("代替"), "amends": lazy("补充或更正")}


@dataclass(frozen=True, slots=True)
class Known:
    """Of another notice of the season what this one must agree with."""

    code: str
    title: str
    number: str = ""
    parents: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    is_withdrawn: bool = False

    @classmethod
    def of(cls, head: Header) -> Known:
        return cls(
            head.code, head.title, head.number or "", head.parents, head.replaces, head.amends, head.status == "withdrawn"
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Misplaced:
    """What is wrong, and the field of the header it stands in."""

    field: str
    sentence: str


def misplaced(head: Header, others: Mapping[str, Known]) -> Iterator[Misplaced]:
    """Where a notice stands on itself, through others too, or takes the number of another. Pure, and linear."""
    mine = Known.of(head)
    known = {**others, head.code: mine}
    for relation in RELATIONS:
        if circle := _circle(head.code, relation, known):
            yield Misplaced(relation, _circle_words(relation, [known[code] for code in circle]))
    number = plain(mine.number)
    for other in others.values() if number else ():
        if not other.number or other.code == head.code or other.is_withdrawn:
            continue
        if plain(other.number) == number:
            yield Misplaced("number", _number_words(mine.number, other))
            return


def plain(number: str) -> str:
    """A document number without what typists do differently: brackets, widths, blanks."""
    text = unicodedata.normalize("NFKC", number).translate(_BRACKETS)
    return "".join(text.split()).lower()


_BRACKETS = str.maketrans("〔［[【{﹝", "((((((") | str.maketrans("〕］]】}﹞", "))))))")


def _circle(start: str, relation: str, known: Mapping[str, Known]) -> list[str]:
    """The way from a notice back to itself, the shortest first step first; empty where there is none."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for code in _related(known.get(here), relation):
            if code == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if code in known and code not in came_from:
                came_from[code] = here
                waiting.append(code)
    return []


def _related(notice: Known | None, relation: str) -> Iterable[str]:
    found: Any = getattr(notice, relation, ())
    return tuple(found)


def _circle_words(relation: str, circle: list[Known]) -> str:
    verb = str(RELATIONS[relation])
    if len(circle) == 1:
        return _("%(relation)s不能写这份通知自己。请改正 %(field)s。") % {"relation": verb, "field": relation}
    steps = [
        _("《%(one)s》%(verb)s《%(other)s》") % {"one": _short(a), "verb": verb, "other": _short(b)}
        for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)
    ]
    return _("%(relation)s绕成了圈：%(way)s。请改正其中一份的 %(field)s。") % {
        "relation": verb, "way": _("，").join(steps), "field": relation
    }  # fmt: skip


def _number_words(number: str, other: Known) -> str:
    return _(
        "文号“%(number)s”已经被《%(title)s》（%(code)s）用了。请核对文号；确是同一份通知的，请把代码改成 %(code)s。"
    ) % {"number": number, "title": _short(other), "code": other.code}


def _short(notice: Known) -> str:
    return notice.title.strip("《》")
