"""How good the first ten answers to judged questions are: in the order of time, and in that of how well they fit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.cli.bench.judging import questions, set_up
from kepu.cli.bench.measuring import Measurement
from kepu.cli.throwaway import postgres_server, throwaway

ENGINES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def measure(*, scale: float = 1.0) -> list[Measurement]:
    """It takes a few seconds at any ``scale``."""
    engines = ENGINES if postgres_server() is not None else {"sqlite": "SQLite"}
    return [row for engine, name in engines.items() for row in _on(engine, name)]


def _on(engine: str, name: str) -> list[Measurement]:
    asked = questions()
    parts = {
        _("调试用的%(n)s个问题"): [one for one in asked if not one.is_held_out],
        _("留出不看的%(n)s个问题"): [one for one in asked if one.is_held_out],
        _("全部%(n)s个问题"): asked,
    }
    found = []
    with throwaway(engine):
        desk = set_up()
        for said, part in parts.items():
            in_time, by_relevance = desk.worth(part, ""), desk.worth(part, "relevance")
            words = _("按相关程度的 nDCG@10；按时间先后是 %(time).3f。")
            of = said % {"n": len(part)}
            found.append(Measurement(f"{name}: {of}", by_relevance, "nDCG@10", words % {"time": in_time}))
    return found
