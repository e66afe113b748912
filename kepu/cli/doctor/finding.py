"""What a look at a deployment found: how grave it is, what, why it matters and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Grade(StrEnum):
    FINE = "fine"
    WARNING = "warning"  # works today, and will not one day
    FAULT = "fault"  # a real season must not run like this


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` is stable, for whoever reads ``--json``; the sentences are for people. ``do`` is empty where all is well."""

    code: str
    grade: Grade
    what: Any
    why: Any = ""
    do: Any = ""

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code, "grade": str(self.grade), "what": str(self.what), "why": str(self.why), "do": str(self.do),
        }  # fmt: skip


def fine(code: str, what: Any) -> Finding:
    return Finding(code, Grade.FINE, what)


def warning(code: str, what: Any, why: Any, do: Any) -> Finding:
    return Finding(code, Grade.WARNING, what, why, do)


def fault(code: str, what: Any, why: Any, do: Any) -> Finding:
    return Finding(code, Grade.FAULT, what, why, do)
