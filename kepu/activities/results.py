"""What came of an activity as the public reads it: only what the host has chosen, and nothing that leads to a person. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kepu.activities.models import Activity, Mode, Result
from kepu.activities.records import PICTURES, is_address
from kepu.core import contacts

Plain = dict[str, Any]
LABEL = "results:1"  # by which lists find those that have some


def results_of(activity: Activity, *, before: Mapping[str, Any], at: datetime) -> Plain:
    """What its copy says under ``results``; empty where nothing was chosen or there is nothing of it.

    ``before`` is what the copy said so far: a number that stays keeps the instant as of which it was told.
    """
    return dict(_chosen(activity, before, at))


def _chosen(activity: Activity, before: Mapping[str, Any], at: datetime) -> Iterator[tuple[str, Any]]:
    shown = set(activity.shown_results)
    if Result.PARTICIPANTS in shown and activity.participants_actual is not None:
        numbers = _numbers(activity)
        known = before.get("participants", {})
        same = numbers.items() <= known.items()
        yield "participants", {**numbers, "as_of": known["as_of"] if same else at.isoformat()}
    if Result.RESULTS in shown and activity.results:
        yield "results", contacts.without(activity.results)
    if Result.MEDIA_LINKS in shown and activity.media_links:
        yield "media_links", list(activity.media_links)
    if Result.MATERIALS in shown and (
        found := [one for one in activity.materials if _may_show(activity, one)]
    ):
        yield "materials", [{**one, "note": contacts.without(one.get("note", ""))} for one in found]


def _numbers(activity: Activity) -> Plain:
    """Who came on site and who took part from afar; the two are never added up."""
    total, online = activity.participants_actual or 0, activity.online_actual
    if activity.mode == Mode.ONLINE:
        on_site, online = None, total
    else:
        on_site = total - (online or 0)
        online = None if activity.mode == Mode.OFFLINE and not online else online
    return {"on_site": on_site, "online": online, "note": contacts.without(activity.participants_note)}


def _may_show(activity: Activity, material: Mapping[str, Any]) -> bool:
    """Whether anybody can open it, and somebody has spoken for the children in it."""
    declared = bool(activity.minors) or material.get("kind") not in PICTURES
    return declared and is_address(material.get("place", ""))


def without_people(results: Mapping[str, Any]) -> Plain:
    """What stays after the season: neither pictures and videos nor what was written of them."""
    kept = dict(results)
    left = [one for one in kept.pop("materials", ()) if one.get("kind") not in PICTURES]
    return {**kept, "materials": left} if left else kept
