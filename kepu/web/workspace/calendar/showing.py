"""Entries of a calendar in words: what it is, when, how it stands, and by which clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.calendar import day_of
from kepu.oversight.agenda import Entry, Kind
from kepu.web.shared.sources import Source, source_of
from kepu.web.workspace.activities.showing import day as day_words
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.duties.views import shown as shown_duty

LABELS: dict[Kind, Any] = {
    Kind.DUTY: lazy("报送"), Kind.ACTIVITY: lazy("活动的报送"), Kind.WINDOW: lazy("时间段"),
    Kind.PROGRAMME: lazy("主要安排"), Kind.PUBLISHING: lazy("活动发布"),
}  # fmt: skip
ICONS = {
    Kind.DUTY: "hand-up", Kind.ACTIVITY: "file", Kind.WINDOW: "clock", Kind.PROGRAMME: "sun", Kind.PUBLISHING: "notice",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Badge:
    state: str  # as tones.py knows it
    label: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as pages show it."""

    entry: Entry
    title: str
    when: str
    url: str
    badges: tuple[Badge, ...]
    left: str
    pressing: bool
    source: Source | None

    @property
    def label(self) -> Any:
        return LABELS[self.entry.kind]

    @property
    def icon(self) -> str:
        return ICONS[self.entry.kind]

    def is_drawn_on(self, day: date, longest: int) -> bool:
        """Whether a day of the month shows it: every day of a short stretch, the first and the last of a long one."""
        span = self.entry.span
        if span is None:
            return False
        if self.entry.is_deadline:
            return day == span.last
        if (span.last - span.first).days < longest:
            return span.first <= day <= span.last
        return day in (span.first, span.last)


def title_of(entry: Entry) -> str:
    """What an entry is called, on a page and in other programs."""
    if entry.kind is Kind.DUTY:
        return _("报送：%(title)s") % {"title": entry.title}
    if entry.kind is Kind.ACTIVITY:
        return _("%(title)s：%(activity)s") % {"title": entry.title, "activity": entry.activity}
    if entry.kind is Kind.PUBLISHING:
        return _("活动可以发布了") if entry.edge == "start" else _("活动发布截止")
    if entry.edge:
        text = _("%(title)s开始") if entry.edge == "start" else _("%(title)s截止")
        return text % {"title": entry.title}
    return entry.title


def path_of(entry: Entry) -> str:
    """Where something is done about it, or read about it, in the workspace."""
    if entry.kind is Kind.DUTY:
        return reverse("workspace:duty", args=[entry.key])
    if entry.activity is not None:
        return reverse("workspace:activity", args=[entry.activity.pk])
    key = entry.rule.key if entry.rule else ""
    return f"{reverse('workspace:rules')}#rule-{key}"


def shown(entry: Entry, at: datetime) -> Shown:
    """An entry in words, as of an instant. No query."""
    source = source_of(entry.rule) if entry.rule is not None else None
    badges, left, pressing = _standing(entry, at)
    if source is None and entry.duty is not None and entry.duty.cite:
        source = Source(entry.duty.cite, "", "")
    return Shown(entry, title_of(entry), _when(entry), path_of(entry), badges, left, pressing, source)


def all_shown(entries: Iterable[Entry], at: datetime) -> list[Shown]:
    return [shown(entry, at) for entry in entries]


def _standing(entry: Entry, at: datetime) -> tuple[tuple[Badge, ...], str, bool]:
    badges: list[Badge] = []
    if entry.duty is not None:
        one = shown_duty(entry.duty)
        badges.append(Badge(one.badge, entry.duty.state.label))
        if entry.is_late and entry.is_done:
            badges.append(Badge("late", _("逾期")))
        return _with_status(entry, badges), one.left, one.pressing
    if entry.activity is not None:
        if entry.is_done:
            badges.append(
                Badge(
                    "late" if entry.is_late else "accepted", _("逾期交的") if entry.is_late else _("办完了")
                )
            )
        elif entry.is_late:
            badges.append(Badge("overdue", _("已过期限")))
        return _with_status(entry, badges), "", entry.is_late and not entry.is_done
    span, today = entry.span, day_of(at)
    if span is not None and not entry.edge:
        if span.last < today:
            badges.append(Badge("archived", _("已经过去")))
        elif span.first <= today:
            badges.append(Badge("published", _("正在进行") if span.first < span.last else _("就在今天")))
    return _with_status(entry, badges), "", False


def _with_status(entry: Entry, badges: list[Badge]) -> tuple[Badge, ...]:
    return (*badges, Badge("tentative", _("暂定"))) if entry.is_tentative else tuple(badges)


def _when(entry: Entry) -> str:
    """The date in words; as the notice writes it where it is pending."""
    span = entry.span
    if span is None:
        return entry.words or _("没有定日期")
    if entry.is_deadline:
        last = day_words(span.last) if span.all_day else moment(span.ends)
        return _("%(last)s截止") % {"last": last}
    if span.first == span.last:
        return day_words(span.first) if span.all_day else _hours(span.begins, span.ends)
    if span.all_day:
        return f"{day_words(span.first)}—{day_words(span.last)}"
    return f"{moment(span.begins)}—{moment(span.ends)}"


def _hours(begins: datetime, ends: datetime) -> str:
    return moment(begins) if begins == ends else f"{moment(begins)}—{localtime(ends):%H:%M}"
