"""A return's life as a table: its states, which follow which, whose turn it is in each. Data, and nothing else.

*Open* is never stored: it is a duty that no row answers yet. Late is no state but a property: a late return goes the
same way as one in time, and keeps its mark.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    OPEN = "open", _("待报送")
    DRAFTING = "drafting", _("编写中")
    HANDED_IN = "handed_in", _("已报送")
    RETURNED = "returned", _("已退回")
    ACCEPTED = "accepted", _("已接收")
    RELEASED = "released", _("免报")


class Turn(StrEnum):
    """Whose turn it is."""

    UNIT = "unit"
    RECEIVER = "receiver"
    NOBODY = "nobody"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DRAFTING, State.HANDED_IN, State.RELEASED}),
    State.DRAFTING: frozenset({State.DRAFTING, State.HANDED_IN, State.RELEASED}),
    # handed in again: amended, since a summary may be handed in on the data of the day (DG-59)
    State.HANDED_IN: frozenset({State.HANDED_IN, State.RETURNED, State.ACCEPTED}),
    State.RETURNED: frozenset({State.RETURNED, State.HANDED_IN}),
    State.ACCEPTED: frozenset({State.HANDED_IN}),
    # who need not may still: nothing handed in is turned away
    State.RELEASED: frozenset({State.HANDED_IN}),
}

TURN: dict[State, Turn] = {
    State.OPEN: Turn.UNIT,
    State.DRAFTING: Turn.UNIT,
    State.HANDED_IN: Turn.RECEIVER,
    State.RETURNED: Turn.UNIT,
    State.ACCEPTED: Turn.NOBODY,
    State.RELEASED: Turn.NOBODY,
}

STORED = tuple(state for state in State if state is not State.OPEN)
ANSWERED = frozenset(state for state, turn in TURN.items() if turn is not Turn.UNIT)
HANDED = frozenset({State.HANDED_IN, State.RETURNED, State.ACCEPTED})  # was handed in at least once
AMENDABLE = frozenset({State.HANDED_IN, State.ACCEPTED})


class Event(StrEnum):
    """The acts as the audit names them."""

    DRAFTED = "return.drafted"
    HANDED_IN = "return.handed_in"
    AMENDED = "return.amended"
    RETURNED = "return.returned"
    ACCEPTED = "return.accepted"
    RELEASED = "return.released"
    DELEGATED = "delegation.given"
    DELEGATION_ENDED = "delegation.ended"
    HANDED_OVER = "return.handed_over"  # its unit or its receiver was merged or moved


def drawn() -> str:
    """The table as a Mermaid state diagram, for the documentation."""
    lines = ["stateDiagram-v2", "    [*] --> open"]
    lines += [f"    {state.value}: {state.label} ({TURN[state].value})" for state in State]
    lines += [f"    {a.value} --> {b.value}" for a in State for b in State if b in TRANSITIONS[a]]
    return "\n".join(lines) + "\n"
