"""Answers that are chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.kinds.base import listed
from kepu.web.workspace.desk.clauseforms.codes import own_code
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.base import (
    NOTHING,
    Node,
    Option,
    Reading,
    Sheet,
    Spot,
    Widget,
    as_list,
    as_text,
)
from kepu.web.workspace.desk.clauseforms.widgets.text import codes_in
from kepu.web.workspace.desk.clauseforms.words import Words

OWN = "+"  # no code begins like this
FOLDED_FROM = 9
FILTERED_FROM = 13
_YES = ("yes", "no")


@dataclass(slots=True)
class Choosing:
    """Options of which one is chosen; ``own`` is a line beside them."""

    options: list[Option]
    refreshes: bool = False  # the rest of the form depends on the answer
    action: str = ""  # where the form is then sent
    own: str | None = None


@dataclass(slots=True)
class Ticking:
    """Options of which several are chosen; ``said`` is what is chosen, for the line that folds them."""

    options: list[Option]
    folded: bool = False
    filtered: bool = False
    open: bool = False
    own: bool = False
    said: str = ""
    none: str = ""
    kept: list[str] = field(default_factory=list)


class ChoiceWidget(Widget):
    """One of some. A value that is none of them stands among them as it is."""

    sort = "select"

    def __init__(self, options: Mapping[str, Any] | None = None, *, may_be_empty: bool = True) -> None:
        self.options, self.may_be_empty = options, may_be_empty

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        pairs = _pairs(ask, sheet.words, self.options)
        text = as_text(value)
        blank = [Option("", str(ask.blank or _("没有选")))] if self.may_be_empty else []
        node.control = Choosing(on_offer(blank, pairs, [text] if text else []), ask.refreshes, sheet.action)
        if ask.radio:
            node.sort, node.grouped = "radios", True

    def read(self, tree: Tree, reading: Reading) -> Any:
        return tree.text() or NOTHING


class OwnChoiceWidget(Widget):
    """One of some, or something else under a code of its own, which nobody has to invent."""

    sort = "own"

    def __init__(self, known: Known, *, may_be_empty: bool = True) -> None:
        self.known, self.may_be_empty = known, may_be_empty

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        pairs = known_pairs(self.known, sheet.words)
        text = as_text(value)
        own = text if text and text not in dict(pairs) else ""
        blank = [Option("", str(ask.blank or _("没有选")))] if self.may_be_empty else []
        other = _("别的（自己起名）") if self.known.auto else _("别的（写代码）")
        offered = [o for o in on_offer(blank, pairs, [text] if text else []) if not own or o.value != own]
        offered.append(Option(OWN, other, bool(own)))
        node.control = Choosing(offered, ask.refreshes, sheet.action, own)

    def read(self, tree: Tree, reading: Reading) -> Any:
        chosen, own = tree.text(), tree.text("own")
        if (
            chosen == OWN and own
        ):  # what stands in the line while something else is chosen is not seen, and not meant
            return own
        if self.known.auto and (chosen == OWN or (not chosen and self.known.auto == "always")):
            return own_code(reading.code) or NOTHING
        return NOTHING if chosen == OWN else chosen or NOTHING


class YesNoWidget(Widget):
    """A box to tick; a choice of three where it matters whether anything was said."""

    def __init__(self, default: bool | None, *, thrice: bool) -> None:
        self.default, self.thrice = default, thrice or default is None

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        known = isinstance(value, bool) or value is NOTHING or value is None
        if self.thrice or not known:
            text = as_text(value)
            pairs = [("yes", _("是")), ("no", _("不是"))]
            node.sort, node.width = "select", "short"
            node.control = Choosing(
                on_offer([Option("", str(ask.blank or _("没有说")))], pairs, [text] if text else [])
            )
            return
        node.sort, node.ticked = "tick", True
        node.control = {
            "on": value if isinstance(value, bool) else bool(self.default),
            "off": bool(self.default),
        }

    def read(self, tree: Tree, reading: Reading) -> Any:
        text = tree.text()
        return text == "yes" if text in _YES else text or NOTHING


class SeveralWidget(Widget):
    """Some of some, in the order in which they stood."""

    sort = "checks"
    grouped = True

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self.options = options

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        pairs = _pairs(ask, sheet.words, self.options)
        chosen = [as_text(code) for code in as_list(value)]
        node.control = ticking(pairs, chosen, own=self.options is None, none=str(ask.blank or _("没有选")))
        node.control.folded = node.control.folded or ask.folded

    def read(self, tree: Tree, reading: Reading) -> Any:
        return ticked(tree) or NOTHING


def ticking(pairs: Sequence[tuple[str, str]], chosen: Sequence[str], *, own: bool, none: str) -> Ticking:
    """Options with those chosen: as the vocabulary goes where that keeps their order, else the chosen ones first."""
    codes = [code for code, _label in pairs]
    in_order = [code for code in codes if code in chosen] == list(dict.fromkeys(chosen))
    first = [] if in_order else list(dict.fromkeys(chosen))
    labels = dict(pairs)
    options = [Option(code, labels.get(code, code), True) for code in first]
    options += [Option(code, label, code in chosen) for code, label in pairs if code not in first]
    said = listed([option.label for option in options if option.chosen])
    return Ticking(
        options, folded=len(options) >= FOLDED_FROM, filtered=len(options) >= FILTERED_FROM, own=own,
        said=said or none, none=none,
    )  # fmt: skip


def ticked(tree: Tree) -> list[str]:
    """The codes that were ticked, and behind them those that were typed."""
    return list(dict.fromkeys([*tree.texts(), *codes_in(tree.text("own"))]))


def known_pairs(known: Known, words: Words) -> list[tuple[str, str]]:
    """What may be chosen, each code once."""
    pairs = {code: str(label) for code, label in known.fixed}
    for code, label in words.of(known.vocabulary):
        pairs.setdefault(f"{known.prefix}{code}", label)
    return list(pairs.items())


def _pairs(ask: Ask, words: Words, options: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    if options is None:
        return known_pairs(ask.known, words) if ask.known else []
    return [(code, str((ask.words or {}).get(code, label))) for code, label in options.items()]


def on_offer(blank: list[Option], pairs: Sequence[tuple[str, str]], chosen: list[str]) -> list[Option]:
    """What is offered, with what is chosen marked; a code that nobody knows stands last."""
    strange = [code for code in chosen if code and code not in dict(pairs)]
    offered = [*blank, *(Option(code, label) for code, label in pairs)]
    offered += [Option(code, _("%(code)s（不认识）") % {"code": code}) for code in strange]
    for option in offered:
        option.chosen = option.value in chosen
    if not chosen and blank:
        blank[0].chosen = True
    return offered
