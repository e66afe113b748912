"""How one takes part in what is rehearsed, and what makes it accessible: enough of each that pages show it. Pure."""

from __future__ import annotations

from random import Random
from typing import Any

from kepu.activities.models import Access, TakingPart
from kepu.rehearsal.script import Part

ON_SITE = (Access.WHEELCHAIR, Access.TOILET, Access.SIGN_LANGUAGE, Access.HEARING_AID, Access.BRAILLE, Access.TOUCH, Access.HELPERS)  # fmt: skip
ONLINE = (Access.CAPTIONS, Access.SIGN_LANGUAGE)
NOTE = "轮椅从东门进，有人引导（演练数据）。"
BOOKING = "请提前一天预约（演练数据）。"


def taking_of(part: Part) -> dict[str, Any]:
    """What a host says of it."""
    rng = Random(part.luck + 7)  # a luck of its own: nothing else of the filing changes with it
    onsite = part.mode != "online"
    way = rng.choices([*TakingPart.values, ""], [40, 40, 8, 12] if onsite else [60, 15, 0, 25])[0]
    said: dict[str, Any] = {"taking_part": way, "accessibility": []}
    if way == TakingPart.BOOKING:
        said |= {"capacity": rng.choice((20, 30, 50, 80, 120)), "booking_note": BOOKING}
        said["booking_link"] = f"https://example.org/book/{part.number}" if rng.random() < 0.6 else ""
    if rng.random() < 0.4:
        known = ON_SITE if onsite else ONLINE
        said["accessibility"] = [str(code) for code in rng.sample(known, rng.randint(1, min(3, len(known))))]
        said["accessibility_note"] = NOTE if Access.WHEELCHAIR in said["accessibility"] else ""
    return said
