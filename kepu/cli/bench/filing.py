"""Filing through the act, beside writing the very same rows with bare statements: what the checks and the trace cost."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kepu.activities import actions
from kepu.cli.bench.measuring import Measurement, watched
from kepu.cli.bench.scene import drafts, set_scene
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core.calendar import start_of_day

FILINGS = 400
Writes = list[list[tuple[str, Any]]]


def measure(*, scale: float = 1.0) -> list[Measurement]:
    count = max(20, int(FILINGS * scale))
    found = _on("sqlite", count, "SQLite")
    if postgres_server() is None:
        return [*found, Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    return found + _on("postgres", count, "PostgreSQL")


def bare_rate(engine: str, count: int) -> float:
    """How many times a second the rows of a filing are written by bare statements."""
    with throwaway(engine, safe=True):
        _acts, _statements, writes = _through_the_act(count)
    with throwaway(engine, safe=True):
        return count / _bare(count, writes)


def _on(engine: str, count: int, name: str) -> list[Measurement]:
    """The acts in one database; the rows they wrote, bare, in another that was set up alike."""
    with throwaway(engine, safe=True):
        acts, statements, writes = _through_the_act(count)
    with throwaway(engine, safe=True):
        bare = _bare(count, writes)
    rows = sum(map(len, writes)) / count
    return [
        Measurement(
            f"{name}: file_activity", count / acts, _("次/秒"),
            _("每次%(statements).1f条语句，写%(rows).1f行：活动、留痕及其链头、消息、计数，一个事务。")
            % {"statements": statements / count, "rows": rows},
        ),
        Measurement(
            _("%(name)s：同样的行，直接写") % {"name": name}, count / bare, _("次/秒"),
            _("每秒%(rows)s行") % {"rows": f"{rows * count / bare:,.0f}"},
        ),
        Measurement(
            _("%(name)s：比值") % {"name": name}, acts / bare, _("倍"),
            _("多出来的时间用在查权限、过关卡、定审核单位、留痕算哈希和ORM上；每次填报因此多%(ms).1f毫秒。")
            % {"ms": (acts - bare) / count * 1000},
        ),
    ]  # fmt: skip


def _ready(count: int) -> Any:
    scene = set_scene(units=300)
    at = start_of_day(scene.span.week_start - timedelta(days=10)) + timedelta(hours=9)
    return drafts(scene, count, at=at), at + timedelta(hours=1)


def _through_the_act(count: int) -> tuple[float, int, Writes]:
    ready, at = _ready(count)
    writes: Writes = []
    spent, statements = 0.0, 0
    for activity, by in ready:
        with watched(keep_writes=True) as seen:
            began = time.perf_counter()
            actions.file_activity(activity, by=by, at=at)
            spent += time.perf_counter() - began
        statements += seen.count
        writes.append(seen.writes or [])
    return spent, statements, writes


def _bare(count: int, writes: Writes) -> float:
    _ready(count)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for one in writes:
            with transaction.atomic(durable=True):
                for sql, params in one:
                    cursor.execute(sql, params)
    return time.perf_counter() - began
