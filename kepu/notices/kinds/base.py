"""What every kind of clause shares: strict parameters, a key, a value, a sentence, a way to inherit.

A kind is one small file with one class. Its fields are the parameters that a notice file may give; anything else is
refused. ``value`` is what ``rules[key].value`` gives; ``sentence`` is how a person reads it; ``combine`` says what a
child makes of its parent's parameters under a mode; ``looser_than`` names where a child under *tighten* or *fixed*
lets through what its parent does not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]


class Mode(StrEnum):
    """What a child's clause does to its parent's (the six modes)."""

    FIXED = "fixed"
    UNION = "union"
    REPLACE = "replace"
    TIGHTEN = "tighten"
    SHIFT = "shift"
    PENDING = "pending"


class Strictness(StrEnum):
    """What happens to whoever does not keep the clause."""

    HARD = "hard"  # refused
    IN_PRINCIPLE = "in_principle"  # 原则上: warned; a reviewer may waive it with a reason
    STRIVE = "strive"  # 争取: tracked and shown, nothing more
    NONE = "none"  # said for the reader; no consequence


class Status(StrEnum):
    """How settled a clause's value is."""

    FINAL = "final"
    TENTATIVE = "tentative"  # 暂定, 拟定
    PENDING = "pending"  # 待定: the value comes later, from elsewhere


STRICTER = [Strictness.NONE, Strictness.STRIVE, Strictness.IN_PRINCIPLE, Strictness.HARD]


class Params(BaseModel):
    """Parameters of a kind: immutable, nothing unknown, no silent conversions of text to numbers."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, use_enum_values=False)

    KIND: ClassVar[str] = ""
    LABEL: ClassVar[Any] = ""
    MODE: ClassVar[Mode] = Mode.REPLACE  # the mode where a clause names none

    def key(self) -> str:
        """The rule this clause sets when the notice file names no key."""
        raise NotImplementedError

    @property
    def value(self) -> Any:
        """The short answer of the rule; the parameters themselves unless a kind has a shorter one."""
        return self

    def sentence(self) -> str:
        """The rule in one sentence of plain words, in the language of the moment."""
        raise NotImplementedError

    def combine(self, parent: Self, mode: Mode) -> Self:
        """These parameters on top of the parent's, under a mode. The child's stand alone unless a kind says more."""
        return parent if mode is Mode.FIXED else self

    def looser_than(self, parent: Self) -> list[str]:
        """Sentences: where this lets through what the parent refuses. Empty when it is as strict or stricter."""
        return []

    def differs_from(self, parent: Self) -> bool:
        """Whether a *fixed* value was changed."""
        return self.value != parent.value


_KINDS: dict[str, type[Params]] = {}


def kind(code: str, label: Any, *, mode: Mode) -> Callable[[type[Params]], type[Params]]:
    """Register a kind of clause under its code."""

    def register(cls: type[Params]) -> type[Params]:
        cls.KIND, cls.LABEL, cls.MODE = code, label, mode
        _KINDS[code] = cls
        return cls

    return register


def kinds() -> dict[str, type[Params]]:
    """Every kind by its code, in the order of the format's guide."""
    return dict(_KINDS)


class Bound(BaseModel):
    """A limit on a number. ``min`` and ``max`` include the number, ``over`` and ``under`` do not (大于, 不足)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    min: float | None = Field(None, description="不少于：含本数")
    max: float | None = Field(None, description="不超过、以内：含本数")
    over: float | None = Field(None, description="大于：不含本数")
    under: float | None = Field(None, description="小于、不足：不含本数")

    def is_set(self) -> bool:
        return any(b is not None for b in (self.min, self.max, self.over, self.under))

    def holds(self, number: float) -> bool:
        """Whether ``number`` is within the limit."""
        return not (
            (self.min is not None and number < self.min)
            or (self.max is not None and number > self.max)
            or (self.over is not None and number <= self.over)
            or (self.under is not None and number >= self.under)
        )

    def words(self, unit: str = "") -> str:
        """ "不少于50人", "7—10项"."""
        if self.min is not None and self.max is not None:
            if self.min == self.max:
                return f"{number(self.min)}{unit}"
            return f"{number(self.min)}—{number(self.max)}{unit}"
        parts = []
        if self.min is not None:
            parts.append(str(_("不少于%(n)s%(unit)s")) % {"n": number(self.min), "unit": unit})
        if self.over is not None:
            parts.append(str(_("大于%(n)s%(unit)s")) % {"n": number(self.over), "unit": unit})
        if self.max is not None:
            parts.append(str(_("不超过%(n)s%(unit)s")) % {"n": number(self.max), "unit": unit})
        if self.under is not None:
            parts.append(str(_("小于%(n)s%(unit)s")) % {"n": number(self.under), "unit": unit})
        return str(_("且")).join(parts)

    def lower(self) -> float | None:
        return max((b for b in (self.min, self.over) if b is not None), default=None)

    def upper(self) -> float | None:
        return min((b for b in (self.max, self.under) if b is not None), default=None)

    def tightened(self, parent: Bound) -> dict[str, float | None]:
        """The stricter of both, bound by bound."""

        def pick(name: str, better: Callable[..., float]) -> float | None:
            both = [b for b in (getattr(self, name), getattr(parent, name)) if b is not None]
            return better(both) if both else None

        return {
            "min": pick("min", max),
            "over": pick("over", max),
            "max": pick("max", min),
            "under": pick("under", min),
        }

    def looser_words(self, parent: Bound, unit: str = "") -> list[str]:
        """Where this bound is wider than the parent's; a side on which the child is silent is inherited, not dropped."""
        said = []
        for mine, theirs, wider in (
            (self.lower(), parent.lower(), lambda a, b: a < b),
            (self.upper(), parent.upper(), lambda a, b: a > b),
        ):
            if mine is not None and theirs is not None and wider(mine, theirs):
                said.append(
                    str(_("上级要求%(parent)s，这里写的是%(child)s"))
                    % {"parent": parent.words(unit), "child": self.words(unit)}
                )
        return said


def number(value: float) -> str:
    """50.0 → "50", 2.5 → "2.5"."""
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def listed(parts: list[str]) -> str:
    """Words side by side, as Chinese or English writes them."""
    return str(_("、")).join(str(p) for p in parts)
