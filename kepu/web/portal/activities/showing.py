"""A published activity in words. Values only; no query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.activities.lines import Line
from kepu.activities.models import (
    Access,
    Activity,
    Arrangement,
    Mode,
    Publication,
    PublicationStatus,
    TakingPart,
)
from kepu.core.calendar import ONE_DAY, day_of, start_of_day
from kepu.orgs.workflow import Level
from kepu.web.portal.wording import day_words, full_day, hour, hours_of, hours_words, near, span_words


@dataclass(frozen=True, slots=True)
class Standing:
    """Where it stands: a state that has a tone, and the word for it."""

    state: str
    word: str


def standing(publication: Publication, at: datetime, line: Line | None = None) -> Standing | None:
    """What a reader must know before anything else; None for one that is to come as announced.

    A ``line`` of a list speaks of its own session's time.
    """
    status, timed = publication.status, line or publication
    if status == PublicationStatus.CANCELLED:
        return Standing("cancelled", _("已取消"))
    if publication.time_pending:
        return Standing("postponed", _("延期，时间待定"))
    if status == PublicationStatus.OVER or timed.ends_at <= at:
        return Standing("archived", _("已结束"))
    if timed.starts_at <= at:
        return Standing("published", _("正在进行"))
    if status == PublicationStatus.POSTPONED:
        return Standing("postponed", _("延期到此时"))
    if status == PublicationStatus.CHANGED:
        return Standing("changed", _("信息有变更"))
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    publication: Publication
    starts_at: datetime
    time: str
    more: str  # what the hours alone do not say: that it lasts for days
    away: str  # how far it is, where that was asked
    standing: Standing | None
    off: bool
    card: str = ""  # HTML drawn beforehand, where there is some

    @property
    def mode(self) -> str:
        """线上, 线上线下; "" for what is simply held somewhere."""
        mode = self.publication.mode
        return "" if mode == Mode.OFFLINE else str(Mode(mode).label)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one day."""

    day: date
    key: str  # one of its own on the page
    name: str
    near: str
    rows: list[Row]


def groups(
    lines: Iterable[Line], *, at: datetime, since: date | None = None, of: str = "", by_day: bool = True
) -> list[Group]:
    """Lines by the day on which each begins; what began before ``since`` stands under that day.

    ``of`` names the list where a page has several. Lines that are not in the order of days make one group, each with its
    day.
    """
    today = day_of(at)
    if not by_day:
        rows = [row_of(line, day_of(line.starts_at), at, with_day=True) for line in lines]
        return [Group(today, of or "all", "", "", rows)] if rows else []

    def shown_under(line: Line) -> date:
        begins = day_of(line.starts_at)
        return max(begins, since) if since else begins

    return [
        Group(
            day,
            f"{of}{day}",
            (day_words if day.year == today.year else full_day)(day),
            near(day, today),
            [row_of(line, day, at) for line in found],
        )
        for day, found in groupby(lines, key=shown_under)
    ]


def row_of(line: Line, day: date, at: datetime, *, with_day: bool = False) -> Row:
    """A line under a day; ``with_day`` says the day in it. What the line says also is its card."""
    publication = line.publication
    hours = hours_of(line.starts_at, line.ends_at)
    first, last = hours.first, hours.last
    time, more = hours_words(line.starts_at, line.ends_at), ""
    if publication.time_pending:
        time, more = _("待定"), _("原定%(time)s") % {"time": hour(line.starts_at)}
    elif line.sessions > 1:
        more = _("当天共%(n)s场") % {"n": line.sessions}
    elif first == day != last:
        time, more = hours.opening, _("到%(day)s") % {"day": day_words(last, weekday=False)}
    elif first != last:
        time = _("%(day)s起") % {"day": day_words(first, weekday=False)}
        more = _("到%(day)s") % {"day": day_words(last, weekday=False)}
    if with_day and not publication.time_pending:
        time, more = day_words(first), more or time
    return Row(
        publication, line.starts_at, time, more, away_words(line.metres), standing(publication, at, line),
        publication.status == PublicationStatus.CANCELLED, line.also or "",
    )  # fmt: skip


def away_words(metres: float | None) -> str:
    """300米, 1.2公里, 35公里; "" where nobody asked."""
    if metres is None:
        return ""
    if metres < 950:
        return _("%(n)s米") % {"n": max(100, round(metres / 100) * 100)}
    return _("%(n)s公里") % {"n": f"{metres / 1000:.1f}" if metres < 9_950 else f"{metres / 1000:.0f}"}


@dataclass(frozen=True, slots=True)
class Alert:
    """The first line of a page whose activity is not as it was announced."""

    tone: str
    title: str
    text: str


def alert(publication: Publication, at: datetime) -> Alert | None:
    """What changed, and why."""
    said, day = publication.status_words, day_words(day_of(publication.updated_at), weekday=False)
    if publication.status == PublicationStatus.CANCELLED:
        return Alert("error", _("活动已取消"), said)
    if publication.time_pending:
        return Alert("warning", _("活动延期，新的时间待定"), said)
    if publication.status == PublicationStatus.POSTPONED:
        when = span_words(publication.starts_at, publication.ends_at)
        return Alert("warning", _("活动延期到%(when)s") % {"when": when}, said)
    if publication.status == PublicationStatus.CHANGED and publication.ends_at > at:
        return Alert(
            "warning",
            _("活动信息有变更"),
            _("举办单位%(day)s更新了信息，请以现在的内容为准。") % {"day": day},
        )
    return None


@dataclass(frozen=True, slots=True)
class Label:
    """A word from one of the lists; ``url`` leads to others of its kind."""

    word: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One of several sessions in words."""

    title: str
    when: str
    where: str
    note: str
    ends_at: datetime | None
    off: bool
    words: str  # why it is off, or what changed


@dataclass(frozen=True, slots=True)
class Told:
    """One activity as its page tells it, at whatever time it is read; what differs then is in :mod:`live`."""

    title: str
    summary: str
    when: str
    sessions: list[Session]
    arrangement: str
    where: str
    venue: str
    address: str
    mode: str
    online_link: str
    online_host: str
    taking: str
    booking_link: str
    booking_host: str
    booking_note: str
    capacity: int | None
    full: bool
    access: list[str]
    access_note: str
    participants: int | None
    audiences: list[str]
    hosts: list[str]
    undertakers: list[str]
    supporters: list[str]
    theme: str
    subtheme: str
    level: str
    labels: list[tuple[str, list[str]]]
    off: bool


def told(publication: Publication, *, names: dict[str, str]) -> Told:
    """The whole copy in words. ``names`` gives each list its title."""
    content: dict[str, Any] = publication.content
    off = publication.status == PublicationStatus.CANCELLED
    link = "" if off else content.get("online_link") or ""
    book_at = "" if off else content.get("booking_link") or ""
    words = {
        name: [entry["label"] for entry in entries]
        for name, entries in content.get("labels", {}).items()
        if entries
    }
    return Told(
        title=publication.title, summary=content.get("summary") or "",
        when=_("时间待定") if publication.time_pending else span_words(publication.starts_at, publication.ends_at, year=True),
        sessions=[_session(one, content) for one in content.get("sessions") or ()],
        arrangement=_arrangement(content), where=content.get("place") or "", venue=content.get("venue") or "", address=content.get("address") or "",
        mode=str(Mode(publication.mode).label), online_link=link, online_host=urlsplit(link).hostname or "",
        taking=_taking(content), booking_link=book_at, booking_host=urlsplit(book_at).hostname or "",
        booking_note=content.get("booking_note") or "", capacity=content.get("capacity"), full=publication.is_full,
        access=[str(Access(code).label) for code in content.get("accessibility") or () if code in Access.values],
        access_note=content.get("accessibility_note") or "", participants=content.get("participants_expected"), audiences=words.pop("audiences", []),
        hosts=content.get("co_hosts") or [], undertakers=content.get("undertakers") or [],
        supporters=content.get("supporters") or [], theme=content.get("theme") or "",
        subtheme=content.get("subtheme") or "", level=_level(content.get("activity_level")),
        labels=[(names[name], found) for name, found in words.items() if name in names], off=off,
    )  # fmt: skip


def _session(one: Mapping[str, Any], content: Mapping[str, Any]) -> Session:
    """A session as the copy has it; where it is held is said only where that is not the activity's own place."""
    starts, ends = (parse_datetime(one[key]) if one.get(key) else None for key in ("starts_at", "ends_at"))
    place = one.get("place") or ""
    parts = (place if place != content.get("place") else "", one.get("venue") or "", one.get("address") or "")
    return Session(
        title=one.get("title") or "", when=span_words(starts, ends) if starts and ends else _("时间待定"),
        where=" ".join(part for part in parts if part), note=one.get("note") or "",
        ends_at=ends, off=one.get("status") == "cancelled", words=one.get("words") or "",
    )  # fmt: skip


def _taking(content: Mapping[str, Any]) -> str:
    """直接来，不用预约; "" where its host has not said."""
    code = content.get("taking_part")
    return str(TakingPart(code).label) if code in TakingPart.values else ""


def _arrangement(content: Mapping[str, Any]) -> str:
    """巡回（多站），共5场; "" for what is held once."""
    code, n = content.get("arrangement"), len(content.get("sessions") or ())
    if code not in Arrangement.values or code == Arrangement.ONCE or not n:
        return ""
    return _("%(how)s，共%(n)s场") % {"how": Arrangement(code).label, "n": n}


def countdown(publication: Publication, at: datetime) -> str:
    """还有9天, 明天, 今天; "" once it has begun, and for what will not be held or not then."""
    if publication.starts_at <= at or publication.time_pending:
        return ""
    if publication.status in (PublicationStatus.OVER, PublicationStatus.CANCELLED):
        return ""
    day, today = day_of(publication.starts_at), day_of(at)
    left = (day - today).days
    return near(day, today) or ngettext("还有%(n)s天", "还有%(n)s天", left) % {"n": left}


def online_state(publication: Publication, at: datetime, *, failing: datetime | None = None) -> str:
    """What to expect behind the link now; ``failing`` says since when it does not open."""
    if failing is not None and publication.ends_at > at:
        return _("链接暂时打不开，已告诉举办单位。")
    if publication.time_pending:
        return _("新的时间定下来以后再打开。")
    if publication.ends_at <= at:
        return _("已经结束，有的链接可以回看。")
    if publication.starts_at <= at:
        return _("正在进行，现在就可以打开。")
    return _("%(when)s开始，到时打开。") % {
        "when": f"{day_words(day_of(publication.starts_at))} {hour(publication.starts_at)}"
    }


def changed_at(publication: Publication, at: datetime, ends: Iterable[datetime] = ()) -> datetime:
    """The last instant at which the page began to say something else: by an act, or because time went on.

    ``ends`` are those of its sessions.
    """
    turns = [
        publication.updated_at,
        publication.starts_at,
        publication.ends_at,
        start_of_day(day_of(at)),
        *ends,
    ]
    return max(turn for turn in turns if turn <= at)


def changes_at(publication: Publication, at: datetime, ends: Iterable[datetime] = ()) -> datetime:
    """The next instant at which it will say something else by itself; never later than the next midnight."""
    turns = [publication.starts_at, publication.ends_at, start_of_day(day_of(at) + ONE_DAY), *ends]
    return min(turn for turn in turns if turn > at)


def sources(publication: Publication, behind: Activity) -> list[str]:
    """Who filed and who reviewed it, and when it went before the public."""
    published, updated = day_of(publication.published_at), day_of(publication.updated_at)
    said = [_("%(who)s填报") % {"who": publication.host_name}]
    if behind.responsible_unit:
        said.append(_("%(who)s归口") % {"who": behind.responsible_unit.name})
    if behind.reviewing_unit and behind.reviewing_unit_id != behind.responsible_unit_id:
        said.append(_("%(who)s审核") % {"who": behind.reviewing_unit.name})
    said.append(_("%(day)s发布") % {"day": day_words(published, weekday=False)})
    if updated != published or publication.version > 1:
        said.append(_("%(day)s更新") % {"day": day_words(updated, weekday=False)})
    return said


def _level(code: str | None) -> str:
    return str(Level(code).label) if code in Level.values else ""


def description(publication: Publication, shown: Told) -> str:
    """The page in one or two sentences, for whoever passes it on."""
    parts: Sequence[str] = [shown.when, shown.where + shown.venue, shown.summary]
    return " · ".join(part for part in parts if part)[:160]
