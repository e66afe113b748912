"""Gates: what has a limit, how many days ahead, and what else an activity must satisfy.

=========== =================================================================================================
threshold   a gate with a limit, on any fact but the days of notice, or a quota of what each activity or entry is
            to have: same fact, limit and case, a share or none
lead_time   so many days before an activity: a gate on the days of notice, on when something is filed or
            published, or a duty that is due by then; the same number, the same case
gate        any other gate: same fact, same condition, same case; codes by the names they have
=========== =================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import in_common
from kepu.notices.drafting.scoring.items import Group, Item, clauses, said
from kepu.notices.drafting.scoring.quotas import OF_ONE
from kepu.notices.drafting.scoring.times import first_day, last_day
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain
from kepu.notices.format.schema import NoticeFile
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.facts import FACTS, VALUES
from kepu.notices.kinds.moments import Moment
from kepu.notices.kinds.quota import OBJECTS

_AHEAD = frozenset({"filed_at", "published_at"})
_COUNTED = {"materials": "materials", "participants": "participants_expected", "news_items": "media_links"}
_ONE_FACT = {"photos": "materials", "videos": "materials"}
_PLAIN = {"%": "percent", "名": "人", "人次": "人"}


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit on one activity, however it is written."""

    clause: Any
    fact: str
    name: str
    unit: str
    limits: Any  # the bound, what is preferred, whether it is a share
    case: frozenset[Any] = frozenset()
    stages: frozenset[str] = frozenset()


def ahead(moment: Moment | None) -> int | None:
    """How many days before an activity begins; None for any other moment."""
    if moment is None or moment.before != "activity_start":
        return None
    return (moment.days if moment.days is not None else moment.working_days) or None


def _days_of(clause: Any) -> Any:
    """The days of notice that a clause asks for, however it is written; None for any other clause."""
    if clause.kind == "duty":
        days = ahead(clause.duty.due)
        return None if days is None else _bound(Bound(min=days))
    gate = clause.gate
    if gate.fact == "lead_days" and gate.bound.is_set():
        return _bound(gate.bound)
    days = ahead(gate.not_after) if gate.fact in _AHEAD else None
    return None if days is None else _bound(Bound(min=days))


def _is_threshold(gate: Any) -> bool:
    return gate.bound.is_set() or gate.preferred is not None


def _thresholds(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "gate"):
        gate = clause.gate
        if _days_of(clause) is None and _is_threshold(gate):
            unit = gate.unit or str(FACTS[gate.fact].unit if gate.fact in FACTS else "")
            limits = (_bound(gate.bound), _bound(gate.preferred), gate.share_of is not None)
            limit = _Limit(
                clause, gate.fact, gate.name(), _PLAIN.get(unit, unit), limits, _case(gate), frozenset(gate.stages)
            )  # fmt: skip
            yield Item(said(clause), limit, clause)
    for clause in clauses(notice, "quota"):
        quota = clause.quota
        if quota.per in OF_ONE and quota.bound.is_set():
            name = str(quota.title or OBJECTS.get(quota.of, quota.of))
            unit = _PLAIN.get(quota.unit or "", quota.unit or "")
            limits = (_bound(quota.bound), _bound(None), False)
            yield Item(
                said(clause), _Limit(clause, _COUNTED.get(quota.of, quota.of), name, unit, limits), clause
            )


def _gates(notice: NoticeFile) -> Iterator[Item]:
    for clause in clauses(notice, "gate"):
        if _days_of(clause) is None and not _is_threshold(clause.gate):
            yield Item(said(clause), clause, clause)


def _lead_times(notice: NoticeFile) -> Iterator[Item]:
    for kind in ("gate", "duty"):
        yield from (Item(said(c), c, c) for c in clauses(notice, kind) if _days_of(c) is not None)


def _same_lead_time(one: Any, other: Any) -> float:
    same = _days_of(one) == _days_of(other) and _case_of(one) == _case_of(other)
    return (
        1.0 + 0.3 * in_common(one.audience, other.audience) + 0.2 * (one.kind == other.kind) if same else 0.0
    )


def _same_threshold(one: _Limit, other: _Limit) -> float:
    if one.limits != other.limits or not _same_cases(one.case, other.case):
        return 0.0
    facts = _ONE_FACT.get(one.fact, one.fact), _ONE_FACT.get(other.fact, other.fact)
    words = alike(one.name, other.name)
    known = all(fact in FACTS for fact in facts)
    measured = bool(one.unit) and one.unit == other.unit and not known
    if facts[0] != facts[1] and (known or (words < ENOUGH and not measured)):
        return 0.0
    audience = in_common(one.clause.audience, other.clause.audience)
    return 1.0 + 0.2 * (one.stages == other.stages) + 0.3 * audience + 0.2 * words


def _same_gate(one: Any, other: Any) -> float:
    a, b = one.gate, other.gate
    same = _condition(a) == _condition(b) and _case(a) == _case(b) and _same_fact(a, b)
    stages = set(a.stages) == set(b.stages)
    return 1.0 + 0.2 * stages + 0.3 * in_common(one.audience, other.audience) if same else 0.0


def _same_fact(a: Any, b: Any) -> bool:
    if a.fact == b.fact:
        return True
    return not (a.fact in FACTS and b.fact in FACTS) and alike(a.name(), b.name()) >= ENOUGH


def _bound(bound: Bound | None) -> tuple[float | None, ...]:
    return (bound.min, bound.max, bound.over, bound.under) if bound else ()


def _case_of(clause: Any) -> frozenset[Any]:
    return _case(clause.gate) if clause.kind == "gate" else frozenset()


def _case(gate: Any) -> frozenset[Any]:
    return frozenset(
        (fact, _bound(case) if isinstance(case, Bound) else frozenset(case))
        for fact, case in gate.when.items()
    )


def _same_cases(one: frozenset[Any], other: frozenset[Any]) -> bool:
    """The same facts with the same values; values that a person made up are known by their fact alone."""
    return {(fact, _fixed(fact, case)) for fact, case in one} == {
        (fact, _fixed(fact, case)) for fact, case in other
    }


def _fixed(fact: str, case: Any) -> Any:
    return case if fact in VALUES or isinstance(case, tuple) else None


def _condition(gate: Any) -> Any:
    """What a gate demands beside limits; what a reviewer looks at only where it demands nothing else."""
    demands = (
        gate.required,
        _named(gate, (gate.equals,) if gate.equals else ()),
        *(_named(gate, codes) for codes in (gate.one_of, gate.none_of, gate.contains)),
        gate.same_as and gate.same_as.partition(".")[0],
        first_day(gate.not_before),
        last_day(gate.not_after),
        gate.within is not None,
    )
    return demands if any(demands) else "review"


def _named(gate: Any, codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(gate.labels.get(code, code)) for code in codes)


GROUPS = (
    Group("threshold", _("人数等界限"), _thresholds, _same_threshold, whole=True),
    Group("lead_time", _("提前天数"), _lead_times, _same_lead_time, whole=True),
    Group("gate", _("其他把关条件"), _gates, _same_gate, whole=True),
)
