"""What came of an activity before the public: chosen by its host, taken away by who reviews it. The copy follows at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities import messages, rules
from kepu.activities.actions.freezing import freeze
from kepu.activities.actions.steps import check_length, check_said, check_seen, touch
from kepu.activities.models import Activity, Result
from kepu.activities.results import results_of
from kepu.activities.workflow import Event
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import Actor


@transaction
def show_results(
    activity: Activity, *, shown: Collection[str], reason: str = "", expected_version: int | None = None, by: Actor,
    at: datetime,
) -> Activity:  # fmt: skip
    """Put these before the public, and nothing else of what came of it. Who is not the host takes away, and says why.

    Choosing the same again does nothing.
    """
    rules.check_show_results(by, activity)
    check_seen(activity, expected_version)
    check_length(reason)
    chosen = [code for code in Result.values if code in shown]
    if chosen == activity.shown_results:
        return activity
    if not by.acts_for(activity.unit_id):
        if not set(chosen) <= set(activity.shown_results):
            raise NotAllowed(_("公开什么由举办单位定，您只能撤下。"))
        check_said(reason, _("请写明为什么撤下，举办单位会看到。"))
        messages.results_taken_away(activity, reason, at=at)
    else:
        messages.results_shown(activity, chosen, at=at)
    _write(activity, {"shown_results": chosen}, by=by, at=at, shown=chosen, reason=reason)
    return activity


@in_transaction
def follow(activity: Activity, *, by: Actor, at: datetime) -> None:
    """Where the public reads of results that are others now, it reads these. Nothing where none is shown."""
    if not (activity.shown_results and activity.public_version):
        return
    before = activity.publication.content.get("results", {})
    if results_of(activity, before=before, at=at) != before:
        _write(activity, {}, by=by, at=at, shown=activity.shown_results)


@in_transaction
def _write(activity: Activity, values: dict[str, Any], *, by: Actor, at: datetime, **detail: Any) -> None:
    again = {"public_version": activity.public_version + 1}
    touch(activity, Event.RESULTS_SHOWN, values | again, by=by, at=at, **detail)
    freeze(activity, None, moved=False, by=by, at=at)
