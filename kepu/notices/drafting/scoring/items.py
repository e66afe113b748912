"""What is compared: single things that a notice says, in groups, each group with its own idea of what is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.notices.format.schema import NoticeFile


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: how it reads, what is compared, and the clause it stands in (the head has none)."""

    said: str
    value: Any
    clause: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of things. ``likeness`` is 0 for two that are not the same, and greater the more they have in common.

    ``whole`` says that an item is a clause, so that whom it binds can be compared as well.
    """

    code: str
    title: Any
    items: Callable[[NoticeFile], Iterable[Item]]
    likeness: Callable[[Any, Any], float]
    whole: bool = False


def clauses(notice: NoticeFile, kind: str) -> Iterator[Any]:
    """The clauses of one kind."""
    return (clause for clause in notice.clause if clause.kind == kind)


def whole(*kinds: str) -> Callable[[NoticeFile], Iterator[Item]]:
    """Items of which each is a clause of one of these kinds."""

    def found(notice: NoticeFile) -> Iterator[Item]:
        for kind in kinds:
            yield from (Item(said(clause), clause, clause) for clause in clauses(notice, kind))

    return found


def said(clause: Any) -> str:
    """A clause as a sentence, with its code and its place in the text."""
    place = f"{clause.id} {clause.number}".strip()
    return f"{place}{_('：')}{clause.params.sentence() or clause.summary}"
