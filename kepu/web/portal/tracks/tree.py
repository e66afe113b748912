"""The tree of the programme as a place has it: every tree of its notices hung together. Pure.

A tree that names a branch it hangs under (``under``) hangs there; a branch that names a parent, in its own tree or
another of the place, hangs under that. What hangs under nothing that is there stands for itself, under its tree's title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kepu.notices.inheritance import ClauseView, InForce, Rules
from kepu.notices.kinds.base import english
from kepu.notices.kinds.track import Node, Track

FIRST = "track.tracks"


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree of the notices: a rule in force for everybody, or a clause that binds some (``who``)."""

    source: InForce | ClauseView
    track: Track
    who: str = ""

    @property
    def title(self) -> str:
        return self.track.title

    @property
    def sentence(self) -> str:
        return self.track.sentence()


@dataclass(slots=True)
class Branch:
    """A track, an action or a series, with what hangs under it. ``trees`` are the trees that hang there as wholes."""

    node: Node
    tree: Tree
    above: tuple[Branch, ...] = ()
    below: list[Branch] = field(default_factory=list)
    trees: list[Tree] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.node.code

    @property
    def label(self) -> str:
        return (english() and self.node.label_en) or self.node.label


@dataclass(frozen=True, slots=True)
class Grove:
    """A tree that hangs under nothing, with the branches that begin in it."""

    tree: Tree
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """All of it, and every branch by its code."""

    groves: tuple[Grove, ...]
    branches: Mapping[str, Branch]


def trees_of(rules: Rules) -> list[Tree]:
    """The trees in force, the programme's own first; then those that bind only some, each once."""
    own = [Tree(rule, rule.params) for rule in rules.of_kind("track") if isinstance(rule.params, Track)]
    names = dict(rules.names)
    others = [
        Tree(clauses[0], params, clauses[0].audience.words(names))
        for key, clauses in rules.frames.items()
        if key not in rules and isinstance(params := clauses[0].params, Track)
    ]
    return sorted([*own, *others], key=lambda tree: (_key(tree) != FIRST, _key(tree).count(".")))


def forest_of(rules: Rules) -> Forest:
    """Everything that is in force hung together. A code that stands in two trees is the branch of the first."""
    trees = trees_of(rules)
    branches: dict[str, Branch] = {}
    for tree in trees:
        for node in tree.track.nodes:
            branches.setdefault(node.code, Branch(node, tree))
    above = {code: _above(branch, branches) for code, branch in branches.items()}
    for code in _in_circles(above):
        above[code] = ""
    for code, branch in branches.items():
        if above[code]:
            branches[above[code]].below.append(branch)
        branch.above = tuple(branches[up] for up in _way_up(code, above))
    for tree in trees:
        if (under := tree.track.under) and under in branches and branches[under].tree is not tree:
            branches[under].trees.append(tree)
    groves = [
        Grove(tree, tuple(b for code, b in branches.items() if b.tree is tree and not above[code]))
        for tree in trees
    ]
    hung = {id(tree) for branch in branches.values() for tree in branch.trees}
    return Forest(
        tuple(grove for grove in groves if grove.branches or (id(grove.tree) not in hung and _says(grove.tree))),
        branches,
    )  # fmt: skip


def codes_under(branch: Branch) -> Iterator[str]:
    """The code of a branch and of all that hangs under it."""
    yield branch.code
    for below in branch.below:
        yield from codes_under(below)


def _key(tree: Tree) -> str:
    return tree.source.key


def _says(tree: Tree) -> bool:
    """An open tree without branches asks for something all the same."""
    return not tree.track.nodes and tree.track.open_ended


def _above(branch: Branch, branches: Mapping[str, Branch]) -> str:
    """The code of what a branch hangs under; "" for one that hangs under nothing that is there."""
    for code in (branch.node.parent, branch.tree.track.under):
        if code and code in branches and code != branch.code:
            return code
    return ""


def _way_up(code: str, above: Mapping[str, str]) -> Sequence[str]:
    """What stands above a branch, the highest first."""
    way: list[str] = []
    while code := above[code]:
        way.insert(0, code)
    return way


def _in_circles(above: Mapping[str, str]) -> list[str]:
    """Branches at which a way up comes back to itself: there it is cut."""
    cut: set[str] = set()
    for start in above:
        seen: list[str] = []
        code: Any = start
        while code and code not in cut:
            if code in seen:
                cut.add(code)
                break
            seen.append(code)
            code = above[code]
    return sorted(cut)
