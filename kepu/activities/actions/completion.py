"""After the day: held with its numbers, completed with what shows it, summarised, archived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.freezing import mark
from kepu.activities.actions.results import follow
from kepu.activities.actions.steps import check_seen, host_of, move, rules_for, touch
from kepu.activities.content import cleaned
from kepu.activities.facts import facts_of
from kepu.activities.gates import check_gates, check_sections
from kepu.activities.models import PERSONAL, Activity, PublicationStatus
from kepu.activities.records import (
    cleaned_links,
    cleaned_materials,
    cleaned_sections,
    undeclared_pictures,
    unfit,
)
from kepu.activities.workflow import Event, State
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import GateClosed, Incomplete, Reason
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.gate import Stage
from kepu.orgs.actor import Actor

NUMBERS = ("participants_actual", "online_actual", "participants_note")


@transaction
def hold_activity(
    activity: Activity, *, participants_actual: int, online_actual: int | None = None, participants_note: str = "",
    ended_at: datetime | None = None, expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Confirm that it was held, with how many came. Before its planned end ``ended_at`` must say when it ended.

    Dates "after the end" count from the actual end, so the day by which a summary is due is fixed here.
    """
    rules.check_hold(by, activity)
    check_seen(activity, expected_version)
    ended = _actual_end(activity, ended_at, at)
    values = _numbers(activity, participants_actual, online_actual, participants_note)
    due = summary_due(rules_for(activity, by, at), ended)
    values |= {"held_at": at, "ended_at": ended, "summary_due_at": due, "unmet": []}
    move(activity, State.HELD, Event.HELD, values, by=by, at=at, participants=participants_actual)
    mark(activity, PublicationStatus.OVER, at=at)
    return activity


@transaction
def complete_activity(
    activity: Activity, *, media_links: Sequence[str] | None = None,
    materials: Sequence[Mapping[str, Any]] | None = None, results: str | None = None,
    minors: str | None = None, participants_actual: int | None = None, online_actual: int | None = None,
    expected_version: int | None = None, by: Actor, at: datetime,
) -> Activity:  # fmt: skip
    """Add what shows that it took place: media links, materials, results. May be done again; the first time counts.

    What is not given stays as it is. Pictures are handed in with a declaration of children in them (``minors``).
    """
    rules.check_complete(by, activity)
    check_seen(activity, expected_version)
    values: dict[str, Any] = {}
    if media_links is not None:
        values["media_links"] = cleaned_links(media_links)
    if materials is not None:
        values["materials"] = cleaned_materials(materials)
    if minors is not None:
        values |= cleaned({"minors": minors}, allowed=("minors",))
    if results is not None:
        values |= cleaned({"results": results}, allowed=("results",))
    if participants_actual is not None or online_actual is not None:
        total = activity.participants_actual if participants_actual is None else participants_actual
        online = activity.online_actual if online_actual is None else online_actual
        values |= _numbers(activity, total or 0, online, activity.participants_note)
    missing = undeclared_pictures(
        values.get("materials", activity.materials), values.get("minors", activity.minors)
    )
    _check_stage(activity, values, Stage.COMPLETION, rules_for(activity, by, at), by, at, missing=missing)
    if activity.state == State.HELD:
        move(activity, State.COMPLETED, Event.COMPLETED, {**values, "completed_at": at}, by=by, at=at)
    else:
        touch(activity, Event.COMPLETED, values, by=by, at=at)
    follow(activity, by=by, at=at)
    return activity


@transaction
def summarise_activity(
    activity: Activity,
    *,
    sections: Mapping[str, str],
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
) -> Activity:
    """Hand in the summary, in the parts that the form in force asks for. Late is taken, and marked late.

    May be amended; the first time counts for being in time.
    """
    rules.check_summarise(by, activity)
    check_seen(activity, expected_version)
    in_force = rules_for(activity, by, at)
    form = in_force.get("form.activity_summary")
    columns = form.params.columns_for(sender_kind=host_of(activity, by).kind) if form else ()  # type: ignore[attr-defined]
    given = cleaned_sections({**activity.sections, **sections}, columns)
    if form:
        check_sections(given, columns, form)
    _check_stage(activity, {"sections": given}, Stage.SUMMARY, in_force, by, at)
    if activity.state == State.SUMMARISED:
        touch(activity, Event.SUMMARISED, {"sections": given}, by=by, at=at, amended=True)
        return activity
    due = activity.summary_due_at
    late = due is not None and at > due
    values = {"sections": given, "summarised_at": at, "summary_late": late}
    move(activity, State.SUMMARISED, Event.SUMMARISED, values, by=by, at=at, late=late)
    messages.summarised(activity, at=at)
    return activity


@transaction
def archive_activity(activity: Activity, *, by: Actor, at: datetime) -> Activity:
    """Close the record after the season. Nobody's phone is kept any longer."""
    rules.check_archive(by, activity)
    values = {"archived_at": at, "proposed": None, **dict.fromkeys(PERSONAL, "")}
    move(activity, State.ARCHIVED, Event.ARCHIVED, values, by=by, at=at)
    return activity


def summary_due(in_force: Rules, ended: datetime) -> datetime | None:
    """By when the summary of an activity that ended then is due; None where no duty says so."""
    duty = in_force.get("duty.activity_summary")
    due = duty.params.due if duty else None  # type: ignore[attr-defined]
    return due.resolve({"activity_end": ended}).at if due else None


@in_transaction
def _check_stage(
    activity: Activity, values: Mapping[str, Any], stage: Stage, in_force: Rules, by: Actor, at: datetime, *,
    missing: Sequence[Reason] = (),
) -> None:  # fmt: skip
    """Hard gates refuse; what is short of an "in principle" after the fact is no reason to lose the record.

    ``missing`` is what the form itself lacks: told together with what the gates say.
    """
    kept = {name: getattr(activity, name) for name in values}
    for name, value in values.items():
        setattr(activity, name, value)
    try:
        facts = facts_of(activity, host=host_of(activity, by), at=at, stage=stage)
    finally:
        for name, value in kept.items():
            setattr(activity, name, value)
    found = check_gates(in_force, facts, stage)
    if found.refusals:
        raise GateClosed(reasons=[*found.refusals, *missing])
    if missing:
        raise Incomplete(reasons=missing)


def _actual_end(activity: Activity, ended_at: datetime | None, at: datetime) -> datetime:
    ended = ended_at or (None if activity.time_pending else activity.ends_at)
    if ended is None or ended > at:
        sentence = _("活动还没有结束。提前结束的，请写明实际结束时间。")
        if ended_at is not None:
            sentence = _("实际结束时间不能在现在以后。")
        raise unfit(sentence, "ended_at")
    if activity.starts_at and ended <= activity.starts_at and not activity.time_pending:
        raise unfit(_("实际结束时间要晚于开始时间。没有举办的，请取消或延期。"), "ended_at")
    return ended


def _numbers(activity: Activity, total: int, online: int | None, words: str) -> dict[str, Any]:
    words = words or activity.participants_note
    values = cleaned(dict(zip(NUMBERS, (total, online, words), strict=True)), allowed=NUMBERS)
    if values["participants_actual"] is None:
        raise unfit(_("请填写实际参与人数；没有人来就写0。"), "participants_actual")
    if (values["online_actual"] or 0) > values["participants_actual"]:
        raise unfit(_("线上人数不能多于总人数。"), "online_actual")
    return values
