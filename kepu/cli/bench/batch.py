"""Two hundred filings approved with one press, beside the same approvals one by one."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from kepu.activities import actions
from kepu.activities.batches import foresee
from kepu.activities.checklist import Checked
from kepu.activities.models import Activity, Outcome, Verdict
from kepu.activities.workflow import State
from kepu.cli.bench.measuring import Measurement, watched
from kepu.cli.bench.scene import Scene, checked_for, drafts, set_scene
from kepu.cli.throwaway import postgres_server, throwaway
from kepu.core.calendar import start_of_day
from kepu.orgs.actor import Actor

MOST = 200


def measure(*, scale: float = 1.0) -> list[Measurement]:
    found = _on("sqlite", max(20, int(MOST * scale)), "SQLite")
    if postgres_server() is None:
        return [*found, Measurement("PostgreSQL", 0, "", _("没有 PostgreSQL 应答，未测。"))]
    return found + _on("postgres", max(20, int(MOST * scale)), "PostgreSQL")


def _on(engine: str, count: int, name: str) -> list[Measurement]:
    with throwaway(engine, safe=True):
        scene = set_scene(units=300)
        at = start_of_day(scene.span.week_start - timedelta(days=10)) + timedelta(hours=9)
        many, by = _waiting(scene, count, at, seed=1)
        began = time.perf_counter()
        foreseen = foresee(many, Verdict.APPROVE, by=by, at=at)
        preview = time.perf_counter() - began
        checked = Checked(
            [point.code for point in foreseen.points], {step.code: "（测速）" for step in foreseen.steps}
        )  # fmt: skip
        chosen = [actions.Chosen(one.pk, one.version) for one in many]
        with watched() as seen:
            began = time.perf_counter()
            batch = actions.begin_batch(
                uuid4(), chosen, season=scene.season, verdict=Verdict.APPROVE, checked=checked, by=by, at=at
            )
            actions.carry_on_batch(batch, by=by, at=at)
            spent = time.perf_counter() - began
        done = batch.lines.filter(outcome=Outcome.DONE).count()
        one_by_one = _one_by_one(scene, count, at)
    said = {"done": done, "n": len(many), "statements": seen.count / len(many), "preview": preview}
    return [
        Measurement(
            _("%(name)s：一次通过%(n)s项") % {"name": name, "n": len(many)}, spent, _("秒"),
            _("办成%(done)s项，每项%(statements).1f条语句；先看会怎么办用了%(preview).2f秒。") % said,
        ),
        Measurement(
            _("%(name)s：比逐项通过") % {"name": name}, (spent / len(many)) / one_by_one, _("倍"),
            _("逐项每项%(ms).1f毫秒。") % {"ms": one_by_one * 1000},
        ),
    ]  # fmt: skip


def _waiting(scene: Scene, count: int, at: datetime, *, seed: int) -> tuple[list[Activity], Actor]:
    """Up to ``count`` filings that wait for one unit: the one for which most wait."""
    by_reviewer: dict[int, list[int]] = {}
    for turn in range(1, 40):
        for activity, by in drafts(scene, count, at=at, seed=seed * 100 + turn):
            actions.file_activity(activity, by=by, at=at)
            if not activity.unmet:
                by_reviewer.setdefault(activity.reviewing_unit_id or 0, []).append(activity.pk)
        unit_id, ids = max(by_reviewer.items(), key=lambda pair: len(pair[1]))
        if len(ids) >= count:
            break
    reviewer = scene.cast.head(unit_id, at)
    assert reviewer is not None
    rows = Activity.objects.whole().filter(pk__in=ids[:count], state=State.FILED).order_by("pk")
    return list(rows), reviewer


def _one_by_one(scene: Scene, count: int, at: datetime) -> float:
    """Seconds for each, where every one is approved from its own page."""
    many, by = _waiting(scene, count, at, seed=2)
    began = time.perf_counter()
    for activity in many:
        actions.approve_activity(activity, checked=checked_for(activity, at=at), by=by, at=at)
    return (time.perf_counter() - began) / len(many)
