"""The words of a form: for each vocabulary its codes with what people call them, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.kinds.facts import COUNTED_FACTS, FACTS, MOMENT_FACTS, NUMBER_FACTS, VALUES
from kepu.notices.kinds.moments import ANCHORS
from kepu.orgs.models import Level, PlaceKind
from kepu.web.workspace.desk.clauseforms.said import said_by

Choices = tuple[tuple[str, str], ...]

# which vocabulary the codes of a fact are from, where a notice or the register brings them
_OF_FACTS = {
    "host_kind": "kind", "host_level": "level", "host_member_of": "body", "host_designation": "designation",
    "tracks": "node", "fields": "item:fields", "entries": "item:entries", "audiences": "item:audiences",
    "formats": "item:formats", "topics": "item", "sections": "column", "declarations": "declaration",
    "labels": "label", "marks": "mark", "material": "material",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """Labelled choices by vocabulary. Fixed words are always there; ``choices`` adds those of a register and a season.

    Vocabularies of the register: ``kind``, ``line``, ``designation``, ``body``, ``place``, ``unit``. Of the notices in
    hand: ``notice``, ``clause``, ``key``, ``window``, ``form``, ``call``, ``quota``, ``duty``, ``programme``, ``list``, ``track``,
    ``item`` (and ``item:<list>``), ``node``, ``column``, ``declaration``, ``label``, ``mark``, ``anchor``, ``desk``. Fixed:
    ``level``, ``place_kind``, ``role``, ``fact``, ``anchor``, ``material``.
    """

    choices: Mapping[str, Choices] = field(default_factory=dict)

    def of(self, vocabulary: str) -> Choices:
        """The codes of a vocabulary with their labels, each code once; () where nothing is known."""
        return self._all.get(vocabulary, ())

    def label(self, vocabulary: str, code: str) -> str:
        """What people call a code; the code itself where nobody knows."""
        return dict(self.of(vocabulary)).get(code, code)

    def of_fact(self, fact: str) -> Choices:
        """The values that a fact may have; () where they are typed."""
        if fact in VALUES:
            return tuple((code, str(label)) for code, label in VALUES[fact].items())
        if fact == "key_activity":
            return (("yes", _("是")), ("no", _("不是")))
        return self.of(_OF_FACTS[fact]) if fact in _OF_FACTS else ()

    def and_more(self, more: Mapping[str, Iterable[tuple[str, Any]]]) -> Words:
        """These words with others behind them."""
        joined = {name: list(pairs) for name, pairs in self.choices.items()}
        for name, pairs in more.items():
            joined.setdefault(name, []).extend((str(code), str(label)) for code, label in pairs)
        return Words({name: tuple(pairs) for name, pairs in joined.items()})

    def with_clauses(self, clauses: Iterable[Mapping[str, Any]]) -> Words:
        """These words with what clauses (as a notice file has them, perhaps faulty) bring along: those of a draft."""
        more: dict[str, list[tuple[str, str]]] = {}
        for clause in clauses:
            kind = str(clause.get("kind", ""))
            for vocabulary, code, label in said_by(kind, clause.get(kind)):
                more.setdefault(vocabulary, []).append((code, label))
        return self.and_more(more)

    @cached_property
    def _all(self) -> dict[str, Choices]:
        standing = _standing()
        return {
            name: tuple(dict([*standing.get(name, ()), *self.choices.get(name, ())]).items())
            for name in {*standing, *self.choices}
        }


def _standing() -> dict[str, list[tuple[str, str]]]:
    """The words that no season changes."""
    return {
        "level": [(str(code), str(label)) for code, label in Level.choices],
        "place_kind": [(str(code), str(label)) for code, label in PlaceKind.choices],
        "role": [("coordinator", _("统筹单位"))],
        "fact": [(code, str(fact.label)) for code, fact in FACTS.items()],
        "anchor": [(code, str(label)) for code, label in ANCHORS.items()],
        "material": [
            ("picture", _("图片")), ("video", _("视频")), ("audio", _("音频")), ("document", _("文档")), ("text", _("文字")),
            ("work", _("作品")),
        ],
    }  # fmt: skip


def is_closed(fact: str) -> bool:
    """Whether a fact has only the values that are known."""
    return fact in VALUES or fact == "key_activity"


def sort_of_fact(fact: str) -> str:
    """What can be said of a fact: ``number``, ``moment``, ``codes`` (which may be counted), ``text``, or ``own``."""
    if fact in NUMBER_FACTS:
        return "number"
    if fact in MOMENT_FACTS:
        return "moment"
    if fact in COUNTED_FACTS or fact in _OF_FACTS or is_closed(fact):
        return "codes"
    return "text" if fact in FACTS else "own"
