"""The sessions and the place on the map of a rehearsal's activities: some are tours, some recur, some are series. Pure.

Drawn from the part's luck alone, so that nothing else of the rehearsal is drawn differently for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from kepu.activities.models import Arrangement
from kepu.activities.sessions import Session, repeated, shifted
from kepu.core.calendar import day_of
from kepu.orgs.models import Unit
from kepu.rehearsal.script import Part

STOPS = ("样例广场", "样例社区活动室", "样例学校操场")
EVENTS = ("演练：开场讲座", "演练：动手体验", "演练：问答和颁奖")
ONE_IN = 8
# centres of the cities on the stage, WGS 84, to a hundredth of a degree; by the beginning of a place's code
CENTRES = {
    "4419": (23.02, 113.75),
    "5101": (30.66, 104.07),
    "2102": (38.91, 121.61),
    "21": (41.80, 123.43),
    "1302": (39.63, 118.18),
}


def arranged(content: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """The content with sessions, where its part has several, from its beginning to its end as they now stand.

    Those whose day is changed later on have one only: a script moves a beginning and an end, not twenty.
    """
    starts, ends = content.get("starts_at"), content.get("ends_at")
    if not starts or not ends or starts >= ends or part.turn:
        return dict(content)
    if (last := day_of(ends)) > day_of(starts):
        close = ends - (last - day_of(starts))
        rows = repeated(starts, close, weekdays=range(7), until=last) if close > starts else []
        return _with(content, Arrangement.RECURRING, rows)
    if part.luck % ONE_IN == 0 and content.get("mode") == "offline":
        return _with(content, Arrangement.TOUR, _one_after_another(starts, ends, STOPS, "venue"))
    if part.luck % ONE_IN == 1:
        return _with(content, Arrangement.SERIES, _one_after_another(starts, ends, EVENTS, "title"))
    return dict(content)


def at_hours(
    arranged_at: datetime, sessions: Sequence[Mapping[str, Any]], starts: datetime, ends: datetime
) -> dict[str, Any]:
    """The change that moves an activity to other hours, its sessions with it."""
    moved = {"sessions": shifted(sessions, starts - arranged_at)} if sessions else {}
    return {"starts_at": starts, "ends_at": ends, **moved}


def position_of(part: Part, unit: Unit) -> dict[str, float]:
    """Somewhere around the middle of the unit's city, for about half of what is held somewhere."""
    centre = next((at for code, at in CENTRES.items() if unit.place.code.startswith(code)), None)
    if centre is None or part.mode == "online" or part.luck % 2:
        return {}
    rng = Random(f"{part.luck}/position")
    latitude, longitude = (round(degrees + rng.uniform(-0.03, 0.03), 6) for degrees in centre)
    return {"latitude": latitude, "longitude": longitude}


def _one_after_another(starts: datetime, ends: datetime, names: Sequence[str], key: str) -> list[Session]:
    """The time between two instants in equal parts, one for each name, which is written as ``key`` says."""
    step: timedelta = (ends - starts) / len(names)
    rows = [
        {"code": f"s{n + 1}", key: name, "starts_at": (starts + step * n).isoformat(), "ends_at": (starts + step * (n + 1)).isoformat()}
        for n, name in enumerate(names)
    ]  # fmt: skip
    return [Session.from_plain(row) for row in rows]


def _with(content: Mapping[str, Any], arrangement: Arrangement, rows: Sequence[Session]) -> dict[str, Any]:
    if not rows:
        return dict(content)
    return {**content, "arrangement": arrangement, "sessions": [row.as_plain() for row in rows]}
