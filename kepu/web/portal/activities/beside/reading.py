"""What stands beside an activity, as it is at the instant of reading: HTML for two places of its page. One query.

What was kept is shown where the copies are still those that were kept. A copy that has changed since is read anew: one that
was cancelled or put off without a new time is left out, and what both are about is no longer told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.core.calendar import CHINA, day_of
from kepu.core.db import among, rows_of
from kepu.web.portal.activities.beside.neighbour import COLUMNS, Neighbour, neighbour_of
from kepu.web.portal.activities.beside.storing import SHOWN_ALIKE, SHOWN_OF_HOST
from kepu.web.portal.addresses import path_of
from kepu.web.portal.wording import day_words, hour
from kepu.web.shared.icons import icon

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_OFF = (PublicationStatus.CANCELLED, PublicationStatus.OVER)
_TABLE = Publication._meta.db_table
REMEMBERED = 5000  # lines that a process need not draw again: a few hundred bytes each


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML for the two places, since when it says so and until when, and whom it speaks of."""

    of_host: str = ""
    alike: str = ""
    since: datetime = _EVER
    until: datetime | None = None
    pks: tuple[int, ...] = ()


def beside(publication: Publication, kept: str | None, *, at: datetime) -> Shown:
    """What is shown of what was kept; nothing where nobody has looked yet. One query, one more where a copy has changed;
    none where nothing was kept.
    """
    if kept is None:
        return Shown()
    of_host, alike, found_at = json.loads(kept)
    now = int(at.timestamp())
    known = [[Neighbour._make(one) for one in some] for some in (of_host, alike)]
    changed, newest = _as_they_are([*known[0], *known[1]], now)
    here, there = ([changed.get(one.pk, one) for one in some] for some in known)
    host = sorted(_going(here, now), key=lambda one: (one.next_at, one.pk))[:SHOWN_OF_HOST]
    like = _going(there, now)[:SHOWN_ALIKE]
    language = get_language() or ""
    running = _("正在进行") if any(one.next_at <= now for one in (*host, *like)) else ""
    all_turns = [turn for one in (*here, *there) if one for turn in (one.next_at, one.ends_at)]
    turns = [turn for turn in all_turns if turn <= now]
    return Shown(
        _list(_line(language, one.pk, one.title, one.place, "", one.mode, _when(one, now), running) for one in host)
        or _nothing(_("这个单位接下来没有别的活动。")),
        _list(
            _line(language, one.pk, one.title, one.host, _why(publication, one, language), one.mode, _when(one, now), running)
            for one in like
        )
        or _nothing(_("接下来没有相近的活动。")),
        datetime.fromtimestamp(min(now, max([found_at, newest, *turns])), UTC),
        min((datetime.fromtimestamp(turn, UTC) for turn in all_turns if turn > now), default=None),
        tuple(one.pk for one in (*host, *like)),
    )  # fmt: skip


def _as_they_are(kept: Collection[Neighbour], now: int) -> tuple[dict[int, Neighbour | None], int]:
    """Those that are not as they were kept, by the id: as they are, None for one to which nobody can go; and since when."""
    if not kept:
        return {}, 0
    where, pks = among("activity_id", [one.pk for one in kept])
    digests = dict(rows_of(f"SELECT activity_id, digest FROM {_TABLE} WHERE {where}", [pks]))
    changed: dict[int, Neighbour | None] = {
        one.pk: None for one in kept if not one.is_still(digests.get(one.pk, ""), now)
    }
    newest, was = 0, {one.pk: one for one in kept}
    if changed:
        rows = Publication.objects.filter(pk__in=list(changed)).order_by("pk")
        for *values, status, pending, updated in rows.values_list(
            *COLUMNS, "status", "time_pending", "updated_at"
        ):
            newest = max(newest, int(updated.timestamp()))
            before = was[values[0]]
            same = values[1].startswith(before.digest)
            if status not in _OFF and not pending:
                changed[values[0]] = neighbour_of(values, before.shared if same else {})
    return changed, newest


def _going(found: Sequence[Neighbour | None], now: int) -> list[Neighbour]:
    """Those to which one can still go."""
    return [one for one in found if one is not None and one.ends_at > now]


def _when(one: Neighbour, now: int) -> int:
    """When it begins; 0 while it is on."""
    return one.next_at if one.next_at > now else 0


def _why(publication: Publication, other: Neighbour, language: str) -> str:
    """Why another stands beside it: how near it is in day and place, and what both are about."""
    same_day = not publication.time_pending and day_of(publication.next_at) == day_of(
        datetime.fromtimestamp(other.next_at, UTC)
    )
    level = next(
        (name for name in ("town", "county", "city") if (code := getattr(publication, name)) and code == getattr(other, name)),
        "",
    )  # fmt: skip
    if publication.mode == other.mode == Mode.ONLINE:
        level = "online"
    return reason(language, level, same_day, *(other.shared.get(name, "") for name in _SHARED))


_SHARED = ("formats", "fields", "tracks", "audiences")
_NEAR: Mapping[str, Callable[[bool], str]] = {
    "online": lambda same_day: _("同一天，也在线上") if same_day else _("也在线上"),
    "town": lambda same_day: _("同一天在同一个镇街") if same_day else _("在同一个镇街"),
    "county": lambda same_day: _("同一天在同一个区县") if same_day else _("在同一个区县"),
    "city": lambda same_day: _("同一天在同一个城市") if same_day else _("在同一个城市"),
    "": lambda same_day: _("同一天") if same_day else "",
}


@lru_cache(maxsize=REMEMBERED)
def reason(
    _language: str, level: str, same_day: bool, form: str, field: str, track: str, audience: str
) -> str:
    """The same in words; of what both are about the two most telling things."""
    about = [(_("也是%(what)s"), form), (_("也讲%(what)s"), field)]
    if not (form or field):
        about = [(_("都属于“%(what)s”"), track)] if track else [(_("也适合%(what)s"), audience)]
    said = [_NEAR[level](same_day), *(words % {"what": what} for words, what in about if what)]
    return _("，").join(part for part in said if part)


@lru_cache(maxsize=REMEMBERED)
def _line(
    _language: str, pk: int, title: str, beneath: str, why: str, mode: str, begins: int, running: str
) -> str:
    """One activity; ``begins`` is 0 for one that is on, which ``running`` says."""
    when = f"<strong>{escape(running)}</strong>"
    if begins:
        at = datetime.fromtimestamp(begins, CHINA)
        when = f'<time datetime="{at.isoformat()}">{escape(day_words(at.date()))} {escape(hour(at))}</time>'
    online = f" · {escape(str(Mode(mode).label))}" if mode != Mode.OFFLINE else ""
    because = f'<p class="small">{icon("check")}{escape(why)}</p>' if why else ""
    return (
        f'<li><p class="event-title"><a href="{path_of("portal:activity", pk)}">{escape(title)}</a></p>'
        f'<p class="small">{when}{online}</p><p class="small soft">{escape(beneath)}</p>{because}</li>'
    )


def _list(lines: Any) -> str:
    drawn = "".join(lines)
    return f'<ul class="neighbours" role="list">{drawn}</ul>' if drawn else ""


def _nothing(words: str) -> str:
    return f'<p class="soft">{escape(words)}</p>'
