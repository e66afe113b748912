"""Refusals: an answer of No that a person can act on. Shown by the faces, never logged as faults.

A refusal says what was refused, where (the field, if there is one), by which clause, and what to do. The clause is a
plain value, so that nothing here needs to know what a notice is; ``rule`` is carried unopened for the face that shows it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a refusal or a warning: a sentence, the field it speaks of, and the clause it comes from."""

    sentence: Any
    field: str = ""
    code: str = ""
    clause: str = ""  # readable source, such as 东科协〔2023〕17号 六（二）1
    clause_id: str = ""  # the clause's stable id in its notice, such as DG-48
    notice: str = ""  # the notice's code
    waivable: bool = False
    rule: Any = dataclasses.field(default=None, compare=False, repr=False)  # in force: pages open its chain

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(Exception):
    """An act was refused. ``str()`` is the sentence for the person."""

    def __init__(self, sentence: Any = "", *, reasons: Sequence[Reason] = ()) -> None:
        self.reasons: tuple[Reason, ...] = tuple(reasons) or (Reason(sentence),)
        self.sentence = sentence or self.reasons[0].sentence
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """The person or the unit has no right to this act here."""


class Incomplete(Refused):
    """Something that must be there is missing, or does not have the form it must have."""


class GateClosed(Refused):
    """A clause of a notice in force does not let this through."""


class StaleState(Refused):
    """The thing has moved on since the person looked at it."""

    def __init__(self, sentence: Any = "", **kwargs: Any) -> None:
        super().__init__(sentence or _("在您打开之后，这件事已经被别人处理过。请刷新后再看。"), **kwargs)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a check as data: ``bool()`` is yes or no, ``reasons`` say why not."""

    reasons: tuple[Reason, ...] = field(default=())

    def __bool__(self) -> bool:
        return not self.reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


def verdict(check: Callable[..., Any], *args: Any, **kwargs: Any) -> Verdict:
    """Ask a ``check_…`` without raising: the page uses it to show a button or to say why it is closed."""
    try:
        check(*args, **kwargs)
    except Refused as refusal:
        return Verdict(refusal.reasons)
    return Verdict()


def refused(check: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Whether a ``check_…`` refuses."""
    return not verdict(check, *args, **kwargs)
