"""The words to look at, marked where they stand in a filing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kepu.activities.models import Activity
from kepu.activities.watching import TEXTS, WordList
from kepu.web.workspace.activities.history import field_label
from kepu.web.workspace.activities.showing import Fact


@dataclass(frozen=True, slots=True)
class Hint:
    """A word that was found, what to look at, and in which answers it stands."""

    word: str
    note: str
    fields: tuple[str, ...]


def watched(activity: Activity, words: WordList) -> list[Hint]:
    """The words found in a filing, each with all its places."""
    places: dict[Any, list[str]] = {}
    for name, hits in words.found_in(activity).items():
        for hit in hits:
            places.setdefault(hit, []).append(field_label(name))
    return [Hint(hit.word, hit.note, tuple(fields)) for hit, fields in places.items()]


def marked(
    groups: Iterable[tuple[str, Any, list[Fact]]], words: WordList
) -> list[tuple[str, Any, list[Fact]]]:
    """The facts of a filing with the words marked in their texts."""
    return [(code, title, [_marked(fact, words) for fact in facts]) for code, title, facts in groups]


def _marked(fact: Fact, words: WordList) -> Fact:
    if fact.name not in TEXTS:
        return fact
    return replace(fact, words=tuple(_html(word, words) for word in fact.words))


def _html(text: str, words: WordList) -> SafeString:
    parts = [
        format_html("<mark>{}</mark>", piece.text) if piece.watched else escape(piece.text)
        for piece in words.pieces(text)
    ]
    return mark_safe("".join(parts))
