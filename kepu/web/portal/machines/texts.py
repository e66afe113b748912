"""An activity in plain text, for whatever shows a few lines of it; and texts without what a file cannot hold."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.activities.models import Publication
from kepu.web.portal.activities import drawing, showing
from kepu.web.portal.activities.showing import Told

# what XML 1.0 has no place for, and half characters, which no encoding has
_ALLOWED = (
    (0x09, 0x0A),
    (0x0D, 0x0D),
    (0x20, 0x7E),
    (0x85, 0x85),
    (0xA0, 0xD7FF),
    (0xE000, 0xFDCF),
    (0xFDF0, 0xFFFD),
)


def plain(value: object) -> str:
    """A text that XML, JSON and any reader can hold: no control characters, no noncharacters, lines ended alike."""
    text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else "".join(c for c in text if _may_stand(ord(c)))


def told(publication: Publication) -> Told:
    """The activity in words, as its own page tells it. No query."""
    return showing.told(publication, names=drawing.list_names())


def lines_of(publication: Publication, shown: Told) -> list[str]:
    """When, where, by whom, and what; first of all what is not as it was announced."""
    where = " ".join(part for part in (shown.where, shown.venue, shown.address) if part)
    full = _("名额已满") if shown.full else ""
    how = [one for one in (full, shown.taking, shown.booking_note, shown.booking_link) if one]
    access = [one for one in (*shown.access, shown.access_note) if one]
    said = [
        publication.get_status_display() if publication.status_words or shown.off else "", publication.status_words,
        _("时间：%(when)s") % {"when": shown.when},
        _("地点：%(where)s") % {"where": where} if where else "",
        _("线上：%(link)s") % {"link": shown.online_link} if shown.online_link else "",
        _("参加：%(how)s") % {"how": _("，").join(how)} if how else "",
        _("无障碍：%(what)s") % {"what": _("、").join(access)} if access else "",
        _("举办单位：%(host)s") % {"host": _("、").join([publication.host_name, *shown.hosts])},
        shown.summary,
    ]  # fmt: skip
    return [plain(line) for line in said if line]


def _may_stand(code: int) -> bool:
    if code >= 0x10000:
        return code & 0xFFFE != 0xFFFE
    return any(first <= code <= last for first, last in _ALLOWED)
