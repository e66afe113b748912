"""Reads about seasons as a whole: which there are, when their week begins, and how the copying of one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from pydantic import ValidationError

from kepu.core.calendar import day_of
from kepu.core.models import OutboxRow, OutboxState
from kepu.notices.copying import WEEK, ShiftedNotice, shifted_notice
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.kinds.window import Window
from kepu.notices.models import Clause, Notice, NoticeStatus, Season, SeasonCopy
from kepu.notices.queries.notices import files_of
from kepu.orgs.models import Coordination, Unit

COPY = "season.copy"  # the outbox row that carries a copy on
PREVIEWED = 8


def seasons_listed() -> QuerySet[Season]:
    """Every season, the latest first."""
    return Season.objects.order_by("-year", "-first_day", "-pk")


def header_of(season: Season) -> SeasonHeader:
    """The season as a season file has it; its columns have been checked when it was opened."""
    names = ("code", "campaign", "year", "name", "first_day", "last_day")
    said = {name: getattr(season, name) for name in names}
    return SeasonHeader.model_construct(**said, name_en=season.name_en or None)


def first_day_of_week(season: Season) -> date:
    """The day a season counts from: the first of its concentrated week, as the widest notice that names one has it.

    A season whose notices are still drafts takes it from the one it was copied from; one without a week begins with
    its own first day. One query, three for a copy.
    """
    clauses = Clause.objects.filter(
        key=WEEK, notice__season=season, notice__withdrawn_at=None, notice__line=None
    )
    for params in clauses.order_by("notice__place__path", "notice_id", "position").values_list(
        "params", flat=True
    ):
        if day := _start_of(params):
            return day
    copy = SeasonCopy.objects.filter(season=season).select_related("source").first()
    if copy is not None:
        return first_day_of_week(copy.source) + timedelta(days=copy.days)
    return season.first_day


def _start_of(params: Any) -> date | None:
    try:
        window = Window.model_validate(params)
    except ValidationError:
        return None
    begins = window.begins()
    return None if begins is None else day_of(begins)


def to_be_copied(season: Season) -> QuerySet[Notice]:
    """The notices of a season that a copy takes: all but those withdrawn."""
    return (
        Notice.objects.filter(season=season, withdrawn_at=None)
        .exclude(status=NoticeStatus.WITHDRAWN)
        .select_related("place", "line", "issuer_unit")
    )


def writers_of(notices: Sequence[Notice], heir: Unit, at: datetime) -> dict[int, Unit]:
    """Which unit writes each notice anew: who issued it, else who coordinates its place or line, else ``heir``. One query."""
    of_line = {n.line_id for n in notices if n.line_id}
    of_place = {n.place_id for n in notices if not n.line_id}
    places: dict[int | None, Unit] = {}
    lines: dict[int | None, Unit] = {}
    wanted = Q(place_id__in=of_place) | Q(line_id__in=of_line)
    for found in Coordination.objects.filter(wanted).select_related("unit"):
        if found.line_id:
            lines[found.line_id] = found.unit
        else:
            places[found.place_id] = found.unit
    today = day_of(at)

    def writer(notice: Notice) -> Unit:
        coordinator = lines.get(notice.line_id) if notice.line_id else places.get(notice.place_id)
        candidates: Iterable[Unit | None] = (notice.issuer_unit, coordinator)
        return next((u for u in candidates if u and not (u.closed_on and u.closed_on <= today)), heir)

    return {notice.pk: writer(notice) for notice in notices}


@dataclass(frozen=True, slots=True)
class CopyPreview:
    """What a copy would make: how many notices, and the widest of them as they would be."""

    total: int
    shown: tuple[ShiftedNotice, ...]
    unread: tuple[str, ...]  # titles of those among them that today's format does not read

    @property
    def more(self) -> int:
        return self.total - len(self.shown) - len(self.unread)


def copy_preview(source: Season, *, code: str, year: int, days: int) -> CopyPreview:
    """The first notices of a copy, from the nation down, before anything is written. Three queries."""
    found = to_be_copied(source)
    rows = list(found.order_by("place__path", "pk")[:PREVIEWED])
    shown, unread = [], []
    for notice, file in zip(rows, files_of(rows), strict=True):
        if file is None:
            unread.append(notice.title)
        else:
            shown.append(shifted_notice(file, season=code, year=year, days=days, from_year=source.year))
    return CopyPreview(found.count(), tuple(shown), tuple(unread))


@dataclass(frozen=True, slots=True)
class CopyProgress:
    """How far a copy has come."""

    copy: SeasonCopy
    total: int
    stalled: bool  # nothing is under way although notices are left

    @property
    def done(self) -> int:
        return self.copy.copied + len(self.copy.left_out)

    @property
    def is_finished(self) -> bool:
        return self.copy.finished_at is not None


def copy_progress(season: Season) -> CopyProgress | None:
    """How the copying of a season stands; None for one that is no copy. Three queries at most."""
    copy = SeasonCopy.objects.filter(season=season).select_related("source", "season").first()
    if copy is None:
        return None
    done = copy.copied + len(copy.left_out)
    if copy.finished_at is not None:
        return CopyProgress(copy, done, stalled=False)
    left = to_be_copied(copy.source).filter(pk__gt=copy.reached).count()
    under_way = OutboxRow.objects.filter(
        kind=COPY, state__in=(OutboxState.WAITING, OutboxState.SENDING), payload__season_id=season.pk
    ).exists()
    return CopyProgress(copy, done + left, stalled=not under_way)
