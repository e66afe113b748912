"""The same acts and pages with a thousand activities in the database and with a million: they must cost the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.activities import actions
from kepu.activities.models import Activity
from kepu.cli.bench.measuring import Measurement, look, visitor
from kepu.cli.bench.multitude import multiply, spread_units
from kepu.cli.bench.scene import Scene, checked_for, drafts, set_scene
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core import clock
from kepu.core.calendar import start_of_day
from kepu.core.refusals import GateClosed
from kepu.orgs.actor import Actor
from kepu.web.actor import CHOSEN

SMALL, LARGE, UNITS = 1_000, 1_000_000, 50_000
ACTS, PATTERNS, LOOKS, PER_PAGE = 200, 20, 30, 30
Ready = Sequence[tuple[Activity, Actor]]


def measure(*, scale: float = 1.0) -> list[Measurement]:
    found = _on("sqlite", scale, "SQLite")
    if postgres_server() is None:
        return [*found, Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    return found + _on("postgres", scale, "PostgreSQL")


def _on(engine: str, scale: float, name: str) -> list[Measurement]:
    acts, large = max(20, int(ACTS * scale)), max(2 * SMALL, int(LARGE * scale))
    with throwaway(engine, safe=True):
        scene = set_scene(units=300)
        at = start_of_day(scene.span.week_start - timedelta(days=10)) + timedelta(hours=9)
        clock.set_rehearsal_clock(at)
        spread_units(max(1000, int(UNITS * scale)))
        patterns = _published(scene, PATTERNS, at=at)
        _measured(scene, max(20, acts // 4), patterns, 1, at=at)  # what is first of all takes longest
        few = _measured(scene, acts, patterns, SMALL, at=at)
        many = _measured(scene, acts, patterns, large, at=at)
    rows = []
    for what, value in few.items():
        more = many[what]
        ratio = value / more if what in _ACTS else more / value
        unit = _("次/秒") if what in _ACTS else "ms"
        words = _("%(few).3g → %(many).3g %(unit)s，活动从%(small)s项到%(large)s项。")
        said = {"few": value, "many": more, "unit": unit, "small": f"{SMALL:,}", "large": f"{large:,}"}
        rows.append(Measurement(f"{name}: {_LABELS[what]}", ratio, _("倍"), words % said))
    return rows


_ACTS = ("file", "approve", "publish")
_LABELS = {"file": "file_activity", "approve": "approve_activity", "publish": "publish_activity",
    "inbox": "/workspace/reviews/", "own": "/workspace/activities/"}  # fmt: skip


def _published(scene: Scene, count: int, *, at: datetime) -> list[int]:
    """A few that went all the way, to be copied."""
    ready = drafts(scene, count, at=at, seed=0)
    for activity, by in ready:
        actions.file_activity(activity, by=by, at=at)
        _approve(scene, activity, at)
        _publish(activity, by, at)
    return [activity.pk for activity, _by in ready if activity.published_at]


def _measured(scene: Scene, acts: int, patterns: list[int], total: int, *, at: datetime) -> dict[str, float]:
    """Acts per second, and milliseconds of the two pages, with ``total`` activities in the database."""
    multiply(patterns, total)
    ready = drafts(scene, acts, at=at, seed=total)
    found = {"file": acts / _timed(lambda pair: actions.file_activity(pair[0], by=pair[1], at=at), ready)}
    reviewer = scene.cast.head(ready[0][0].reviewing_unit_id, at)
    found["inbox"] = _look(reviewer, "/workspace/reviews/")
    found["own"] = _look(_full_page(scene, at), "/workspace/activities/")
    found["approve"] = acts / _timed(lambda pair: _approve(scene, pair[0], at), ready)
    found["publish"] = acts / _timed(lambda pair: _publish(*pair, at), ready)
    _clear(ready)
    return found


def _full_page(scene: Scene, at: datetime) -> Actor:
    """The filer of a unit with more activities than a page shows, so that both pages show as many."""
    unit = next(iter(scene.cast.units.values()))
    by = scene.cast.filer(unit, at)
    for _n in range(PER_PAGE + 1 - Activity.objects.filter(unit=unit).count()):
        actions.create_draft(uuid4(), season=scene.season, content={"title": "（测速）"}, by=by, at=at)
    return by


def _approve(scene: Scene, activity: Activity, at: datetime) -> None:
    """All steps of its route."""
    while activity.approved_at is None:
        by = scene.cast.head(activity.reviewing_unit_id, at)
        assert by is not None
        actions.approve_activity(
            activity,
            waivers=dict.fromkeys(activity.unwaived, "同意"),
            checked=checked_for(activity, at=at),
            by=by,
            at=at,
        )


def _publish(activity: Activity, by: Actor, at: datetime) -> None:
    try:
        actions.publish_activity(activity, by=by, at=at)
    except GateClosed:  # what its notice lets nobody publish yet costs as much up to there
        return


def _look(actor: Actor | None, address: str) -> float:
    assert actor is not None
    client = visitor()
    client.force_login(Person.objects.get(pk=actor.person_id or 0))
    session = client.session
    session[CHOSEN] = actor.unit_id
    session.save()
    return look(client, address, times=LOOKS)[0]


def _timed(act: Callable[[tuple[Activity, Actor]], Any], ready: Ready) -> float:
    began = time.perf_counter()
    for pair in ready:
        act(pair)
    return time.perf_counter() - began


def _clear(ready: Ready) -> None:
    """Nothing of this round waits in an inbox of the next."""
    left = [activity for activity, _by in ready if not activity.published_at]
    Activity.objects.filter(pk__in=[activity.pk for activity in left]).update(reviewing_unit=None)
    connection.close()
