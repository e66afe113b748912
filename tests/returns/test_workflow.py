from kepu.returns.workflow import ANSWERED, HANDED, TRANSITIONS, TURN, State, Turn, drawn


def test_every_state_says_whose_turn_it_is_and_what_follows():
    assert set(TURN) == set(TRANSITIONS) == set(State)


def test_nothing_handed_in_can_be_turned_away_or_lost():
    assert all(State.HANDED_IN in nexts for nexts in TRANSITIONS.values())
    assert all(TRANSITIONS[state] <= HANDED for state in HANDED)


def test_what_is_answered_is_no_turn_of_the_unit():
    assert {state for state in State if TURN[state] is not Turn.UNIT} == ANSWERED


def test_the_table_can_be_drawn():
    lines = drawn().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> open"]
    assert "    handed_in: 已报送 (receiver)" in lines
    assert "    handed_in --> accepted" in lines
