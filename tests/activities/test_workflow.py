import pytest

from kepu.activities.workflow import (
    AFTERWARDS,
    AWAITING_REVIEW,
    FINAL,
    IN_PUBLIC,
    TRANSITIONS,
    TURN,
    WITH_AUTHOR,
    State,
    Turn,
    drawn,
)


def reachable(start):
    seen, ahead = set(), {start}
    while ahead:
        state = ahead.pop()
        seen.add(state)
        ahead |= TRANSITIONS[state] - seen
    return seen


def test_the_table_speaks_of_every_state():
    assert (set(TRANSITIONS), set(TURN)) == (set(State), set(State))


def test_every_state_can_be_reached_from_a_draft():
    assert reachable(State.DRAFT) == set(State)


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_every_state_can_come_to_an_end(state):
    assert reachable(state) & FINAL


def test_nothing_public_goes_back_behind_the_publication():
    before = WITH_AUTHOR | {State.FILED, State.APPROVED, State.WITHDRAWN}
    assert {a for a in IN_PUBLIC | AFTERWARDS for b in TRANSITIONS[a] if b in before} == set()


def test_whose_turn_it_is():
    assert {State.FILED, State.CHANGED} == AWAITING_REVIEW
    assert {state for state in State if TURN[state] is Turn.HOST} == {
        State.DRAFT, State.RETURNED, State.APPROVED, State.HELD, State.COMPLETED,
    }  # fmt: skip
    assert {TURN[state] for state in FINAL} == {Turn.NOBODY}


def test_the_drawing_shows_every_state_and_every_way():
    lines = drawn().splitlines()
    ways = sum(map(len, TRANSITIONS.values()))
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> draft"]
    assert "    filed: 待审核 (reviewer)" in lines
    assert sum(" --> " in line for line in lines) == ways + 1 + len(FINAL)
