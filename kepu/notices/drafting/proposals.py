"""What a recogniser says: a value for the head or a clause, where it was found, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document's text as the person sees it: characters from ``start`` up to ``end``."""

    start: int
    end: int

    def words(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a person must look at: ``code`` such as ``wrong_weekday``, with a sentence."""

    code: str
    sentence: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A value for a key of the head (``title``, ``number``, ``recipients`` …), as the notice file takes it."""

    key: str
    value: Any
    spans: tuple[Span, ...]
    confidence: float
    recogniser: str
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause as the notice file takes it, without its ``id``: ``params`` are those of its ``kind``.

    ``confidence`` is between 0 and 1: how often a proposal like this one has been right, not a probability.
    """

    kind: str
    params: Mapping[str, Any]
    summary: str
    spans: tuple[Span, ...]
    confidence: float
    recogniser: str
    number: str = ""
    audience: Mapping[str, Any] = field(default_factory=dict)
    strictness: str = ""  # "" is the kind's own
    status: str = "final"
    waits_for: str = ""
    mode: str = ""
    key: str = ""
    flags: tuple[Flag, ...] = ()

    def as_clause(self, code: str) -> dict[str, Any]:
        """The clause as a notice file has it."""
        clause: dict[str, Any] = {
            "id": code,
            "number": self.number,
            "kind": self.kind,
            "summary": self.summary,
        }
        for name in ("key", "mode", "strictness", "waits_for"):
            if value := getattr(self, name):
                clause[name] = value
        if self.status != "final":
            clause["status"] = self.status
        if self.audience:
            clause["audience"] = dict(self.audience)
        clause[self.kind] = dict(self.params)
        return clause
