"""Acts on seasons: open and close one, and note that its rules have changed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from kepu.core import audit, public
from kepu.core.db import in_transaction, transaction
from kepu.notices import rules
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.models import Season
from kepu.orgs.actor import Actor


@transaction
def open_season(header: SeasonHeader, *, by: Actor, at: datetime) -> Season:
    """Open a season, or correct its names and dates; one that was closed stays closed. Idempotent."""
    rules.check_season(by)
    names = ("campaign", "year", "name", "first_day", "last_day", "contacts_kept_days")
    fields = {name: getattr(header, name) for name in names}
    season, made = Season.objects.update_or_create(
        code=header.code, defaults={**fields, "name_en": header.name_en or ""}
    )
    audit.record("season.opened" if made else "season.corrected", season, by=by, at=at)
    public.changed([public.EVERYTHING], at=at)
    return season


@transaction
def close_season(season: Season, *, by: Actor, at: datetime) -> None:
    """Nothing more is filed or handed in for a season, and what was held in it may be archived. Idempotent."""
    rules.check_close_season(by)
    if Season.objects.filter(pk=season.pk, is_open=True).update(is_open=False, closed_at=at):
        season.is_open, season.closed_at = False, at
        audit.record("season.closed", season, by=by, at=at)
        public.changed([public.EVERYTHING], at=at)


@in_transaction
def note_change(season_id: int, *, at: datetime) -> None:
    """Its notices say something else: what was reckoned or drawn by the edition before is old, and so is every page."""
    Season.objects.filter(pk=season_id).update(edition=F("edition") + 1)
    public.changed([public.EVERYTHING], at=at)
