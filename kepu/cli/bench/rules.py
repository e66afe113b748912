"""Asking which rules hold: cold, when nothing is in memory, and warm, as on nearly every request."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from kepu.cli.bench.measuring import Measurement, watched
from kepu.cli.bench.scene import set_scene
from kepu.cli.throwaway import throwaway
from kepu.core.calendar import start_of_day
from kepu.notices import rulebook
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Unit

CALLS = 200_000


def measure(*, scale: float = 1.0) -> list[Measurement]:
    with throwaway():
        scene = set_scene(units=400)
        at = start_of_day(scene.span.week_start) + timedelta(hours=9)
        units = list(scene.cast.units.values())
        rulebook.forget()
        first, queries = _cold(units[0], scene.season, at)
        began = time.perf_counter()
        with watched() as seen:
            for unit in units[1:]:
                rules_in_force(unit, scene.season, at=at)
        folding = (time.perf_counter() - began) / len(units[1:])
        calls = int(CALLS * scale)
        began = time.perf_counter()
        for i in range(calls):
            rules_in_force(units[i % len(units)], scene.season, at=at)
        warm = (time.perf_counter() - began) / calls
    return [
        Measurement(
            "rules_in_force, warm", warm * 1e6, "µs",
            _("届次的规则已经算好：一次查字典，没有查询。"),
        ),
        Measurement(
            "rules_in_force, first ask of a profile", folding * 1e6, "µs",
            _("规则书在内存里、这类单位第一次问：%(ratio).0f倍于已算好的；%(n)s个单位共查询%(queries)s次。")
            % {"ratio": folding / warm, "n": len(units) - 1, "queries": seen.count},
        ),
        Measurement(
            "rules_in_force, cold", first * 1e3, "ms",
            _("规则书还没有装入：读五份通知和条款，查询%(queries)s次，每个版本只有一次。") % {"queries": queries},
        ),
    ]  # fmt: skip


def _cold(unit: Unit, season: Season, at: datetime) -> tuple[float, int]:
    began = time.perf_counter()
    with watched() as seen:
        rules_in_force(unit, season, at=at)
    return time.perf_counter() - began, seen.count
