"""Begin a season as a copy of another: its notices become drafts for the units that issue them, a few at a time.

Opening is one act; the drafts follow after the commit, one batch per act. A batch and the mark of how far the copy
has come are one transaction, so a worker may die and come back anywhere.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from kepu.core import audit, outbox
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason
from kepu.notices import copy_messages, queries, rules
from kepu.notices.copying import check_reach, shifted_notice, start_of
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.models import DraftClause, DraftOrigin, Notice, NoticeDraft, Season, SeasonCopy
from kepu.notices.queries.seasons import COPY
from kepu.notices.starting import Start
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.orgs.queries import coordinator_above

AT_ONCE = 5
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_NAME, _NAME_EN = 80, 120


@transaction
def copy_season(
    source: Season, header: SeasonHeader, *, days: int, by: Actor, at: datetime, heir: Unit | None = None
) -> Season:
    """Open the season of ``header`` and have every notice of ``source`` drafted for it, ``days`` later.

    ``heir`` takes the notices whose unit is unknown: the unit acted for unless said, for the system the one that
    coordinates the nation. Asked again for the same copy it goes on where that stands; a season that is there for
    another reason is refused.
    """
    rules.check_season(by)
    keeper = heir or by.unit or coordinator_above(rules.NATION)
    if keeper is None:
        raise Incomplete(_("没有统筹全国的单位来接手不知由谁发文的通知。请指明一个单位（--unit）。"))
    _check(source, header, days)
    season, made = Season.objects.get_or_create(code=header.code, defaults={
        **{name: getattr(header, name) for name in ("campaign", "year", "name", "first_day", "last_day")},
        "name_en": header.name_en or "",
    })  # fmt: skip
    if not made:
        return _again(season, source, days, by=by, at=at)
    SeasonCopy.objects.create(season=season, source=source, days=days, heir=keeper, started_at=at)
    outbox.send(COPY, at=at, season_id=season.pk, after=0)
    audit.record("season.opened", season, by=by, at=at)
    audit.record("season.copied", season, by=by, at=at, source=source.code, days=days, heir=keeper.code)
    return season


@in_transaction
def _again(season: Season, source: Season, days: int, *, by: Actor, at: datetime) -> Season:
    copy = SeasonCopy.objects.select_for_update().filter(season=season, source=source, days=days).first()
    if copy is None:
        raise Incomplete(
            reasons=[
                Reason(
                    _("已经有代码为“%(code)s”的一届。请换一个代码。") % {"code": season.code}, field="code"
                )
            ]
        )
    if copy.finished_at is None:
        outbox.send(COPY, at=at, season_id=season.pk, after=copy.reached)
        audit.record("season.copy_resumed", season, by=by, at=at, done=copy.copied)
    return season


def _check(source: Season, header: SeasonHeader, days: int) -> None:
    said: list[Reason] = []
    if not _CODE.fullmatch(header.code):
        said.append(
            Reason(_("届次代码用小写字母、数字、横线和下划线，最多40个字，例如 kepuri-2024。"), field="code")
        )
    if len(header.name) > _NAME or len(header.name_en or "") > _NAME_EN:
        said.append(Reason(_("届次名称太长：中文最多80个字，英文最多120个字母。"), field="name"))
    if header.first_day > header.last_day:
        said.append(Reason(_("本届的最后一天早于第一天。"), field="first_day"))
    if said:
        raise Incomplete(reasons=said)
    first = queries.first_day_of_week(source)
    check_reach(first, days, from_year=source.year, year=header.year)


@transaction
def copy_next_notices(season_id: int, after: int, *, by: Actor, at: datetime) -> int:
    """Draft the next few notices of a copy that has reached ``after``; returns how many. Idempotent.

    A copy that stands elsewhere by now was carried on by another: nothing happens.
    """
    if not by.is_system:
        raise NotAllowed(_("照抄通知由后台办理。"))
    copy = SeasonCopy.objects.select_for_update(of=("self",)).select_related("season", "source", "heir").get(
        season_id=season_id
    )  # fmt: skip
    if copy.finished_at is not None or copy.reached != after:
        return 0
    notices = list(queries.to_be_copied(copy.source).filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    if not notices:
        _finish(copy, by=by, at=at)
        return 0
    made = _draft(copy, notices, by=by, at=at)
    copy.reached = notices[-1].pk
    copy.copied += made
    copy.save(update_fields=["reached", "copied", "left_out"])
    outbox.send(COPY, at=at, season_id=season_id, after=copy.reached)
    return len(notices)


@in_transaction
def _draft(copy: SeasonCopy, notices: list[Notice], *, by: Actor, at: datetime) -> int:
    """The drafts of a batch, each with its clauses; what cannot be read is written down as left out."""
    writers = queries.writers_of(notices, copy.heir, at)
    season, starts = copy.season, list[tuple[Notice, Start]]()
    for notice, file in zip(notices, queries.files_of(notices), strict=True):
        if file is None:
            copy.left_out.append({"notice": notice.code, "title": notice.title})
            continue
        shifted = shifted_notice(
            file, season=season.code, year=season.year, days=copy.days, from_year=copy.source.year
        )
        starts.append((notice, start_of(shifted)))
    drafts = NoticeDraft.objects.bulk_create([
        NoticeDraft(
            season=season, unit=writers[notice.pk], place=notice.place, line=notice.line, header=start.header,
            title=str(start.header["title"])[:200], found=start.found, origin=DraftOrigin.SEASON, about=notice,
            made_at=at, changed_at=at,
        )
        for notice, start in starts
    ])  # fmt: skip
    rows = []
    for draft, (_notice, start) in zip(drafts, starts, strict=True):
        rows += [
            DraftClause(
                draft=draft, position=(i + 1) * 10, code=row["data"]["id"], kind=row["data"]["kind"], **row
            )
            for i, row in enumerate(start.clauses)
        ]
        audit.record(
            "notice_draft.started", draft, by=by, at=at, origin=DraftOrigin.SEASON, clauses=len(start.clauses)
        )
    DraftClause.objects.bulk_create(rows, batch_size=500)
    return len(drafts)


@in_transaction
def _finish(copy: SeasonCopy, *, by: Actor, at: datetime) -> None:
    """Every notice was looked at: the units are told what waits for them."""
    copy.finished_at = at
    copy.save(update_fields=["finished_at"])
    drafts = NoticeDraft.objects.filter(season=copy.season, origin=DraftOrigin.SEASON)
    for unit_id, n in drafts.order_by("unit_id").values_list("unit_id").annotate(n=Count("pk")):
        copy_messages.drafts_ready(copy.season, unit_id, n, at=at)
    audit.record(
        "season.copy_finished", copy.season, by=by, at=at, drafts=copy.copied, left_out=len(copy.left_out)
    )
