"""Whom a clause binds, compared: the same, or how much two have in common."""

from __future__ import annotations

from typing import Any

from kepu.notices.kinds.audience import Audience


def same_audience(one: Audience, other: Audience) -> bool:
    """Whether two say the same, whatever the order; of whom only later results decide, it is enough that both say so."""
    return _shape(one) == _shape(other)


def in_common(one: Audience, other: Audience) -> float:
    """How much two have in common, from 0 to 1."""
    a, b = _words(one), _words(other)
    return len(a & b) / len(a | b) if a | b else 1.0


def _shape(audience: Audience) -> Any:
    said: list[Any] = []
    for name in Audience.model_fields:
        value = getattr(audience, name)
        if name == "only_for":
            said.append(value is not None)
        elif name in ("any_of", "exceptions"):
            said.append(frozenset(_shape(inner) for inner in value))
        else:
            said.append(frozenset(value))
    return tuple(said)


def _words(audience: Audience) -> frozenset[tuple[str, str]]:
    words: set[tuple[str, str]] = set()
    for name in Audience.model_fields:
        value = getattr(audience, name)
        if name == "any_of":
            words.update(*(_words(inner) for inner in value))
        elif name == "exceptions":
            words.update((f"not {key}", code) for inner in value for key, code in _words(inner))
        elif name != "only_for":
            words.update((name, code) for code in value)
    return frozenset(words)
