"""The portal's list with a thousand activities and with a hundred thousand: a page must cost the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, models
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from kepu.activities.models import Publication, PublicationDay
from kepu.cli.bench.measuring import Measurement, look, visitor
from kepu.cli.bench.scene import set_scene
from kepu.cli.throwaway import throwaway
from kepu.core import clock
from kepu.core.calendar import start_of_day
from kepu.rehearsal.season import open_rehearsal, play_until

SMALL, LARGE, LOOKS = 1_000, 100_000, 40
OFFSET = 10_000_000  # ids of clones begin here


def measure(*, scale: float = 1.0) -> list[Measurement]:
    try:
        address = reverse("portal:activities")
    except NoReverseMatch:
        return [Measurement("list", 0, "", _("门户还没有活动列表，未测。"))]
    large = int(LARGE * scale)
    with throwaway():
        at = start_of_day(set_the_stage()) + timedelta(hours=9)
        clock.set_rehearsal_clock(at)
        _clone_up_to(SMALL)
        few = look(visitor(), address, times=LOOKS)
        _clone_up_to(large)
        many = look(visitor(), address, times=LOOKS)
    return [
        Measurement(
            _("列表页，%(n)s项活动") % {"n": f"{n:,}"},
            milliseconds,
            "ms",
            _("查询%(queries)s次") % {"queries": queries},
        )
        for n, (milliseconds, queries) in ((SMALL, few), (large, many))
    ] + [
        Measurement(
            _("时间之比"),
            many[0] / few[0],
            _("倍"),
            _("活动多到%(n)s倍，一页的中位时间。") % {"n": large // SMALL},
        )
    ]


def set_the_stage() -> date:
    """A small season in which publications exist; gives a day before its week."""
    scene = set_scene(units=300)
    open_rehearsal(scene.season, seed=7, activities=80)
    day = scene.span.week_start - timedelta(days=3)
    play_until(start_of_day(day))
    return day


def _clone_up_to(total: int) -> None:
    """Copies of what is published, until there are ``total``; rows only, in bulk, in a database made for it."""
    patterns = list(Publication.objects.filter(pk__lt=OFFSET).order_by("pk").values_list("pk", flat=True))
    there = Publication.objects.count()
    copy = 1 + Publication.objects.order_by("-pk").values_list("pk", flat=True)[0] // OFFSET
    connection.disable_constraint_checking()  # the copies have no activity behind them
    with connection.cursor() as cursor:
        while there < total:
            some = patterns[: total - there]
            _copy(cursor, Publication, "activity_id", some, OFFSET * copy)
            _copy(cursor, PublicationDay, "publication_id", some, OFFSET * copy)
            there, copy = there + len(some), copy + 1
        cursor.execute("ANALYZE")


def _copy(cursor: Any, model: type[models.Model], key: str, keys: Sequence[int], offset: int) -> None:
    table = model._meta.db_table
    columns = [str(f.column) for f in model._meta.concrete_fields if f.column != "id"]
    chosen = ", ".join(f"{key} + {offset}" if column == key else column for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {table} "
        f"WHERE {key} BETWEEN {min(keys)} AND {max(keys)}"
    )
