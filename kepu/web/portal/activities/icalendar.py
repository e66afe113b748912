"""One activity as an iCalendar file, to be put into a reader's own calendar: an event for each of its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime
from icalendar import Event

from kepu.activities.models import Publication, PublicationStatus
from kepu.web.portal.activities.showing import Told
from kepu.web.shared import ical


def calendar_of(publication: Publication, shown: Told, *, url: str) -> bytes:
    """A calendar with the one event, or with one for each session. Its time must be known."""
    calendar = ical.new_calendar()
    for event in events_of(publication, shown, url=url):
        calendar.add_component(event)
    return ical.written(calendar)


def events_of(publication: Publication, shown: Told, *, url: str) -> Iterator[Event]:
    """The event of each session, or the one of the whole activity."""
    sessions: list[dict[str, Any]] = publication.content.get("sessions") or [{}]
    for one in sessions:
        if event := _event(publication, shown, one, url=url):
            yield event


def _event(publication: Publication, shown: Told, session: Mapping[str, Any], *, url: str) -> Event | None:
    """The event of a session, or of the whole activity where it has none."""
    starts, ends = publication.starts_at, publication.ends_at
    if session:
        starts, ends = (parse_datetime(session[key] or "") for key in ("starts_at", "ends_at"))  # type: ignore[assignment]
        if starts is None or ends is None:
            return None
    cancelled = publication.status == PublicationStatus.CANCELLED or session.get("status") == "cancelled"
    changed = publication.updated_at.astimezone(UTC)
    code = f"-{session['code']}" if session else ""
    event = Event()
    event.add("uid", f"activity-{publication.pk}{code}@{urlsplit(url).hostname or 'kepu'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", publication.version + int(cancelled))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", starts.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    title = " ".join(part for part in (publication.title, session.get("title")) if part)
    event.add("summary", ical.plain(title))
    own = (session.get("place"), session.get("venue"), session.get("address")) if session else ()
    usual = (shown.where, shown.venue, shown.address)
    where = " ".join(part for part in (own if any(own[1:]) else usual) if part) or shown.online_link
    if where:
        event.add("location", ical.plain(where))
    event.add("description", ical.plain(_description(publication, shown)))
    event.add("url", url)
    return event


def _description(publication: Publication, shown: Told) -> str:
    parts = [publication.status_words, publication.host_name, shown.summary, shown.online_link]
    return "\n".join(part for part in parts if part)
