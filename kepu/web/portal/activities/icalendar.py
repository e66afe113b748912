"""One activity as an iCalendar file, to be put into a reader's own calendar."""

from __future__ import annotations

from datetime import UTC
from urllib.parse import urlsplit

from icalendar import Event

from kepu.activities.models import Publication, PublicationStatus
from kepu.web.portal.activities.showing import Told
from kepu.web.shared import ical


def calendar_of(publication: Publication, shown: Told, *, url: str) -> bytes:
    """A calendar with the one event. Its time must be known."""
    cancelled = publication.status == PublicationStatus.CANCELLED
    changed = publication.updated_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"activity-{publication.pk}@{urlsplit(url).hostname or 'kepu'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", publication.version + int(cancelled))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("dtstart", publication.starts_at.astimezone(UTC))
    event.add("dtend", publication.ends_at.astimezone(UTC))
    event.add("summary", ical.plain(publication.title))
    where = " ".join(part for part in (shown.where, shown.venue, shown.address) if part) or shown.online_link
    if where:
        event.add("location", ical.plain(where))
    event.add("description", ical.plain(_description(publication, shown)))
    event.add("url", url)
    calendar = ical.new_calendar()
    calendar.add_component(event)
    return ical.written(calendar)


def _description(publication: Publication, shown: Told) -> str:
    parts = [publication.status_words, publication.host_name, shown.summary, shown.online_link]
    return "\n".join(part for part in parts if part)
