"""What a notice would touch, as values: units, duties and what was handed in for them, activities, quotas, rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from kepu.notices.difference import RuleChange, ValueChange


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units of one level and kind that a clause binds which comes, goes or changes."""

    level: str
    level_name: str
    kind: str
    kind_name: Any  # a word of the vocabulary, put into the reader's language when it is said
    count: int
    example: str = ""  # the name of the first of them
    changes: int | None = None  # how many rules change for it; None where nobody looked


@dataclass(frozen=True, slots=True)
class UnitsTouched:
    """Whom the notice touches: counted by level and kind, of each sort one by name."""

    total: int = 0
    groups: tuple[UnitGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """One change of a rule, and the groups for whose first unit it was found."""

    change: RuleChange
    whom: tuple[str, ...]


class DutyTurn(StrEnum):
    NEW = "new"
    GONE = "gone"
    EARLIER = "earlier"
    LATER = "later"
    CHANGED = "changed"  # something else than the date
    SAME = "same"  # for most of its audience another notice's stricter date holds anyway


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the instant where there is one, and the words of the notice."""

    at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class DutyImpact:
    """One duty for one audience. What was handed in keeps the deadline it was judged by; the others get the new one.

    ``handed_in`` was handed in at least once, ``accepted`` is a part of it; ``open`` is everybody else but those
    released. The three are None for duties about an activity, which are counted with the activities.
    """

    key: str
    title: str
    who: str
    what: DutyTurn
    before: Due | None
    after: Due | None
    values: tuple[ValueChange, ...]
    cite: str
    bound: int | None
    handed_in: int | None = None
    accepted: int | None = None
    released: int | None = None
    open: int | None = None
    under_others: int = 0  # of those bound: bound by a notice further down for the same duty, too


@dataclass(frozen=True, slots=True)
class QuotaImpact:
    """One quota for one audience, before and after, and how many units answer for it."""

    key: str
    title: str
    who: str
    before: str  # sentences; "" where there was or will be none
    after: str
    values: tuple[ValueChange, ...]
    cite: str
    bound: int
    under_others: int = 0


@dataclass(frozen=True, slots=True)
class GateStop:
    """A gate that would say No, or ask for a reason, to drafts that pass it today."""

    key: str
    sentence: str
    cite: str
    stopped: int
    warned: int  # an "in principle": filed all the same, with a reason


@dataclass(frozen=True, slots=True)
class LaterGates:
    """Gates of a later stage that change, and the activities that have not come so far: there the new ones hold."""

    stage: str
    stage_name: Any
    sentences: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ActivitiesTouched:
    """The area's activities by where they stand, and what the change means to those not handed in yet.

    ``with_host`` are drafts and returned ones; at most :data:`LOOKED_AT` of them, the newest, were tried against the
    gates. Everything else was handed in and keeps the rules it was filed under.
    """

    with_host: int = 0
    is_more: bool = False  # there are more than were counted
    looked_at: int = 0
    stopped: int = 0  # of those looked at
    freed: int = 0
    gates: tuple[GateStop, ...] = ()
    waiting: int = 0  # under review
    approved: int = 0  # and not yet before the public
    public: int = 0
    held: int = 0
    later: tuple[LaterGates, ...] = ()

    @property
    def kept(self) -> int:
        """How many keep the rules they were filed under."""
        return self.waiting + self.approved + self.public + self.held

    @property
    def total(self) -> int:
        return self.with_host + self.kept


@dataclass(frozen=True, slots=True)
class Impact:
    """What would change, for whom, if the notice were in force (or withdrawn) from ``begins`` on."""

    at: datetime
    begins: datetime
    place: str
    notice: str  # its title
    is_withdrawal: bool
    replaces: tuple[str, ...]
    amends: tuple[str, ...]
    units: UnitsTouched
    rules: tuple[RuleEffect, ...]
    duties: tuple[DutyImpact, ...]
    quotas: tuple[QuotaImpact, ...]
    activities: ActivitiesTouched
    unchanged: int  # clauses said again in the same words: only their source changes
    not_looked_at: int = 0  # duties and quotas beyond the number that is counted
    left_out: tuple[str, ...] = ()  # clauses of a draft that are not whole
    names: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody is touched."""
        return not self.units.total
