"""The report of a season: what happened, who was in time, which quotas were met, and whether the books are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kepu.activities.models import Activity, Decision, ReviewNote
from kepu.core import audit, tallies
from kepu.notices.models import Season
from kepu.orgs.actor import SYSTEM
from kepu.oversight.progress import AreaFigures, DutyProgress, area_figures, duties_progress
from kepu.oversight.quotas import QuotaRow, Standing, quota_board
from kepu.returns.models import Return


@dataclass(frozen=True, slots=True)
class DutyOutcome:
    """What was handed in under one clause, in time and late."""

    duty: str
    title: str
    notice: str
    clause: str
    cite: str
    on_time: int
    late: int
    accepted: int


@dataclass(frozen=True, slots=True)
class QuotaOutcome:
    """How many units met one clause's quota, fell short of it, or cannot be counted."""

    key: str
    title: str
    notice: str
    clause: str
    cite: str
    sentence: str
    met: int
    short: int
    not_counted: int


@dataclass(frozen=True, slots=True)
class SeasonReport:
    """A season as of an instant. ``audit_breaks`` and ``tally_differences`` are empty when the books are right."""

    season: str
    as_of: datetime
    figures: AreaFigures
    sent_back: int  # activities that a reviewer sent back at least once
    summaries_in_time: int  # of activities
    summaries_late: int
    duties: tuple[DutyOutcome, ...]
    progress: tuple[DutyProgress, ...]
    quotas: tuple[QuotaOutcome, ...]
    audit_breaks: tuple[audit.Break, ...]
    tally_differences: tuple[tallies.Difference, ...]

    @property
    def books_are_right(self) -> bool:
        return not (self.audit_breaks or self.tally_differences)


def season_report(season: Season, *, at: datetime, verify: bool = True) -> SeasonReport:
    """The whole season as the system sees it. Walks every quota and, with ``verify``, the whole trace: for a command."""
    summarised = Activity.objects.filter(season=season, summarised_at__isnull=False)
    late = summarised.aggregate(late=Count("pk", filter=Q(summary_late=True)), every=Count("pk"))
    sent_back = ReviewNote.objects.filter(activity__season=season, decision=Decision.RETURNED)
    return SeasonReport(
        season.code, at,
        figures=area_figures("/", season, actor=SYSTEM, at=at),
        sent_back=sent_back.values("activity_id").distinct().count(),
        summaries_in_time=late["every"] - late["late"],
        summaries_late=late["late"],
        duties=tuple(_duty_outcomes(season)),
        progress=tuple(duties_progress("/", season, actor=SYSTEM, at=at)),
        quotas=tuple(_quota_outcomes(season, at)),
        audit_breaks=tuple(audit.verify()) if verify else (),
        tally_differences=tuple(tallies.verify()) if verify else (),
    )  # fmt: skip


def _duty_outcomes(season: Season) -> Iterator[DutyOutcome]:
    """From the returns themselves: each keeps the clause it was handed in under. One query."""
    same = ("duty", "title", "notice_code", "clause_code", "cite")
    rows = Return.objects.filter(season=season).handed().values(*same)
    counted = rows.annotate(
        on_time=Count("pk", filter=Q(late=False)), was_late=Count("pk", filter=Q(late=True)),
        taken=Count("pk", filter=Q(accepted_at__isnull=False)),
    )  # fmt: skip
    for row in counted.order_by(*same):
        yield DutyOutcome(
            row["duty"], row["title"], row["notice_code"], row["clause_code"], row["cite"], row["on_time"],
            row["was_late"], row["taken"],
        )  # fmt: skip


def _quota_outcomes(season: Season, at: datetime) -> Iterator[QuotaOutcome]:
    standings: dict[tuple[str, str, str], Counter[Standing]] = {}
    examples: dict[tuple[str, str, str], QuotaRow] = {}
    for row in _every_quota(season, at):
        clause = row.rule.clause
        one = (clause.notice.code, clause.code, row.key)
        standings.setdefault(one, Counter())[row.standing] += 1
        examples[one] = row
    for (notice, code, key), counts in sorted(standings.items()):
        example = examples[notice, code, key]
        yield QuotaOutcome(
            key, example.title, notice, code, example.cite, example.sentence, counts[Standing.MET],
            counts[Standing.SHORT], counts[Standing.NOT_COUNTED],
        )  # fmt: skip


def _every_quota(season: Season, at: datetime) -> Iterator[QuotaRow]:
    cursor, more = "", True
    while more:
        board = quota_board("/", season, actor=SYSTEM, at=at, cursor=cursor, size=500)
        yield from board.rows
        cursor, more = board.next, bool(board.next)
