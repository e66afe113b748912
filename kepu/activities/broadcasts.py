"""Which activities are live broadcasts (直播), as "one province, one product, one broadcast" counts them. Pure.

A broadcast is an activity that can be joined online and whose host chose “直播” among what the notices list: as one of the
online means (a topic), as a form, or as the series it belongs to. The code is the notices' own.
"""

from __future__ import annotations

from kepu.activities.models import Activity
from kepu.notices.inheritance import Rules

LIVE = "live"
LISTED = ("topics", "formats", "tracks")  # the columns in which it can be chosen


def is_broadcast(activity: Activity) -> bool:
    return activity.is_online and any(LIVE in getattr(activity, name) for name in LISTED)


def can_be_chosen(rules: Rules) -> bool:
    """Whether the notices in force let a host say that something is a broadcast. Where not, none can be counted."""
    return LIVE in rules.labels("list") or LIVE in rules.labels("track")
