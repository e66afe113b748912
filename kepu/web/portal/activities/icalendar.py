"""One activity as an iCalendar file (RFC 5545), to be put into a reader's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

from kepu.activities.models import Publication, PublicationStatus
from kepu.web.portal.activities.showing import Told

LONGEST_LINE = 75  # octets, without the line end


def calendar_of(publication: Publication, shown: Told, *, url: str) -> str:
    """A calendar with the one event. Its time must be known."""
    where = " ".join(part for part in (shown.where, shown.venue, shown.address) if part)
    status = "CANCELLED" if publication.status == PublicationStatus.CANCELLED else "CONFIRMED"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kepu//Science Day//ZH", "CALSCALE:GREGORIAN", "BEGIN:VEVENT",
        f"UID:activity-{publication.pk}@{urlsplit(url).hostname or 'kepu'}",
        f"DTSTAMP:{_utc(publication.updated_at)}", f"LAST-MODIFIED:{_utc(publication.updated_at)}",
        f"SEQUENCE:{publication.version + int(status == 'CANCELLED')}", f"STATUS:{status}",
        f"DTSTART:{_utc(publication.starts_at)}", f"DTEND:{_utc(publication.ends_at)}",
        f"SUMMARY:{_text(publication.title)}",
        f"LOCATION:{_text(where or shown.online_link)}" if where or shown.online_link else "",
        f"DESCRIPTION:{_text(_description(publication, shown))}", f"URL:{url}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded(line)}\r\n" for line in lines if line)


def folded(line: str) -> str:
    """A long line in pieces of at most 75 octets, never through a character; each further piece begins with a blank."""
    pieces, piece, room = [], "", LONGEST_LINE
    for character in line:
        width = len(character.encode())
        if width > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + character, room - width
    return "\r\n ".join([*pieces, piece])


def _description(publication: Publication, shown: Told) -> str:
    parts = [publication.status_words, publication.host_name, shown.summary, shown.online_link]
    return "\n".join(part for part in parts if part)


def _text(value: str) -> str:
    """A value of type TEXT; other control characters have no place in one."""
    plain = "".join(c for c in value.replace("\r\n", "\n").replace("\r", "\n") if c == "\n" or ord(c) >= 32)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
