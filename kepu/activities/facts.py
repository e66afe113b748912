"""The facts of an activity that a notice's gates speak of, by the names the notices use. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from kepu.activities.models import Activity
from kepu.core.calendar import day_of
from kepu.notices.kinds.gate import Stage

if TYPE_CHECKING:
    from kepu.orgs.models import Unit

_SAME = (
    "title", "theme", "subtheme", "activity_level", "mode", "arrangement", "key_reason", "resources_planned", "starts_at", "ends_at", "participants_expected",
    "participants_actual", "taking_part", "capacity", "accessibility", "tracks", "fields", "topics", "entries", "audiences", "formats", "safety_person",
    "content_person", "host_place_person", "risk_assessment", "risk_plan", "publicity_plan", "marks", "media_links",
    "materials",
)  # fmt: skip


def facts_of(activity: Activity, *, host: Unit, at: datetime, stage: Stage) -> dict[str, Any]:
    """What is true of the activity at the instant of an act.

    ``lead_days`` counts whole days in China from the day of the act to the day it starts; ``days_after_end`` from the
    day of the actual end to the day of the act. What a notice asks for by a name of its own is in ``answers``.
    """
    facts: dict[str, Any] = {**activity.answers, **{name: getattr(activity, name) for name in _SAME}}
    facts["host_kind"] = host.kind
    facts["responsible_unit"] = str(activity.responsible_unit_id) if activity.responsible_unit_id else None
    facts["key_activity"] = "yes" if activity.key_activity else "no"
    facts["main_venue"] = "yes" if activity.main_venue else "no"
    facts["filed_at"] = at if stage is Stage.FILING else activity.filed_at
    facts["published_at"] = at if stage is Stage.PUBLICATION else activity.published_at
    facts["lead_days"] = (day_of(activity.starts_at) - day_of(at)).days if activity.starts_at else None
    ended = activity.ended_at or activity.ends_at
    facts["days_after_end"] = (day_of(at) - day_of(ended)).days if ended else None
    for kind in ("photo", "video"):
        facts[f"{kind}s"] = [m for m in activity.materials if m.get("kind") == kind]
    facts["sections"] = filled(activity.sections)
    return facts


def filled(sections: Mapping[str, str]) -> list[str]:
    """The codes of the parts that hold text."""
    return [code for code, text in sections.items() if str(text).strip()]


def characters(text: str) -> int:
    """How long a text is as notices count it (字): every character but blanks."""
    return sum(not character.isspace() for character in text)
