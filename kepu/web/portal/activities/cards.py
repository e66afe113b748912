"""An activity in a list as HTML: its card, drawn once, and around it what differs from list to list and from hour to hour."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kepu.activities.models import Mode, Publication
from kepu.web.portal.activities.showing import Group, Row, Standing
from kepu.web.portal.shell import slot
from kepu.web.shared.tones import tone_of

_STANDING, _AWAY = slot("standing"), slot("away")


def card_of(publication: Publication) -> str:
    """The card with its places open. No query."""
    mode = "" if publication.mode == Mode.OFFLINE else str(Mode(publication.mode).label)
    context = {"publication": publication, "mode": mode, "standing": _STANDING, "away": _AWAY}
    return render_to_string("portal/activities/_card.html", context)


def group_html(group: Group, level: str = "h2", bare: bool = False) -> SafeString:
    """The activities of one day under its name; ``bare`` leaves out today or tomorrow beside it."""
    head, named = "", ""
    if group.name:
        key = escape(group.key)
        near = f' <span class="day-near">{escape(group.near)}</span>' if group.near and not bare else ""
        named = f' aria-labelledby="day-{key}"'
        head = (
            f'<{level} class="day-name" id="day-{key}"><time datetime="{group.day.isoformat()}">{escape(group.name)}</time>'
            f"{near}</{level}>"
        )
    rows = "".join([_row(row) for row in group.rows])
    return mark_safe(f'<section class="day"{named}>{head}<ul role="list">{rows}</ul></section>')


def _row(row: Row) -> str:
    card = (row.card or card_of(row.publication)).replace(_STANDING, standing_html(row.standing))
    card = card.replace(_AWAY, f" · {escape(row.away)}" if row.away else "")
    more = f"<span>{escape(row.more)}</span>" if row.more else ""
    off = " data-off" if row.off else ""
    return (
        f'<li class="event"{off}><p class="event-time"><time datetime="{row.starts_at.isoformat()}">{escape(row.time)}</time>'
        f'{more}</p><div class="event-what">{card}</div></li>'
    )


def standing_html(standing: Standing | None) -> str:
    """The badge that says where it stands; nothing for one that is to come as announced."""
    return _badge(standing.state, standing.word, get_language() or "") if standing else ""


@lru_cache(maxsize=200)
def _badge(state: str, word: str, _language: str) -> str:
    context = {"state": state, "label": word, "tone": tone_of(state)}
    return render_to_string("components/state-badge.html", context).strip()
