"""A gate: what an activity must satisfy at filing, publication, change, completion or summary.

A gate speaks of one *fact* and one condition on it. Conditions on other facts narrow it (``when``). A fact that is not
given fails a gate that requires it or sets a lower limit; it passes any other, which speaks only of what is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from kepu.notices.kinds.base import Bound, Code, Limit, Mode, Params, Text, counted, kind, listed, not_among
from kepu.notices.kinds.cases import Case, case_codes, case_holds, looser_cases, wider_cases
from kepu.notices.kinds.facts import VALUES, YES_NO, fact_of
from kepu.notices.kinds.moments import When


class Stage(StrEnum):
    """Where a gate stands in an activity's life."""

    FILING = "filing"
    PUBLICATION = "publication"
    COMPLETION = "completion"
    SUMMARY = "summary"


STAGES = {
    Stage.FILING: _("填报时"),
    Stage.PUBLICATION: _("发布时"),
    Stage.COMPLETION: _("完善活动信息时"),
    Stage.SUMMARY: _("提交活动总结时"),
}


@dataclass(frozen=True, slots=True)
class Failing:
    """What a gate says No to, in a sentence; ``preferred_only`` when only the wish beside the demand is not met."""

    sentence: str
    field: str
    preferred_only: bool = False


@kind("gate", _("把关条件"), mode=Mode.TIGHTEN)
class Gate(Params):
    """One condition on one fact of an activity."""

    fact: Code = Field(description="哪一项事实；见指南的事实表，也可自定义（同时写 label）")
    label: Text | None = Field(None, description="自定义事实的名称")
    stages: tuple[Stage, ...] = Field((Stage.FILING,), min_length=1, description="在哪一步把关")
    when: dict[Code, Case] = Field(
        default_factory=dict,
        description='只在这些情况下适用，如 {mode = ["offline"]}、{participants_expected = {min = 500}}',
    )
    required: bool | None = Field(None, description="必须有")
    min: float | None = Field(None, description="不少于")
    max: float | None = Field(None, description="不超过")
    over: float | None = Field(None, description="大于")
    under: float | None = Field(None, description="小于")
    preferred: Limit | None = Field(None, description="除了必须做到的，最好能做到的")
    unit: Text | None = Field(None, description="量的单位，如 天、人、元、percent")
    share_of: Code | None = Field(None, description="与 max/min 同用：是哪一项的百分之几")
    equals: str | None = None
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    contains: tuple[str, ...] = Field((), description="必须都包含的代码")
    labels: dict[str, Text] = Field(default_factory=dict, description="代码的名称，用在句子里")
    same_as: Text | None = Field(None, description="必须与哪条规则的值相同，如 theme、subtheme")
    not_before: When | None = Field(None, description="不早于")
    not_after: When | None = Field(None, description="不晚于")
    within: Text | None = Field(None, description="必须落在哪个时间段内，如 window.concentrated")
    review: tuple[Text, ...] = Field((), description="由人对照的审核要点")
    steps: tuple[Text, ...] = Field(
        (), description="依次由专人把关的步骤，如 初审、复审、终审；审核时写明每一步是谁做的"
    )

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        set_ones = [
            self.required is not None, self.bound.is_set(), self.equals is not None, bool(self.one_of), bool(self.none_of),
            bool(self.contains), self.same_as is not None, self.not_before is not None, self.not_after is not None,
            self.within is not None, self.preferred is not None, bool(self.review), bool(self.steps),
        ]  # fmt: skip
        if not any(set_ones):
            raise ValueError(
                str(
                    _(
                        "把关条件没有写要求：请写 required、min、max、one_of、contains、same_as、not_before、within 之一。"
                    )
                )
            )
        if self.bound.is_empty():
            raise ValueError(str(_("下限大于上限。")))
        if self.preferred and Bound(**self.preferred.tightened(self.bound)).is_empty():
            raise ValueError(str(_("最好做到的（preferred）与必须做到的不能同时做到。")))
        if self.share_of and not (self.bound.is_set() or self.preferred):
            raise ValueError(str(_("写了 share_of，就要用 min、max 写占百分之几。")))
        if both := sorted(
            {*self.none_of} & {*self.one_of, *self.contains, *([self.equals] if self.equals else [])}
        ):
            raise ValueError(str(_("同一个代码既要又不要：%(codes)s。")) % {"codes": listed(both)})
        begins = self.not_before.begins() if self.not_before else None
        last = self.not_after.resolve().at if self.not_after else None
        if begins and last and begins > last:
            raise ValueError(str(_("not_after 早于 not_before。")))
        return self

    @property
    def bound(self) -> Bound:
        return Bound(min=self.min, max=self.max, over=self.over, under=self.under)

    def key(self) -> str:
        return ".".join(["activity", self.fact, *case_codes(self.when)])

    @property
    def value(self) -> Any:
        if self.bound.is_set():
            only = [b for b in (self.min, self.max, self.over, self.under) if b is not None]
            return (
                (int(only[0]) if float(only[0]).is_integer() else only[0]) if len(only) == 1 else self.bound
            )
        for name in ("equals", "same_as", "not_before", "not_after", "within"):
            if getattr(self, name) is not None:
                return getattr(self, name)
        return self.one_of or self.contains or self.none_of or self.review or self.steps or self.required

    def name(self) -> str:
        return str(self.label or fact_of(self.fact).label)

    def unit_word(self) -> str:
        unit = self.unit or str(fact_of(self.fact).unit)
        return "%" if unit == "percent" else unit

    def codes(self, codes: tuple[str, ...], fact: str = "") -> str:
        """Codes by their names: those that are fixed for the fact, else the notice's own."""
        fixed = VALUES.get(fact or self.fact, {})
        return listed([str(fixed.get(c) or self.labels.get(c) or YES_NO.get(c, c)) for c in codes])

    def requirement(self) -> str:
        """The demand without the case and the stage: "活动名称必须填写", "预计参与人数不少于50人"."""
        name = self.name()
        parts = []
        if self.bound.is_set():
            share = (
                str(_("（占%(what)s的比例）"))
                % {"what": self.labels.get(self.share_of) or fact_of(self.share_of).label}
                if self.share_of
                else ""
            )
            bound = self.bound.words(self.unit_word())
            parts.append(
                str(_("%(name)s%(share)s%(bound)s")) % {"name": name, "share": share, "bound": bound}
            )
        if self.preferred is not None:
            parts.append(
                str(_("%(name)s最好%(bound)s"))
                % {"name": name, "bound": self.preferred.words(self.unit_word())}
            )
        if self.required:
            parts.append(str(_("%(name)s必须填写")) % {"name": name})
        if self.equals is not None:
            parts.append(
                str(_("%(name)s必须是%(value)s") if self.equals in YES_NO else _("%(name)s必须是“%(value)s”"))
                % {"name": name, "value": self.codes((self.equals,))}
            )
        if self.one_of:
            parts.append(
                str(_("%(name)s只能是%(values)s之一")) % {"name": name, "values": self.codes(self.one_of)}
            )
        if self.none_of:
            parts.append(
                str(_("%(name)s不能是%(values)s")) % {"name": name, "values": self.codes(self.none_of)}
            )
        if self.contains:
            parts.append(
                str(_("%(name)s必须包括：%(values)s")) % {"name": name, "values": self.codes(self.contains)}
            )
        if self.same_as is not None:
            parts.append(str(_("%(name)s必须与通知规定的一致")) % {"name": name})
        if self.not_before is not None:
            parts.append(str(_("%(name)s不早于%(when)s")) % {"name": name, "when": self.not_before.words()})
        if self.not_after is not None:
            parts.append(str(_("%(name)s不晚于%(when)s")) % {"name": name, "when": self.not_after.words()})
        if self.within is not None:
            parts.append(str(_("%(name)s要在规定的时间段内")) % {"name": name})
        if self.review:
            parts.append(
                str(_("%(name)s由审核人对照：%(values)s"))
                % {"name": name, "values": listed(list(self.review))}
            )
        if self.steps:
            parts.append(
                str(_("%(name)s要写明由谁做的：%(values)s"))
                % {"name": name, "values": listed(list(self.steps))}
            )
        return str(_("；")).join(parts)

    def case(self) -> str:
        """The case it is for: "举办方式为线下时，", "预计参与人数不少于500人时，"."""
        said = []
        for fact, case in self.when.items():
            name = self.labels.get(fact) or str(fact_of(fact).label)
            if isinstance(case, Bound):
                text = str(_("%(fact)s%(bound)s时，"))
                said.append(text % {"fact": name, "bound": case.words(str(fact_of(fact).unit))})
            elif case == ("yes",):
                said.append(str(_("属于%(fact)s的，")) % {"fact": name})
            else:
                said.append(
                    str(_("%(fact)s为%(values)s时，")) % {"fact": name, "values": self.codes(case, fact)}
                )
        return "".join(said)

    def sentence(self) -> str:
        stages = listed([str(STAGES[s]) for s in self.stages])
        said = {"case": self.case(), "stages": stages, "requirement": self.requirement()}
        return str(_("%(case)s%(stages)s，%(requirement)s。")) % said

    def applies(self, facts: Mapping[str, Any]) -> bool:
        """Whether the case is this activity's."""
        return all(case_holds(case, facts.get(fact)) for fact, case in self.when.items())

    def check(self, facts: Mapping[str, Any], rules: Mapping[str, Any]) -> Failing | None:
        """What fails, or None. ``rules`` gives values of rules named by ``same_as`` and ``within``."""
        if not self.applies(facts):
            return None
        fact: Any = facts.get(self.fact)
        empty = fact is None or fact == "" or fact == [] or fact == ()
        if empty:
            demands = self.required or self.contains or (self.bound.lower() or 0) > 0
            return self._failing(str(_("还没有填写"))) if demands else None
        if self.bound.is_set() or self.preferred:
            amount = len(fact) if isinstance(fact, list | tuple) else float(fact)
            if self.share_of:
                whole = float(facts.get(self.share_of) or 0)
                if not whole:
                    return None
                amount = amount / whole * 100
            shown = str(_("现在是%(values)s")) % {"values": counted(round(amount, 2), self.unit_word())}
            if not self.bound.holds(amount):
                return self._failing(shown)
            if self.preferred and not self.preferred.holds(amount):
                return self._failing(shown, preferred_only=True)
        return self._check_words(fact, rules)

    def _check_words(self, fact: Any, rules: Mapping[str, Any]) -> Failing | None:
        many = [str(f) for f in fact] if isinstance(fact, list | tuple) else [str(fact)]
        if self.equals is not None and many != [self.equals]:
            return self._failing(self._now(many))
        if self.one_of and (bad := [m for m in many if m not in self.one_of]):
            return self._failing(self._now(bad))
        if self.none_of and (bad := [m for m in many if m in self.none_of]):
            return self._failing(self._now(bad))
        if self.contains and (missing := [c for c in self.contains if c not in many]):
            return self._failing(str(_("还缺%(values)s")) % {"values": self.codes(tuple(missing))})
        if self.same_as is not None:
            wanted = rules.get(self.same_as)
            if wanted is not None and many != [str(wanted)]:
                return self._failing(str(_("规定的是“%(wanted)s”")) % {"wanted": wanted})
        return self._check_time(fact, rules)

    def _check_time(self, fact: Any, rules: Mapping[str, Any]) -> Failing | None:
        if not isinstance(fact, datetime):
            return None
        if self.not_before and (begins := self.not_before.begins()) and fact < begins:
            return self._failing(str(_("还没有到时间")))
        if self.not_after and (last := self.not_after.resolve().at) and fact > last:
            return self._failing(str(_("已经过了时间")))
        if self.within and (window := rules.get(self.within)) is not None and not window.contains(fact):
            return self._failing(str(window.sentence()).rstrip("。."))
        return None

    def _now(self, codes: list[str]) -> str:
        return str(_("现在是%(values)s")) % {"values": self.codes(tuple(codes))}

    def _failing(self, now: str, *, preferred_only: bool = False) -> Failing:
        fact = fact_of(self.fact)
        hint = str(fact.hint) if fact.hint else ""
        said = {"case": self.case(), "requirement": self.requirement(), "now": now, "hint": hint}
        sentence = str(_("%(case)s%(requirement)s；%(now)s。%(hint)s")) % said
        return Failing(sentence.strip(), fact.field, preferred_only)

    def combine(self, parent: Self, mode: Mode) -> Self:
        if mode is not Mode.TIGHTEN:
            return super().combine(parent, mode)
        update: dict[str, Any] = dict(self.bound.tightened(parent.bound))
        update["stages"] = tuple(dict.fromkeys((*parent.stages, *self.stages)))
        update["required"] = self.required or parent.required
        update["contains"] = tuple(dict.fromkeys((*parent.contains, *self.contains)))
        update["none_of"] = tuple(dict.fromkeys((*parent.none_of, *self.none_of)))
        update["labels"] = {**parent.labels, **self.labels}
        update["review"] = tuple(dict.fromkeys((*parent.review, *self.review)))
        update["steps"] = tuple(dict.fromkeys((*parent.steps, *self.steps)))
        update["when"] = wider_cases(self.when, parent.when)
        if self.one_of and parent.one_of:
            update["one_of"] = tuple(c for c in self.one_of if c in parent.one_of) or parent.one_of
        elif parent.one_of:
            update["one_of"] = parent.one_of
        for name in ("equals", "same_as", "within"):
            update[name] = getattr(parent, name) if getattr(parent, name) is not None else getattr(self, name)
        for name in ("share_of", "unit", "label"):
            update[name] = getattr(self, name) if getattr(self, name) is not None else getattr(parent, name)
        if self.preferred and parent.preferred:
            update["preferred"] = Bound(**self.preferred.tightened(parent.preferred))
        else:
            update["preferred"] = self.preferred or parent.preferred
        for name, later in (("not_before", True), ("not_after", False)):
            update[name] = _stricter_moment(getattr(self, name), getattr(parent, name), later=later)
        return self.model_copy(update=update)

    def looser_than(self, parent: Self) -> list[str]:
        name = self.name()
        if self.bound.is_set() and parent.bound.is_set() and self._measure() != parent._measure():
            return [str(_("同一条规则上级按“%(parent)s”算，这里按“%(child)s”算")) % {
                "parent": parent.requirement(), "child": self.requirement(),
            }]  # fmt: skip
        said = self.bound.looser_words(parent.bound, self.unit_word())
        if self.preferred and parent.preferred:
            said += self.preferred.looser_words(parent.preferred, self.unit_word())
        if extra := not_among(self.one_of, parent.one_of):
            said.append(str(_("放进了上级没有的选项：%(values)s")) % {"values": self.codes(tuple(extra))})
        if parent.required and self.required is False:
            said.append(str(_("上级要求必须填写“%(name)s”，这里写成可以不填")) % {"name": name})
        if parent.equals is not None and self.equals not in (None, parent.equals):
            said.append(str(_("上级要求%(what)s")) % {"what": parent.requirement()})
        for field in ("same_as", "within"):
            theirs = getattr(parent, field)
            if theirs is not None and getattr(self, field) not in (None, theirs):
                said.append(
                    str(_("上级要求“%(name)s”照 %(parent)s，这里换成了 %(child)s"))
                    % {"name": name, "parent": theirs, "child": getattr(self, field)}
                )
        said += looser_cases(self.when, parent.when)
        if "stages" in self.model_fields_set and (gone := [s for s in parent.stages if s not in self.stages]):
            said.append(
                str(_("上级还要求%(stages)s把关")) % {"stages": listed([str(STAGES[s]) for s in gone])}
            )
        begins, theirs_begins = (g.not_before.begins() if g.not_before else None for g in (self, parent))
        if parent.not_before and begins and theirs_begins and begins < theirs_begins:
            said.append(str(_("上级规定不早于%(when)s")) % {"when": parent.not_before.words()})
        last, theirs_last = (g.not_after.resolve().at if g.not_after else None for g in (self, parent))
        if parent.not_after and last and theirs_last and last > theirs_last:
            said.append(str(_("上级规定不晚于%(when)s")) % {"when": parent.not_after.words()})
        return said

    def _measure(self) -> tuple[str, str | None]:
        return self.unit_word(), self.share_of


def _stricter_moment(mine: Any, theirs: Any, *, later: bool) -> Any:
    if mine is None or theirs is None:
        return mine or theirs
    a, b = (m.begins() if later else m.resolve().at for m in (mine, theirs))
    if a is None or b is None:
        return mine
    return mine if (a > b) == later else theirs
