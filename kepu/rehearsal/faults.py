"""Plausible faults: a clause in force is broken on purpose, so that its refusal can be seen, and mended afterwards. Pure.

Which clauses can be broken is read from the gates that bind the host; the ways to break one follow from what it demands.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from kepu.activities.models import CONTENT
from kepu.core.calendar import day_of
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Gate, Stage
from kepu.rehearsal.filings import gates_at
from kepu.rehearsal.script import Part

LISTED = frozenset({"tracks", "fields", "topics", "entries", "audiences", "formats", "marks"})
OTHER_WORDS = "科学点亮生活"


def break_filing(content: dict[str, Any], part: Part, rules: Rules, *, day: date) -> str:
    """Break one gate of filing that this activity could fail; returns the fact, or "" where there is none to break."""
    rng = Random(part.luck + 1)
    gates = [g for g in gates_at(rules, Stage.FILING) if g.applies(content) and _breakable(g)]
    rng.shuffle(gates)
    if rng.random() < 0.4:  # what happens most: it comes too late
        gates.sort(key=lambda gate: gate.fact != "lead_days")
    for gate in gates:
        if _break(content, gate, day, rng):
            return gate.fact
    if (
        "safety_person" in content
    ):  # no notice says anything that could be broken: leave out what every filing needs
        content["title"] = ""
        return "title"
    return ""


def _breakable(gate: Gate) -> bool:
    if gate.fact == "lead_days":
        return bool(gate.bound.lower())
    demands = gate.required or gate.same_as or gate.contains or gate.bound.lower()
    return bool(demands) and gate.fact not in ("published_at", "filed_at")


def _break(content: dict[str, Any], gate: Gate, day: date, rng: Random) -> bool:
    lower = gate.bound.lower()
    if gate.fact == "lead_days":
        return shift(content, day + timedelta(days=rng.randint(1, max(1, int(lower or 2) - 1))))
    if gate.fact not in CONTENT:
        answers = dict(content.get("answers", {}))
        answers.pop(gate.fact, None)
        content["answers"] = answers
        return bool(gate.required)
    if lower:
        content[gate.fact] = max(1, int(lower * rng.uniform(0.3, 0.8)))
        content["online_expected"] = 0
    elif gate.required:
        content[gate.fact] = [] if gate.fact in LISTED else ""
    elif gate.same_as:
        content[gate.fact] = OTHER_WORDS
    else:
        content[gate.fact] = [code for code in content[gate.fact] if code != gate.contains[0]]
    return True


def shift(content: dict[str, Any], to: date) -> bool:
    """Move the activity to another day at the same hour."""
    starts, ends = content["starts_at"], content["ends_at"]
    moved = starts + (to - day_of(starts))
    content["starts_at"], content["ends_at"] = moved, moved + (ends - starts)
    return True


def in_good_time(
    starts: datetime, ends: datetime, rules: Rules, *, day: date, margin: int
) -> tuple[datetime, datetime]:
    """The activity's hours on the first day that the lead time in force allows, counted from some days after ``day``."""
    leads = [
        int(g.bound.lower() or 0)
        for g in gates_at(rules, Stage.FILING, Stage.PUBLICATION)
        if g.fact == "lead_days"
    ]
    earliest = day + timedelta(days=max([1, *leads]) + margin)
    later = max(timedelta(0), earliest - day_of(starts))
    return starts + later, ends + later


def break_completion(given: dict[str, Any], rules: Rules) -> None:
    """Leave out what the notices want to see after the day; without any such clause, nothing is left out."""
    for gate in gates_at(rules, Stage.COMPLETION):
        if gate.fact in given and (gate.required or gate.bound.lower()):
            given[gate.fact] = []


def break_summary(sections: dict[str, str], part: Part) -> None:
    """Leave one part of the summary empty."""
    codes = sorted(sections)
    sections[codes[part.luck % len(codes)]] = ""
