"""Quotas and gates: what has a number, and what else an activity must satisfy.

=========== =================================================================================================
quota       the same bounds (the same nominal number where there are none, the same classes where there is
            neither) of the same object. Audience and what it is counted by decide between several
threshold   a gate with a limit, on any fact but the days of notice: same fact, limit, share and case
lead_time   a gate on the days of notice, or on when something is filed or published so many days ahead
gate        any other gate: same fact, same condition, same case; codes by the names they have
=========== =================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.drafting.scoring.audiences import in_common
from kepu.notices.drafting.scoring.items import Group, Item, clauses, said, whole
from kepu.notices.drafting.scoring.times import first_day, last_day
from kepu.notices.drafting.scoring.words import ENOUGH, alike, plain
from kepu.notices.format.schema import NoticeFile
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.facts import FACTS
from kepu.notices.kinds.quota import OBJECTS

_AHEAD = frozenset({"filed_at", "published_at"})


def _numbers(quota: Any) -> Any:
    if quota.bound.is_set():
        return quota.min, quota.max
    if quota.nominal is not None:
        return "nominal", quota.nominal
    return frozenset((c.min, c.max, c.percent) for c in quota.classes)


def _same_quota(one: Any, other: Any) -> float:
    a, b = one.quota, other.quota
    if _numbers(a) != _numbers(b) or not (like := _same_object(a, b)):
        return 0.0
    by = (a.per, a.place_level) == (b.per, b.place_level)
    return like + 0.5 * in_common(one.audience, other.audience) + 0.2 * by


def _same_object(a: Any, b: Any) -> float:
    """Codes that the format names mean what they say; one that a person made up is known by its words."""
    words = alike(_object(a), _object(b))
    if a.of == b.of:
        return 0.7 + 0.3 * words
    if a.of in OBJECTS and b.of in OBJECTS:
        return 0.0
    return words if words >= ENOUGH else 0.0


def _object(quota: Any) -> str:
    return str(quota.title or OBJECTS.get(quota.of, quota.of))


def _ahead(clause: Any) -> Any:
    """The days of notice that a gate asks for, however it is written; None for any other gate."""
    gate = clause.gate
    if gate.fact == "lead_days" and gate.bound.is_set():
        return _bound(gate.bound)
    when = gate.not_after
    if gate.fact in _AHEAD and when and when.days is not None and when.before == "activity_start":
        return _bound(Bound(min=when.days))
    return None


def _is_threshold(clause: Any) -> bool:
    gate = clause.gate
    return _ahead(clause) is None and (gate.bound.is_set() or gate.preferred is not None)


def _gates(notice: NoticeFile, *, limited: bool) -> Iterator[Item]:
    for clause in clauses(notice, "gate"):
        if _ahead(clause) is None and _is_threshold(clause) == limited:
            yield Item(said(clause), clause, clause)


def _lead_times(notice: NoticeFile) -> Iterator[Item]:
    yield from (Item(said(c), c, c) for c in clauses(notice, "gate") if _ahead(c) is not None)


def _same_lead_time(one: Any, other: Any) -> float:
    same = _ahead(one) == _ahead(other) and _case(one.gate) == _case(other.gate)
    return _besides(one, other) if same else 0.0


def _same_threshold(one: Any, other: Any) -> float:
    a, b = one.gate, other.gate
    limits = [(_bound(g.bound), _bound(g.preferred), g.share_of, _case(g)) for g in (a, b)]
    return _besides(one, other) if limits[0] == limits[1] and _same_fact(a, b) else 0.0


def _same_gate(one: Any, other: Any) -> float:
    a, b = one.gate, other.gate
    same = _condition(a) == _condition(b) and _case(a) == _case(b) and _same_fact(a, b)
    return _besides(one, other) if same else 0.0


def _same_fact(a: Any, b: Any) -> bool:
    if a.fact == b.fact:
        return True
    return not (a.fact in FACTS and b.fact in FACTS) and alike(a.name(), b.name()) >= ENOUGH


def _besides(one: Any, other: Any) -> float:
    """What decides between several gates that are the same: where they stand, and whom they bind."""
    stages = set(one.gate.stages) == set(other.gate.stages)
    return 1.0 + 0.2 * stages + 0.3 * in_common(one.audience, other.audience)


def _bound(bound: Bound | None) -> tuple[float | None, ...]:
    return (bound.min, bound.max, bound.over, bound.under) if bound else ()


def _case(gate: Any) -> frozenset[Any]:
    return frozenset(
        (fact, _bound(case) if isinstance(case, Bound) else frozenset(case))
        for fact, case in gate.when.items()
    )


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
    Group("quota", _("数量要求"), whole("quota"), _same_quota, whole=True),
    Group(
        "threshold", _("人数等界限"), lambda notice: _gates(notice, limited=True), _same_threshold, whole=True
    ),
    Group("lead_time", _("提前天数"), _lead_times, _same_lead_time, whole=True),
    Group("gate", _("其他把关条件"), lambda notice: _gates(notice, limited=False), _same_gate, whole=True),
)
