"""What a rehearsal counts while it plays: acts, and every refusal with the clause behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from kepu.core.refusals import Refused

T = TypeVar("T")


class Cause(NamedTuple):
    """Why something was refused: the clause, how it is cited, its notice, and the key of the rule."""

    clause: str
    cite: str
    notice: str
    key: str


@dataclass
class Figures:
    """Counts of one run. What the records hold is read from them afterwards; refusals leave no record."""

    acts: int = 0
    refused: Counter[Cause] = field(default_factory=Counter)
    waived: Counter[str] = field(default_factory=Counter)  # keys of gates "in principle"
    returned: Counter[str] = field(default_factory=Counter)  # codes of reasons
    told: dict[Cause, str] = field(
        default_factory=dict
    )  # one sentence of each refusal, as the person read it

    def attempt(self, act: Callable[..., T], *args: Any, **kwargs: Any) -> T | Refused:
        """Do an act as the web would: a refusal is an answer, counted with its clauses."""
        self.acts += 1
        try:
            return act(*args, **kwargs)
        except Refused as refusal:
            for reason in refusal.reasons:
                cause = Cause(reason.clause_id, reason.clause, reason.notice, reason.code)
                self.refused[cause] += 1
                self.told.setdefault(cause, str(reason.sentence))
            return refusal
