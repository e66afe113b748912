"""What the page of one activity says differently from one instant to another: few words, put into what was drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kepu.activities.models import Publication, PublicationStatus
from kepu.web.portal.activities import finding, showing
from kepu.web.portal.activities.cards import standing_html
from kepu.web.portal.addresses import path_of
from kepu.web.portal.shell import fill, slot
from kepu.web.shared.icons import icon


@dataclass(frozen=True, slots=True)
class Live:
    """HTML for each of these places of the page."""

    alert: str
    standing: str
    countdown: str
    online_state: str
    calendar: str
    booking: str  # in the link by which one books: nobody books what is over


_NAMES = tuple(Live.__dataclass_fields__)
PLACES = Live(**{name: slot(name) for name in _NAMES})  # open, to be filled at each reading


def live_at(
    publication: Publication, at: datetime, *, alert: bool = True, failing: datetime | None = None
) -> Live:
    """The places as they are filled at an instant; ``failing`` says since when its link does not open. One query where it
    is cancelled, else none.

    It reads only columns of the publication, not its content.
    """
    said = showing.alert(publication, at) if alert else None
    off = publication.status == PublicationStatus.CANCELLED
    ahead = not off and not publication.time_pending and publication.ends_at > at
    shown: dict[str, Any] = {
        "alert": said,
        "instead": finding.instead_of(publication),
        "activity": publication,
    }
    return Live(
        alert=render_to_string("portal/activities/_alert.html", shown) if said else SafeString(""),
        standing=mark_safe(standing_html(showing.standing(publication, at) if alert else None)),
        countdown=mark_safe(escape(showing.countdown(publication, at))),
        online_state=mark_safe(escape(showing.online_state(publication, at, failing=failing))),
        calendar=_calendar(publication.pk) if ahead else SafeString(""),
        booking=SafeString("" if ahead or publication.time_pending else " hidden"),
    )


def _calendar(pk: int) -> SafeString:
    """The way to put it into one's own calendar."""
    words = escape(_("加到我的日历"))
    link = f'<a class="button button-plain" href="{path_of("portal:activity-calendar", pk)}">{icon("calendar")}{words}</a>'
    return mark_safe(f'<p class="row not-printed">{link}</p>')


@dataclass(frozen=True, slots=True)
class Over:
    """What a session says once it is over: on its line, and in words."""

    mark: str
    ended: str


def open_sessions(sessions: Iterable[showing.Session]) -> list[dict[str, Any]]:
    """Sessions for the template, each with its places open."""
    return [_with(one, Over(slot(f"mark_{n}"), slot(f"ended_{n}"))) for n, one in enumerate(sessions)]


def sessions_at(sessions: Iterable[showing.Session], at: datetime) -> list[dict[str, Any]]:
    """Sessions for the template as they are at an instant."""
    return [_with(one, _over(one.ends_at, at)) for one in sessions]


def filled(
    parts: Mapping[str, str], live: Live, ends: Iterable[datetime | None], at: datetime, lists: Mapping[str, str]
) -> dict[str, str]:  # fmt: skip
    """The parts of the page as they were drawn, with their places filled; ``lists`` are what stands beside it."""
    values: dict[str, str] = {name: getattr(live, name) for name in _NAMES} | dict(lists)
    for n, ends_at in enumerate(ends):
        over = _over(ends_at, at)
        values |= {f"mark_{n}": over.mark, f"ended_{n}": over.ended}
    return {name: fill(part, values) for name, part in parts.items()}


def _over(ends_at: datetime | None, at: datetime) -> Over:
    if ends_at is None or ends_at > at:
        return Over(SafeString(""), SafeString(""))
    said = escape(_("已结束"))
    return Over(mark_safe(" data-over"), mark_safe(f'<span class="soft small">{said}</span>'))


def _with(session: showing.Session, over: Over) -> dict[str, Any]:
    return {
        "title": session.title, "when": session.when, "where": session.where, "note": session.note, "off": session.off,
        "words": session.words, "mark": over.mark, "ended": over.ended,
    }  # fmt: skip
