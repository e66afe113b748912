"""Claiming a filing: who has it in hand, said to the colleagues. It blocks nobody."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions.steps import check_length, check_said, mark
from kepu.activities.claims import held_by
from kepu.activities.models import Activity
from kepu.activities.workflow import Event
from kepu.core.db import transaction
from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import Actor


@transaction
def claim_activity(activity: Activity, *, words: str = "", by: Actor, at: datetime) -> Activity:
    """Take a filing in hand for the day; taking it from a colleague needs a word. Claiming one's own again does nothing."""
    rules.check_claim(by, activity)
    holder = held_by(activity, at)
    if holder == by.person_id:
        return activity
    detail = {}
    if holder is not None and holder not in by.persons:
        check_said(words, _("同事正在看这项活动。要接过来，请写一句为什么。"), "words")
        check_length(words, "words")
        detail = {"taken_from": holder, "reason": words.strip()}
    mark(activity, Event.CLAIMED, {"claimed_by_id": by.person_id, "claimed_at": at}, by=by, at=at, **detail)
    return activity


@transaction
def release_activity(activity: Activity, *, by: Actor, at: datetime) -> Activity:
    """Let go of what one has in hand. Letting go of what nobody holds does nothing."""
    rules.check_claim(by, activity)
    holder = held_by(activity, at)
    if holder is None:
        return activity
    if holder not in by.persons:
        raise NotAllowed(_("这项活动在同事手里，只有本人能放下。要由您来办，请接过来。"))
    mark(activity, Event.RELEASED, {"claimed_by_id": None, "claimed_at": None}, by=by, at=at)
    return activity
