"""An activity in the words of schema.org, for search engines and whoever gathers events."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from kepu.activities.models import OPEN_TO_ALL, Mode, Publication, PublicationStatus
from kepu.core.calendar import CHINA
from kepu.web.portal.activities.showing import Told

STATUS = {
    PublicationStatus.CANCELLED: "EventCancelled", PublicationStatus.POSTPONED: "EventRescheduled",
}  # fmt: skip
ATTENDANCE = {
    Mode.OFFLINE: "OfflineEventAttendanceMode", Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.MIXED: "MixedEventAttendanceMode",
}  # fmt: skip
# what would end the script element, or be read as markup
_ESCAPES = {">": "\\u003E", "<": "\\u003C", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def whole_address(path: str) -> str:
    """An address of ours with its host, as others must write it."""
    return settings.KEPU_PUBLIC_URL + path


def event(
    publication: Publication, shown: Told, *, path: str, pictures: Sequence[str] = ()
) -> dict[str, Any]:
    """The activity as a schema.org Event, with the addresses of its pictures."""
    status = (
        "EventPostponed" if publication.time_pending else STATUS.get(PublicationStatus(publication.status))
    )
    said: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Event", "name": publication.title, "url": whole_address(path),
        "eventStatus": f"https://schema.org/{status or 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[Mode(publication.mode)]}",
        "startDate": publication.starts_at.astimezone(CHINA).isoformat(),
        "endDate": publication.ends_at.astimezone(CHINA).isoformat(),
        "location": _location(publication, shown),
        "organizer": [{"@type": "Organization", "name": name} for name in (publication.host_name, *shown.hosts)],
        "inLanguage": "zh-CN",
    }  # fmt: skip
    said |= _places(publication, shown)
    if shown.summary:
        said["description"] = shown.summary[:1000]
    if pictures:
        said["image"] = [whole_address(picture) for picture in pictures]
    if sessions := publication.content.get("sessions"):
        said["subEvent"] = [
            _session(one, publication, said) for one in sessions if one["starts_at"] and one["ends_at"]
        ]
    return said


def _places(publication: Publication, shown: Told) -> dict[str, Any]:
    """How many may come, and whether any place is left. How many are left nobody counts, but none can be said."""
    said: dict[str, Any] = {}
    if shown.capacity:
        said["maximumAttendeeCapacity"] = shown.capacity
    if shown.full:
        said["remainingAttendeeCapacity"] = 0
    if shown.full or (not shown.off and publication.content.get("taking_part") in OPEN_TO_ALL):
        left = "SoldOut" if shown.full else "InStock"
        said["offers"] = {"@type": "Offer", "availability": f"https://schema.org/{left}"}
        if shown.booking_link:
            said["offers"]["url"] = shown.booking_link
    return said


def _session(one: dict[str, Any], publication: Publication, whole: dict[str, Any]) -> dict[str, Any]:
    """One of several sessions, with what differs from the whole."""
    said = {
        "@type": "Event", "name": one["title"] or publication.title, "startDate": one["starts_at"], "endDate": one["ends_at"],
        "eventStatus": "https://schema.org/EventCancelled" if one.get("status") == "cancelled" else whole["eventStatus"],
        "location": whole["location"],
    }  # fmt: skip
    if one["venue"] or one["address"] or one["place_id"]:
        said["location"] = {
            "@type": "Place", "name": one["venue"] or one["place"],
            "address": {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": one["place"] + one["address"]},
        }  # fmt: skip
    return said


def _location(publication: Publication, shown: Told) -> Any:
    place: dict[str, Any] = {
        "@type": "Place", "name": shown.venue or shown.where,
        "address": {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": shown.where + shown.address},
    }  # fmt: skip
    if shown.access:  # an Event has no word for it, its Place has
        place["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": name, "value": True} for name in shown.access
        ]
    virtual = {"@type": "VirtualLocation", "url": shown.online_link}
    found: list[dict[str, Any]] = [place] if publication.mode != Mode.ONLINE else []
    if shown.online_link:
        found.append(virtual)
    return found[0] if len(found) == 1 else found


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a script element."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, escaped in _ESCAPES.items():  # str.translate takes twenty times as long for Chinese
        text = text.replace(sign, escaped)
    return mark_safe(text)
