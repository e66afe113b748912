"""What one activity counts for, and where. Pure: acts add the difference before and after, the recount adds it all."""

from __future__ import annotations

from kepu.activities.broadcasts import LISTED, is_broadcast
from kepu.activities.models import Activity
from kepu.activities.workflow import State
from kepu.core.tallies import Spot

# the columns that counting reads
COLUMNS = (
    "season_id", "unit_id", "place_path", "line_path", "state", "mode", "key_confirmed", "participants_actual",
    "online_actual", "filed_at", "approved_at", "published_at", "held_at", "completed_at", "summarised_at",
    "same_as_id", *LISTED,
)  # fmt: skip

# measures that no page of the public shows
IN_HOUSE = frozenset({"activity.filed", "activity.approved"})


def spot_of(activity: Activity) -> Spot:
    """An activity counts once: for its host, where the host is."""
    return Spot(activity.season_id, activity.unit_id, activity.place_path, activity.line_path)


def counted(activity: Activity) -> dict[str, int]:
    """Every measure the activity counts for; those that come to nothing are left out.

    One that is the same as another counts there, and nothing here.

    ``filed``: handed in and not withdrawn. ``approved``: passed its review and was not withdrawn. ``published``,
    ``key``, ``online`` and ``broadcast``: announced and not cancelled. ``held``, ``completed``, ``summarised``: that far at least.
    """
    if activity.filed_at is None or activity.state == State.WITHDRAWN or activity.same_as_id is not None:
        return {}
    public = activity.published_at is not None and activity.state != State.CANCELLED
    held = activity.held_at is not None
    measures = {
        "activity.filed": 1,
        "activity.approved": int(activity.approved_at is not None),
        "activity.published": int(public),
        "activity.key": int(public and activity.key_confirmed),
        "activity.online": int(public and activity.is_online),
        "activity.broadcast": int(public and is_broadcast(activity)),
        "activity.cancelled": int(activity.state == State.CANCELLED),
        "activity.held": int(held),
        "activity.completed": int(activity.completed_at is not None),
        "activity.summarised": int(activity.summarised_at is not None),
        "participants.actual": (activity.participants_actual or 0) if held else 0,
        "participants.online": (activity.online_actual or 0) if held else 0,
    }
    return {measure: n for measure, n in measures.items() if n}
