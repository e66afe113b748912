"""The erasure of a season's personal data: column by column as the inventory says, in batches, safe to stop and go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from kepu.core import audit, public
from kepu.core.db import in_transaction, transaction
from kepu.core.personal import Column, Kept, inventory
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.privacy import rules
from kepu.privacy.models import Erasure
from kepu.privacy.workflow import Event

AT_ONCE = 200


def erase_season(season: Season, *, by: Actor, at: datetime, size: int = AT_ONCE) -> Erasure:
    """Take the people out of a season that is closed and whose term is over. Each batch is an act of its own.

    Idempotent: what was erased stays erased, and a run that was stopped goes on where it was. Raises GateClosed before
    the term is over.
    """
    erasure = begin_erasure(season, by=by, at=at)
    if erasure.done_at is None:
        for label, columns in columns_by_model().items():
            while erase_batch(erasure, label, columns, size=size, by=by, at=at):
                pass
        finish_erasure(erasure, by=by, at=at)
    return erasure


def would_erase(season: Season, *, at: datetime) -> dict[str, int]:
    """How many rows of each column an erasure would change now. Reads only."""
    counts: dict[str, int] = {}
    for label, columns in columns_by_model().items():
        for row in rows_of(season, columns).order_by("pk").iterator(chunk_size=AT_ONCE):
            for name in _without_people(row, columns):
                counts[f"{label}.{name}"] = counts.get(f"{label}.{name}", 0) + 1
    return counts


def columns_by_model() -> dict[str, list[Column]]:
    """What goes with a season, by model."""
    found: dict[str, list[Column]] = {}
    for column in inventory():
        if column.kept is Kept.SEASON:
            found.setdefault(column.model, []).append(column)
    return found


@transaction
def begin_erasure(season: Season, *, by: Actor, at: datetime) -> Erasure:
    """The season's erasure, begun now or before."""
    rules.check_erase(by, season, at=at)
    return Erasure.objects.get_or_create(season=season, defaults={"begun_at": at})[0]


@transaction
def erase_batch(
    erasure: Erasure, label: str, columns: list[Column], *, size: int, by: Actor, at: datetime
) -> int:
    """Take the people out of the next ``size`` rows of a model; returns how many rows were looked at."""
    rules.check_erase(by, erasure.season, at=at)
    after = erasure.after.get(label, 0)
    rows = list(
        rows_of(erasure.season, columns)
        .filter(pk__gt=after)
        .select_for_update(of=("self",))
        .order_by("pk")[:size]
    )
    for row in rows:
        changed = _without_people(row, columns)
        if changed:
            _write(row, changed, by=by, at=at)
            for name in changed:
                erasure.counts[f"{label}.{name}"] = erasure.counts.get(f"{label}.{name}", 0) + 1
    if rows:
        erasure.after[label] = rows[-1].pk
        erasure.save(update_fields=["counts", "after"])
    return len(rows)


@transaction
def finish_erasure(erasure: Erasure, *, by: Actor, at: datetime) -> None:
    """The report of what was erased, in the trace as well."""
    rules.check_erase(by, erasure.season, at=at)
    erasure.done_at = at
    erasure.save(update_fields=["done_at"])
    audit.record(Event.SEASON_ERASED, erasure.season, by=by, at=at, counts=erasure.counts)
    public.changed([public.EVERYTHING], at=at)


def rows_of(season: Season, columns: list[Column]) -> models.QuerySet[Any]:
    """The rows of a model that go with a season: by their path to it, or because they were written before it closed."""
    model = apps.get_model(columns[0].model)
    path, dated = columns[0].season, columns[0].dated
    scope: dict[str, Any] = {path: season} if path else {f"{dated}__lte": rules.closing_of(season)}
    return model._default_manager.filter(**scope)


def _without_people(row: models.Model, columns: list[Column]) -> dict[str, Any]:
    """The columns of a row that change, with what is left of them."""
    changed = {}
    for column in columns:
        value = getattr(row, column.name)
        if value and column.erase and (left := column.erase(row, value)) != value:
            changed[column.name] = left
    return changed


@in_transaction
def _write(row: models.Model, changed: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Write what is left. A row whose digest proves something notes what the erasure made of it, in the trace as well."""
    noted = row.upon_erasure(changed, at) if hasattr(row, "upon_erasure") else {}
    type(row)._default_manager.filter(pk=row.pk).update(**changed, **noted)
    if "erased_digest" in noted:
        was = {"digest": getattr(row, "digest", ""), "erased_digest": noted["erased_digest"]}
        audit.record(Event.ERASED, row, by=by, at=at, **was)
