"""Filling in and breaking, gate by gate."""

import pytest

from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Gate
from kepu.rehearsal import faults
from kepu.rehearsal.filings import fulfil, sized

NOTHING = Rules({})
GATES = [
    Gate(fact="participants_expected", min=50),
    Gate(fact="participants_expected", min=100, when={"mode": ("online",)}),
    Gate(fact="safety_person", required=True),
    Gate(fact="fields", contains=("health",)),
    Gate(fact="quality_promise", required=True),
    Gate(fact="activity_level", one_of=("city", "county")),
]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.key())
def test_what_a_gate_demands_is_filled_in(gate):
    content = {"mode": "online", "participants_expected": 3, "activity_level": "nation"}
    fulfil(content, gate, NOTHING)
    assert gate.check({**content, **content.get("answers", {})}, {}) is None


def test_filling_in_twice_changes_nothing_more():
    content = {"mode": "online", "participants_expected": 3}
    for gate in GATES:
        fulfil(content, gate, NOTHING)
    once = dict(content)
    for gate in GATES:
        fulfil(content, gate, NOTHING)
    assert content == once


def test_a_gate_for_another_case_is_left_alone():
    content = {"mode": "offline", "participants_expected": 60}
    fulfil(content, GATES[1], NOTHING)
    assert content == {"mode": "offline", "participants_expected": 60}


def test_what_comes_too_late_is_moved_as_far_as_the_lead_time_asks():
    from datetime import date, datetime, timedelta

    from kepu.core.calendar import CHINA

    start = datetime(2023, 9, 18, 9, 30, tzinfo=CHINA)
    moved = faults.in_good_time(start, start + timedelta(hours=2), NOTHING, day=date(2023, 9, 17), margin=2)
    assert moved == (start + timedelta(days=2), start + timedelta(days=2, hours=2))


@pytest.mark.parametrize(
    ("least", "most", "length"), [(None, None, 2), (7, None, 8), (None, 1, 1), (5, 6, 6)]
)
def test_a_text_is_made_long_enough_and_not_too_long(least, most, length):
    assert len(sized("演练", least, most)) == length
