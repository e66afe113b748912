"""How an application moves: only from where the caller saw it, and never without its trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kepu.core import audit
from kepu.core.db import in_transaction
from kepu.core.refusals import StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.coming import TRANSITIONS, ApplicationState
from kepu.orgs.models import Application
from kepu.orgs.workflow import Event


@in_transaction
def hold(application: Application) -> None:
    """Keep others from deciding while one decides: a second one finds that it has moved on. Raises StaleState."""
    there = Application.objects.select_for_update(of=("self",)).filter(pk=application.pk)
    if list(there.values_list("state", "version")) != [(application.state, application.version)]:
        raise StaleState()


@in_transaction
def move(
    application: Application, to: ApplicationState, event: Event, values: dict[str, Any], *,
    expected_version: int | None = None, by: Actor, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    """Move the row only if it is still where the caller saw it."""
    if to not in TRANSITIONS[ApplicationState(application.state)]:
        raise StaleState()
    if expected_version is not None and expected_version != application.version:
        raise StaleState()
    before = application.state
    values = {**values, "state": to, "turn_since": at, "version": application.version + 1}
    same = Application.objects.filter(pk=application.pk, state=before, version=application.version)
    if not same.update(**values):
        raise StaleState()
    application.refresh_from_db()
    audit.record(event, application, by=by, at=at, before=str(before), **detail)


@in_transaction
def decide(
    application: Application, to: ApplicationState, event: Event, values: dict[str, Any], *,
    expected_version: int | None = None, by: Actor, at: datetime, **detail: Any,
) -> None:  # fmt: skip
    values = {**values, "decided_at": at, "decided_by_id": by.person_id}
    move(application, to, event, values, expected_version=expected_version, by=by, at=at, **detail)
