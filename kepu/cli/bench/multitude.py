"""A nation's activities in a database made for measuring: copies of a few real ones, spread over many units."""

from __future__ import annotations

from typing import Any

from django.db import connection, models

from kepu.activities.models import Activity, Publication, PublicationDay
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.cli.bench.scope import fill_units
from kepu.core.search import key
from kepu.orgs.models import Place, Unit

_TOKEN = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
_OF_UNIT = {
    "unit_id": "u.id",
    "place_path": "u.place_path",
    "line_path": "u.line_path",
    "place_id": "u.place_id",
}
AT_ONCE = 25_000


def spread_units(total: int) -> None:
    """Units over the whole country, until there are about ``total``."""
    province = Place.objects.get(code="440000")
    town = Place.objects.under(province.path).filter(level="town").order_by("path")[0]
    fill_units(total, total // 10, province, town)


def multiply(patterns: list[int], total: int) -> None:
    """Copies of some published activities, until there are ``total`` activities: one of each pattern for each unit in turn.

    Their copies before the public, their days and their search words are copied with them; what they left in the trace is
    not. Rows only, in bulk.
    """
    there = Activity.objects.count()
    last_unit, turn = 0, 0
    with connection.cursor() as cursor:
        while there < total:
            units = list(
                Unit.objects.filter(pk__gt=last_unit).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
            )
            if not units:  # every unit has one of this pattern: now of the next
                last_unit, turn = 0, turn + 1
                continue
            units = units[: total - there]
            last_unit = units[-1]
            _copy(cursor, patterns[turn % len(patterns)], units[0], last_unit)
            there += len(units)
        cursor.execute("ANALYZE")


def _copy(cursor: Any, pattern: int, first_unit: int, last_unit: int) -> None:
    before = Activity.objects.order_by("-pk").values_list("pk", flat=True)[0]
    table = Activity._meta.db_table
    own = {
        **{name: f"a.{name}" for name in _columns(Activity)},
        **_OF_UNIT,
        "token": _TOKEN[connection.vendor],
    }
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(own)}) SELECT {', '.join(own.values())} FROM {table} a, {Unit._meta.db_table} u "
        f"WHERE a.id = {pattern} AND u.id BETWEEN {first_unit} AND {last_unit}"
    )
    new = f"c.id > {before}"
    for model, own_key in ((Publication, "activity_id"), (PublicationDay, "publication_id")):
        columns = {name: f"p.{name}" for name in _columns(model)} | {own_key: "c.id"}
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} "
            f"FROM {model._meta.db_table} p, {table} c WHERE p.{own_key} = {pattern} AND {new}"
        )
    it = Publication.objects.get(pk=pattern)
    row, news = key(it.next_at, 0), key(it.published_at, 0)  # the ids of the copies lie in the low bits
    found = f"FROM {SEARCH_TABLE} s, {table} c WHERE s.rowid = {row + pattern} AND {new}"
    if connection.vendor == "sqlite":
        cursor.execute(
            f"INSERT INTO {SEARCH_TABLE}_news (rowid, tokens) SELECT {news} + c.id, s.tokens {found}"
        )
        cursor.execute(f"INSERT INTO {SEARCH_TABLE} (rowid, tokens) SELECT {row} + c.id, s.tokens {found}")
    else:
        cursor.execute(
            f"INSERT INTO {SEARCH_TABLE} (rowid, news, tokens) SELECT {row} + c.id, {news} + c.id, s.tokens {found}"
        )


def _columns(model: type[models.Model]) -> list[str]:
    return [str(f.column) for f in model._meta.concrete_fields if f.column != "id"]
