"""What is online in words: each with its host and its state. Values only; no query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.activities.models import PublicationDay, PublicationStatus
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.inheritance import Rules
from kepu.web.portal.cloud.asking import Asked, address
from kepu.web.portal.season import Phase
from kepu.web.portal.wording import day_name, day_words, hour, hours_words, last_day, month_name, near

LISTS = ("list.online_means", "list.online_kinds")  # how and what is online, in the notices' own words
STRIP = 7  # days shown side by side
MOST = 100  # further than that a day is not counted


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    pk: int
    title: str
    host: str
    where: str
    starts_at: datetime
    time: str
    more: str  # on which day, or until when
    state: str  # what badges know it by
    word: str
    kinds: list[str]
    link: str  # "" where there is nothing to open yet
    site: str
    opens: str  # what the link is called
    broken: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day to choose, with how many are online on it; ``count`` is "" for none."""

    day: date
    weekday: str
    month: str
    url: str
    count: str
    current: bool
    today: bool
    past: bool


def rows(
    found: Iterable[PublicationDay],
    *,
    at: datetime,
    kinds: Mapping[str, str],
    failing: Iterable[int],
    dated: bool = False,
) -> list[Row]:
    """Lines; ``dated`` where a list goes over several days, ``failing`` are those whose link does not open."""
    broken = set(failing)
    return [_row(one, at, kinds, one.publication_id in broken, dated) for one in found]


def _row(one: PublicationDay, at: datetime, kinds: Mapping[str, str], broken: bool, dated: bool) -> Row:
    copy, ends = one.publication, one.ends_at or one.publication.ends_at
    begins_on, ends_on = day_of(one.starts_at), last_day(ends)
    if begins_on == ends_on:
        time = hours_words(one.starts_at, ends)
        more = " ".join(filter(None, (day_words(begins_on), near(begins_on, day_of(at))))) if dated else ""
    else:
        time = _("到%(day)s") % {"day": day_words(ends_on, weekday=False)}
        more = _("%(day)s %(hour)s起") % {
            "day": day_words(begins_on, weekday=False),
            "hour": hour(one.starts_at),
        }
    state, word, opens = _state(one, ends, at)
    link = str(getattr(one, "link", "") or "") if opens else ""
    site = _site(link)
    said = [label for code, label in kinds.items() if f":{code} " in copy.labels]
    return Row(
        copy.pk, copy.title, copy.host_name, copy.place_words, one.starts_at, time, more, state, word, said,
        link if site else "", site, opens, broken, copy.status in (PublicationStatus.CHANGED, PublicationStatus.POSTPONED),
    )  # fmt: skip


def _state(one: PublicationDay, ends: datetime, at: datetime) -> tuple[str, str, str]:
    """The state for a badge, its word, and what the link is called ("" while there is nothing to open)."""
    if ends <= at:
        return "archived", _("已结束，可以看看有没有回放"), _("打开回看")
    if one.starts_at <= at:
        return "published", _("正在进行"), _("现在打开")
    return "approved", _("还没开始"), ""


def _site(link: str) -> str:
    try:
        parts = urlsplit(link)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def kinds_of(rules: Rules) -> dict[str, str]:
    """Codes and words of the ways to be online that the notices in force list, in the reader's language."""
    english = (get_language() or "").startswith("en")
    found: dict[str, str] = {}
    for key in LISTS:
        rule = rules.get(key)
        listed: Any = rule.params if rule is not None else None
        for item in listed.items if listed is not None else ():
            found.setdefault(item.code, (english and item.label_en) or item.label)
    return found


def kind_choices(asked: Asked, kinds: Mapping[str, str]) -> list[Choice]:
    """The kinds as links; the current one leads back to all."""
    return [
        Choice(label, address(asked.but(kind="" if asked.kind == code else code)), asked.kind == code)
        for code, label in kinds.items()
    ]


def strip_days(phase: Phase, asked: Asked, *, at: datetime) -> list[date]:
    """Seven days to choose from: around the day asked for, else those of the main days around today."""
    today, week = day_of(at), timedelta(days=STRIP - 1)
    if asked.day:
        around = date.fromisoformat(asked.day)
    elif phase.name == "during":
        around = today
    else:
        around = phase.first if phase.name == "before" else phase.last
    first = around - 3 * ONE_DAY
    if phase.first <= around <= phase.last and phase.last - phase.first >= week:
        first = min(max(first, phase.first), phase.last - week)
    elif phase.first <= around <= phase.last:
        first = phase.first
    return [first + ONE_DAY * n for n in range(STRIP)]


def strip(days: Sequence[date], counts: Mapping[date, int], asked: Asked, *, at: datetime) -> list[StripDay]:
    today = day_of(at)
    return [
        StripDay(
            day, day_name(day), month_name(day), address(asked.but(day="" if asked.day == day.isoformat() else day.isoformat())),
            f"{MOST}+" if counts[day] >= MOST else str(counts[day] or ""),
            asked.day == day.isoformat(), day == today, day < today,
        )
        for day in days
    ]  # fmt: skip
