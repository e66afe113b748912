"""The scene that benchmarks share: the season of the five notices, a made-up cast, filings ready to be handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from kepu.activities import actions
from kepu.activities.checklist import Checked, every_point, steps_for
from kepu.activities.models import Activity
from kepu.cli.loading import seasons_folder
from kepu.cli.rehearse import SEASON, loaded
from kepu.core.calendar import start_of_day
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.rehearsal.cast import Cast, set_up_cast
from kepu.rehearsal.filings import content_for
from kepu.rehearsal.script import Span, script_of, span_of
from kepu.rehearsal.season import hosts_of

SEED = 7


@dataclass(frozen=True, slots=True)
class Scene:
    season: Season
    span: Span
    cast: Cast


def set_scene(*, units: int) -> Scene:
    """The season's rules and the cast, in the database at hand."""
    season = loaded(seasons_folder() / SEASON)
    span = span_of(season)
    cast = set_up_cast(units, seed=SEED, at=start_of_day(span.first) - timedelta(hours=15))
    return Scene(season, span, cast)


def drafts(scene: Scene, count: int, *, at: datetime, seed: int = SEED) -> list[tuple[Activity, Actor]]:
    """Drafts that are ready to be handed in at ``at``, each with whoever does it; another ``seed`` gives others."""
    found = []
    for part in script_of(hosts_of(scene.cast, ()), count, span=scene.span, seed=seed):
        unit = scene.cast.units[part.host]
        by = scene.cast.filer(unit, at)
        content = content_for(part, unit, rules_in_force(unit, scene.season, at=at))
        start = scene.span.week_start - at.date() + timedelta(days=part.number % 7)
        content["starts_at"] = at.replace(hour=10, minute=0) + start
        content["ends_at"] = content["starts_at"] + timedelta(hours=2)
        found.append(
            (
                actions.create_draft(
                    uuid5(part.token, str(seed)), season=scene.season, content=content, by=by, at=at
                ),
                by,
            )
        )
    return found


def checked_for(activity: Activity, *, at: datetime) -> Checked:
    """All that the notices ask a reviewer to hold the filing against, as done."""
    in_force = rules_in_force(activity.unit, activity.season, at=at)
    return Checked(
        every_point(activity, in_force), {step.code: "（测速）" for step in steps_for(activity, in_force)}
    )
