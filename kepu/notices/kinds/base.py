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

from django.utils.translation import get_language, npgettext_lazy
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

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

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, use_enum_values=False, allow_inf_nan=False
    )

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

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

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
                return counted(self.min, unit)
            span = str(_("%(least)s—%(most)s")) % {"least": number(self.min), "most": number(self.max)}
            return counted(self.max, unit, said=span)
        parts = []
        if self.min is not None:
            parts.append(str(_("不少于%(n)s")) % {"n": counted(self.min, unit)})
        if self.over is not None:
            parts.append(str(_("大于%(n)s")) % {"n": counted(self.over, unit)})
        if self.max is not None:
            parts.append(str(_("不超过%(n)s")) % {"n": counted(self.max, unit)})
        if self.under is not None:
            parts.append(str(_("小于%(n)s")) % {"n": counted(self.under, unit)})
        return str(_("且")).join(parts)

    def lower(self) -> float | None:
        return max((b for b in (self.min, self.over) if b is not None), default=None)

    def upper(self) -> float | None:
        return min((b for b in (self.max, self.under) if b is not None), default=None)

    def floor(self) -> tuple[float, int] | None:
        """The lower end with whether the number itself is out (1) or in (0); the greater is the stricter."""
        ends = [(b, out) for b, out in ((self.min, 0), (self.over, 1)) if b is not None]
        return max(ends, default=None)

    def ceiling(self) -> tuple[float, int] | None:
        """The upper end with whether the number itself is out (-1) or in (0); the smaller is the stricter."""
        ends = [(b, out) for b, out in ((self.max, 0), (self.under, -1)) if b is not None]
        return min(ends, default=None)

    def is_empty(self) -> bool:
        """Whether no number at all is within it."""
        low, high = self.floor(), self.ceiling()
        return (
            low is not None
            and high is not None
            and (low[0] > high[0] or (low[0] == high[0] and low[1] > high[1]))
        )

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
        said: list[str] = []
        words = {"parent": parent.words(unit), "child": self.words(unit)}
        for mine, theirs, side in (
            (self.floor(), parent.floor(), -1),
            (self.ceiling(), parent.ceiling(), 1),
        ):
            if mine is not None and theirs is not None and ((mine > theirs) if side > 0 else (mine < theirs)):
                said.append(str(_("上级要求%(parent)s，这里写的是%(child)s")) % words)
        if not said and self.is_set() and Bound(**self.tightened(parent)).is_empty():
            said.append(str(_("上级要求%(parent)s，与这里写的%(child)s不能同时做到")) % words)
        return list(dict.fromkeys(said))


def _sane(bound: Bound) -> Bound:
    if not bound.is_set():
        raise ValueError(str(_("界限没有写数：请写 min、max、over、under 之一。")))
    if bound.is_empty():
        raise ValueError(str(_("下限大于上限。")))
    return bound


Limit = Annotated[Bound, AfterValidator(_sane)]  # a bound as a notice writes it: with a number, and not empty


def not_among(mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[str]:
    """Which of ``mine`` are none of the parent's choices; a parent without choices takes any."""
    return [c for c in mine if theirs and c not in theirs]


def number(value: float) -> str:
    """50.0 → "50", 2.5 → "2.5"."""
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


UNITS = {
    "天": npgettext_lazy("unit", "天", "天"), "人": npgettext_lazy("unit", "人", "人"),
    "场": npgettext_lazy("unit", "场", "场"), "项": npgettext_lazy("unit", "项", "项"),
    "个": npgettext_lazy("unit", "个", "个"), "件": npgettext_lazy("unit", "件", "件"),
    "份": npgettext_lazy("unit", "份", "份"), "篇": npgettext_lazy("unit", "篇", "篇"),
    "张": npgettext_lazy("unit", "张", "张"), "次": npgettext_lazy("unit", "次", "次"),
    "元": npgettext_lazy("unit", "元", "元"), "秒": npgettext_lazy("unit", "秒", "秒"),
}  # fmt: skip


def unit_words(unit: str, value: float) -> str:
    """The word for a unit beside a number. A unit unknown here stays as it is."""
    return str(UNITS[unit] % int(value)) if unit in UNITS else unit


def counted(value: float, unit: str, *, said: str = "") -> str:
    """ "50人", "50 people", "50%": a number, or the words for it, with its unit."""
    joined = "%(n)s%(unit)s" if unit in ("", "%") else str(_("%(n)s%(unit)s"))
    return joined % {"n": said or number(value), "unit": unit_words(unit, value)}


def english() -> bool:
    """Whether the language of the moment is English."""
    return (get_language() or "").startswith("en")


def listed(parts: list[str]) -> str:
    """Words side by side, as Chinese or English writes them."""
    return str(_("、")).join(str(p) for p in parts)
