"""How a state looks. The domain knows states; only here do they have a colour and a sign.

The sign is a disc that fills as the thing goes on its way, like a phase of the moon, so that nothing is said by
colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tone:
    """``colour`` is one of the tones of ``tokens.css``; ``sign`` one of the signs of ``icons.svg``."""

    colour: str
    sign: str


_PLAIN = Tone("plain", "phase-0")

TONES: dict[str, Tone] = {
    # an activity on its way
    "draft": _PLAIN,
    "filed": Tone("azurite", "phase-1"),
    "returned": Tone("gamboge", "phase-back"),
    "approved": Tone("azurite", "phase-2"),
    "published": Tone("malachite", "phase-3"),
    "changed": Tone("gamboge", "phase-3"),
    "postponed": Tone("gamboge", "phase-wait"),
    "cancelled": Tone("plain", "phase-none"),
    "withdrawn": Tone("plain", "phase-none"),
    "held": Tone("malachite", "phase-3"),
    "completed": Tone("malachite", "phase-4"),
    "summarised": Tone("malachite", "phase-4"),
    "archived": Tone("plain", "phase-4"),
    # an application: filed, returned, approved and withdrawn as above
    "merged": Tone("malachite", "phase-4"),
    "refused": Tone("ochre", "phase-none"),
    # a sheet and its lines; an activity's and a question's as here
    "read": _PLAIN,
    "checking": Tone("azurite", "phase-1"),
    "checked": Tone("azurite", "phase-2"),
    "filing": Tone("azurite", "phase-3"),
    "done": Tone("malachite", "phase-4"),
    "stopped": Tone("ochre", "phase-back"),
    "waiting": Tone("plain", "phase-wait"),
    "ready": Tone("azurite", "phase-2"),
    "faulty": Tone("ochre", "phase-back"),
    "drafted": Tone("malachite", "phase-0"),
    "skipped": Tone("plain", "phase-none"),
    # a duty
    "open": Tone("azurite", "phase-0"),
    "due": Tone("gamboge", "phase-wait"),
    "overdue": Tone("ochre", "phase-wait"),
    "handed_in": Tone("azurite", "phase-2"),
    "accepted": Tone("malachite", "phase-4"),
    "late": Tone("ochre", "phase-4"),
    "released": Tone("plain", "phase-none"),
    # a notice on its way to a unit
    "unopened": Tone("azurite", "phase-0"),
    "opened": Tone("gamboge", "phase-2"),
    "received": Tone("malachite", "phase-4"),
    # a question
    "asked": Tone("gamboge", "phase-wait"),
    "answered": Tone("malachite", "phase-3"),
    "closed": Tone("plain", "phase-4"),
    # a notice and its clauses
    "advance": Tone("gamboge", "phase-1"),
    "formal": Tone("malachite", "phase-4"),
    "superseded": Tone("plain", "phase-none"),
    "final": Tone("malachite", "phase-4"),
    "tentative": Tone("gamboge", "phase-2"),
    "pending": Tone("plain", "phase-wait"),
}


def tone_of(state: object) -> Tone:
    """The look of a state; a plain one for a state that has none of its own."""
    return TONES.get(str(getattr(state, "value", state)), _PLAIN)
