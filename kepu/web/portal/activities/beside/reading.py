"""What stands beside an activity, as it is at the instant of reading: HTML for two places of its page. One query.

Numbers were kept; everything that is said is read of the copies as they now are. One that was cancelled, put off without a
new time or is over is left out, and a likeness is told only where it still holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.core.calendar import day_of
from kepu.core.db import rows_of
from kepu.web.portal.activities.beside.storing import SHOWN_ALIKE, SHOWN_OF_HOST
from kepu.web.portal.wording import day_words, hour
from kepu.web.shared.icons import icon

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_OFF = (PublicationStatus.CANCELLED, PublicationStatus.OVER)
_TABLE = Publication._meta.db_table


class Now(NamedTuple):
    """Another activity as it now is, by the columns that are read of it."""

    activity_id: int
    digest: str
    status: str
    time_pending: bool
    title: str
    host_name: str
    place_words: str
    mode: str
    next_at: datetime
    ends_at: datetime
    city: str
    county: str
    town: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML for the two places, and since when it says so."""

    of_host: str = ""
    alike: str = ""
    since: datetime = _EVER


def beside(publication: Publication, kept: str | None, *, at: datetime) -> Shown:
    """What is shown of what was kept; nothing where nobody has looked yet. One query, none where nothing was kept."""
    if kept is None:
        return Shown()
    of_host, alike, found_at = json.loads(kept)
    rows = _read([pk for pk, _digest, _shared in (*of_host, *alike)])
    here = sorted(_going(of_host, rows, at), key=lambda one: (one[0].next_at, one[0].activity_id))
    there = _going(alike, rows, at)
    turns = [
        turn for row in rows.values() for turn in (row.updated_at, row.next_at, row.ends_at) if turn <= at
    ]
    turns.append(datetime.fromtimestamp(found_at, UTC))
    return Shown(
        _list([_line(row, row.place_words, "", at) for row, _shared in here[:SHOWN_OF_HOST]])
        or _nothing(_("这个单位接下来没有别的活动。")),
        _list([_line(row, row.host_name, why(publication, row, shared), at) for row, shared in there[:SHOWN_ALIKE]])
        or _nothing(_("接下来没有相近的活动。")),
        min(at, max(turns)),
    )  # fmt: skip


def why(publication: Publication, other: Now, shared: Mapping[str, str]) -> str:
    """Why another stands beside it: how near it is in day and place, and what both are about."""
    same_day = not publication.time_pending and day_of(publication.next_at) == day_of(other.next_at)
    said = [_nearness(publication, other, same_day=same_day)]
    if "formats" in shared:
        said.append(_("也是%(what)s") % {"what": shared["formats"]})
    if "fields" in shared:
        said.append(_("也讲%(what)s") % {"what": shared["fields"]})
    if len(said) == 1 and "tracks" in shared:
        said.append(_("都属于“%(what)s”") % {"what": shared["tracks"]})
    if len(said) == 1 and "audiences" in shared:
        said.append(_("也适合%(what)s") % {"what": shared["audiences"]})
    return _("，").join(part for part in said if part)


def _nearness(publication: Publication, other: Now, *, same_day: bool) -> str:
    if publication.mode == other.mode == Mode.ONLINE:
        return _("同一天，也在线上") if same_day else _("也在线上")
    if publication.town and publication.town == other.town:
        return _("同一天在同一个镇街") if same_day else _("在同一个镇街")
    if publication.county and publication.county == other.county:
        return _("同一天在同一个区县") if same_day else _("在同一个区县")
    if publication.city and publication.city == other.city:
        return _("同一天在同一个城市") if same_day else _("在同一个城市")
    return _("同一天") if same_day else ""


def _read(pks: Sequence[int]) -> dict[int, Now]:
    if not pks:
        return {}
    marks = ", ".join(["%s"] * len(pks))
    sql = f"SELECT {', '.join(Now._fields)} FROM {_TABLE} WHERE activity_id IN ({marks})"
    return {row[0]: Now._make(map(_aware, row)) for row in rows_of(sql, pks)}


def _aware(value: Any) -> Any:
    """SQLite gives instants in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _going(
    kept: Sequence[tuple[int, str, dict[str, str]]], rows: Mapping[int, Now], at: datetime
) -> list[tuple[Now, Mapping[str, str]]]:
    """Those to which one can still go, with what they share as long as they are as they were found."""
    found = [(row, digest, shared) for pk, digest, shared in kept if (row := rows.get(pk))]
    return [
        (row, shared if row.digest.startswith(digest) else {})
        for row, digest, shared in found
        if row.status not in _OFF and not row.time_pending and row.ends_at > at
    ]


def _list(lines: Sequence[str]) -> str:
    return f'<ul class="neighbours" role="list">{"".join(lines)}</ul>' if lines else ""


def _nothing(words: str) -> str:
    return f'<p class="soft">{escape(words)}</p>'


def _line(row: Now, beneath: str, reason: str, at: datetime) -> str:
    when = _("正在进行") if row.next_at <= at else f"{day_words(day_of(row.next_at))} {hour(row.next_at)}"
    url = reverse("portal:activity", args=[row.activity_id])
    because = f'<p class="small">{icon("check")}{escape(reason)}</p>' if reason else ""
    return (
        f'<li><p class="event-title"><a href="{url}">{escape(row.title)}</a></p>'
        f'<p class="small"><time datetime="{row.next_at.isoformat()}">{escape(when)}</time>'
        f"{_online(row.mode)}</p>"
        f'<p class="small soft">{escape(beneath)}</p>{because}</li>'
    )


def _online(mode: str) -> str:
    """A word for what is not simply held somewhere."""
    return f" · {escape(str(Mode(mode).label))}" if mode != Mode.OFFLINE else ""
