"""Incidents: reported at once to whoever must know, carried on, closed.

The reviewing units of the route and the coordinators up to the city are told; where somebody is hurt or people talk of it,
the province's too, also when that comes out only later. Everybody once for each report.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kepu.activities import incident_rules, messages
from kepu.activities.actions.steps import check_said
from kepu.activities.concerned import UP_TO_CITY, UP_TO_PROVINCE, coordinators_of, path_of_place, reviewers_of
from kepu.activities.models import Activity, Incident, IncidentState, IncidentUpdate
from kepu.activities.records import unfit
from kepu.activities.workflow import Event, IncidentKind
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import StaleState
from kepu.orgs.actor import Actor

LONGEST, MOST_HURT = 2000, 100_000


@transaction
def report_incident(
    activity: Activity, token: UUID, *, kind: str, happened_at: datetime, words: str, measures: str = "",
    people_hurt: int = 0, by: Actor, at: datetime,
) -> Incident:  # fmt: skip
    """Report what went wrong. The same ``token`` again gives what was reported the first time, and tells nobody twice."""
    incident_rules.check_report_incident(by, activity)
    if kind not in IncidentKind.values:
        raise unfit(_("请选择“类别”。"), "kind")
    if happened_at > at:
        raise unfit(_("发生时间不能晚于现在。"), "happened_at")
    check_said(words, _("请写明发生了什么。"), "words")
    _check_words(words, measures, people_hurt)
    assert by.person_id is not None  # a check has let only a unit's people through
    assert by.unit_id is not None
    incident, made = Incident.objects.get_or_create(
        token=token,
        defaults={
            "activity": activity, "season_id": activity.season_id, "place_path": path_of_place(activity),
            "kind": kind, "happened_at": happened_at, "words": words.strip(),
            "measures": measures.strip(), "people_hurt": people_hurt, "reported_at": at,
            "reported_by_id": by.person_id, "reporting_unit_id": by.unit_id,
        },
    )  # fmt: skip
    if not made:
        if incident.activity_id != activity.pk:
            raise StaleState()
        return incident
    _record(Event.INCIDENT_REPORTED, incident, activity, by=by, at=at)
    messages.incident_reported(activity, incident, _told(activity, incident, by), at=at)
    return incident


@transaction
def update_incident(
    incident: Incident, *, words: str, measures: str = "", people_hurt: int | None = None,
    expected_version: int | None = None, by: Actor, at: datetime,
) -> Incident:  # fmt: skip
    """Say how it goes on. Without ``people_hurt`` the number stays as it is."""
    incident_rules.check_update(by, incident)
    _go_on(incident, words, measures, people_hurt, expected_version, {}, by=by, at=at)
    _record(Event.INCIDENT_UPDATED, incident, incident.activity, by=by, at=at)
    messages.incident_updated(incident.activity, incident, _told(incident.activity, incident, by), at=at)
    return incident


@transaction
def close_incident(
    incident: Incident, *, words: str, measures: str = "", people_hurt: int | None = None,
    expected_version: int | None = None, by: Actor, at: datetime,
) -> Incident:  # fmt: skip
    """Say how it ended; nothing is added after that."""
    incident_rules.check_close(by, incident)
    ended = {"state": IncidentState.CLOSED, "closed_at": at, "closed_by_id": by.person_id}
    _go_on(incident, words, measures, people_hurt, expected_version, ended, by=by, at=at)
    _record(Event.INCIDENT_CLOSED, incident, incident.activity, by=by, at=at)
    messages.incident_closed(incident.activity, incident, _told(incident.activity, incident, by), at=at)
    return incident


@in_transaction
def _go_on(
    incident: Incident, words: str, measures: str, people_hurt: int | None, expected_version: int | None,
    ended: dict[str, Any], *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Add a row, if the incident is still as the caller saw it."""
    if expected_version is not None and expected_version != incident.version:
        raise StaleState()
    check_said(words, _("请写明现在的情况。"), "words")
    hurt = incident.people_hurt if people_hurt is None else people_hurt
    _check_words(words, measures, hurt)
    values = {**ended, "people_hurt": hurt, "version": incident.version + 1}
    same = Incident.objects.filter(pk=incident.pk, version=incident.version, state=IncidentState.OPEN)
    if not same.update(**values):
        raise StaleState()
    for name, value in values.items():
        setattr(incident, name, value)
    assert by.person_id is not None  # a check has let only a unit's people through
    assert by.unit_id is not None
    IncidentUpdate.objects.create(
        incident_id=incident.pk, words=words.strip(), measures=measures.strip(), people_hurt=hurt,
        closes=bool(ended), at=at, person_id=by.person_id, unit_id=by.unit_id,
    )  # fmt: skip


def _check_words(words: str, measures: str, people_hurt: int) -> None:
    for name, text in (("words", words), ("measures", measures)):
        if len(text) > LONGEST:
            said = {"most": LONGEST, "now": len(text)}
            raise unfit(_("说明最多%(most)s个字，现在有%(now)s个字。") % said, name)
    if not 0 <= people_hurt <= MOST_HURT:
        raise unfit(_("受伤人数要写整数，没有人受伤写 0。"), "people_hurt")


@in_transaction
def _record(event: Event, incident: Incident, activity: Activity, *, by: Actor, at: datetime) -> None:
    """The trace says which kind and how many are hurt; the words, which may name people, stay on the rows."""
    hurt = incident.people_hurt
    audit.record(event, activity, by=by, at=at, incident=incident.pk, kind=incident.kind, people_hurt=hurt)


def _told(activity: Activity, incident: Incident, by: Actor) -> list[int]:
    """The host, the reviewers, the coordinators as far up as it must go; everybody once, but not who acts."""
    levels = UP_TO_PROVINCE if incident.goes_to_province else UP_TO_CITY
    units = [activity.unit_id, *reviewers_of(activity), *coordinators_of(activity, levels)]
    return [unit for unit in dict.fromkeys(units) if unit != by.unit_id]
