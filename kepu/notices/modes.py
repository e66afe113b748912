"""What a level below may do with a rule from above: take it over, tighten it, add to it, replace it, shift it down.

Each way is open or closed, and a closed one says why in a sentence. Nothing here knows a season: what a kind allows
follows from how it inherits, what a rule allows from the mode and the strictness of the clause that set it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.notices.inheritance import InForce
from kepu.notices.kinds import Mode, Strictness
from kepu.notices.kinds.base import Params

WAYS = {
    Mode.FIXED: lazy("照办"), Mode.TIGHTEN: lazy("收紧"), Mode.UNION: lazy("增加"), Mode.REPLACE: lazy("另定"),
    Mode.SHIFT: lazy("下移一级"),
}  # fmt: skip
TIGHTENED = frozenset({"gate", "duty", "quota", "file_rule", "form", "window", "coverage"})
ADDED_TO = frozenset({"list", "mark", "track", "form"})
REPLACED = frozenset(
    {"list", "track", "form", "routing", "indicator", "commendation", "party", "call", "programme"}
)
SHIFTED = frozenset(
    {"quota", "coverage", "duty", "programme", "party", "track", "routing", "theme", "commendation"}
)
LEVELS = ("nation", "province", "city", "county", "town", "village")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to stand to a rule from above; ``why_not`` is empty where it is open."""

    mode: Mode
    label: str
    why_not: str = ""

    @property
    def is_open(self) -> bool:
        return not self.why_not


def ways_open(rule: InForce) -> tuple[Way, ...]:
    """The five ways to stand to ``rule``, each open or with the reason why it is not."""
    return tuple(Way(mode, str(label), _why_not(mode, rule)) for mode, label in WAYS.items())


def _why_not(mode: Mode, rule: InForce) -> str:
    kind, said = rule.kind, {"cite": rule.cite}
    if mode is Mode.FIXED:
        return ""
    if kind == "theme" and getattr(rule.params, "role", "") != "right":
        return _("主题由%(cite)s定，下级照写，不能改。") % said
    if rule.clause.mode is Mode.FIXED and rule.strictness is Strictness.HARD:
        return _("%(cite)s规定这一条不变，只能照办。") % said
    if mode is Mode.TIGHTEN:
        return "" if kind in TIGHTENED else _("这一条没有松紧之分，不能收紧。")
    if mode is Mode.UNION:
        return "" if kind in ADDED_TO else _("这一条不是清单，没有可以增加的项。要另说一件事，请新写一条。")
    if mode is Mode.REPLACE:
        if kind in TIGHTENED and kind not in REPLACED:
            return _("%(cite)s的这一条，下级只能收紧，不能另定一套。确是另一件事的，请新写一条。") % said
        return "" if kind in REPLACED else _("这一条不能由下级另定。")
    return "" if kind in SHIFTED else _("这一条没有级别，不能下移。")


def taken(rule: InForce, mode: Mode, *, code: str, number: str = "") -> dict[str, Any]:
    """A clause of a notice file that stands to ``rule`` in a mode: its parameters, one level down under *shift*.

    What the level below must decide itself (a date under *tighten* and *shift*) is left as it is above, so that it
    is there to be changed and never looser by accident.
    """
    clause = rule.clause
    params: Params = rule.params
    data: dict[str, Any] = {
        "id": code, "number": number or clause.number, "kind": rule.kind, "summary": clause.summary, "mode": str(mode),
        "strictness": str(rule.strictness), "relates": [f"{_RELATES[mode]}:{clause.code}"],
        rule.kind: params.model_dump(mode="json", exclude_defaults=True),
    }  # fmt: skip
    if clause.key != params.key():
        data["key"] = clause.key
    audience = clause.audience.model_dump(mode="json", exclude_defaults=True)
    if audience:
        data["audience"] = audience
    return shifted(data) if mode is Mode.SHIFT else data


_RELATES = {
    Mode.FIXED: "same", Mode.TIGHTEN: "narrows", Mode.UNION: "extends", Mode.REPLACE: "overrides", Mode.SHIFT: "near",
}  # fmt: skip


def one_down(level: str) -> str:
    """The next level below; the lowest stays."""
    if level not in LEVELS:
        return level
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]


def shifted(data: dict[str, Any]) -> dict[str, Any]:
    """A clause with every level it names moved one down: audience, receiver, steps, per place."""
    moved: dict[str, Any] = _moved(data)
    return moved


def _moved(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _moved(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, name) for inner in value]
    if isinstance(value, str):
        if name in ("levels", "host_levels", "place_level") or (name == "per" and value in LEVELS):
            return one_down(value)
        if name in ("to", "steps") and "@" in value:
            who, _at, level = value.partition("@")
            return f"{who}@{one_down(level)}"
    return value
