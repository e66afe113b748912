"""Incidents: reported at once to whoever must know, carried on, closed, seen by whom it concerns, gone with the season."""

from uuid import uuid4

import pytest

from kepu.activities import incident_rules
from kepu.activities.actions import close_incident, report_incident, update_incident
from kepu.activities.models import Incident, IncidentState, IncidentUpdate, PublishedVersion
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.models import OutboxRow
from kepu.core.personal import inventory
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from tests.core.test_at_once import at_once
from tests.factories.activities import a_world, an_activity, events_of, told, trace_of
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 17, 11)


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def activity(world):
    return an_activity(world, State.PUBLISHED)


def report(world, activity, *, token=None, by=None, at=AT, **given):
    typed = {
        "kind": "heat",
        "happened_at": china(2023, 9, 17, 10),
        "words": "两名学生头晕，王同学在休息。",
        **given,
    }
    return report_incident(activity, token or uuid4(), **typed, by=by or world.filer, at=at)


def units_told(kind):
    return [unit for unit, what, _subject in told() if what == kind]


def test_the_reviewing_unit_and_the_coordinators_up_to_the_city_are_told_once_each(world, activity):
    report(world, activity, measures="转到阴凉处")
    assert units_told("incident_reported") == [world.city_office.pk, world.town_office.pk]
    assert told()[-1][2] == "突发情况（高温中暑）：走进中医药"
    assert trace_of(activity)[-1][2]["kind"] == "heat"


@pytest.mark.parametrize("given", [{"people_hurt": 2}, {"kind": "public_opinion"}])
def test_where_somebody_is_hurt_or_people_talk_the_province_is_told_too(world, activity, given):
    report(world, activity, **given)
    assert world.province_office.pk in units_told("incident_reported")
    assert world.nation_office.pk not in units_told("incident_reported")


def test_what_comes_out_later_goes_to_the_province_then(world, activity):
    incident = report(world, activity)
    update_incident(incident, words="一人送医", people_hurt=1, by=world.town_coordinator, at=AT)
    assert set(units_told("incident_updated")) == {
        world.school.pk,
        world.city_office.pk,
        world.province_office.pk,
    }
    assert told()[-1][2] == "突发情况有进展，1人受伤：走进中医药"


def test_it_is_carried_on_and_closed_in_rows_that_stay(world, activity):
    incident = report(world, activity, people_hurt=1)
    update_incident(incident, words="已送医", by=world.filer, at=AT)
    close_incident(incident, words="都已回家", people_hurt=2, by=world.coordinator, at=AT)
    row = Incident.objects.get()
    assert (row.state, row.people_hurt, row.closed_by_id, row.version) == (
        IncidentState.CLOSED, 2, world.coordinator.person_id, 3,
    )  # fmt: skip
    rows = IncidentUpdate.objects.order_by("id").values_list("words", "people_hurt", "closes")
    assert list(rows) == [("已送医", 1, False), ("都已回家", 2, True)]
    assert events_of(activity)[-3:] == ["incident_reported", "incident_updated", "incident_closed"]
    with pytest.raises(NotAllowed, match="已经了结"):
        update_incident(incident, words="又有", by=world.filer, at=AT)


def test_sent_twice_it_is_reported_once(world, activity):
    token = uuid4()
    assert report(world, activity, token=token) == report(world, activity, token=token)
    assert (Incident.objects.count(), len(units_told("incident_reported"))) == (1, 2)
    with pytest.raises(StaleState):
        report(world, an_activity(world, State.PUBLISHED), token=token)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"kind": "ufo"}, "kind", "请选择“类别”"),
        ({"happened_at": china(2023, 9, 17, 12)}, "happened_at", "发生时间不能晚于现在"),
        ({"words": " "}, "words", "请写明发生了什么"),
        ({"words": "长" * 2001}, "words", "最多2000个字，现在有2001个字"),
        ({"people_hurt": -1}, "people_hurt", "没有人受伤写 0"),
    ],
)
def test_what_cannot_be_is_told_at_its_question(world, activity, given, field, sentence):
    with pytest.raises(Incomplete, match=sentence) as caught:
        report(world, activity, **given)
    assert ([reason.field for reason in caught.value.reasons], Incident.objects.count()) == ([field], 0)


@pytest.mark.parametrize(
    ("state", "may"),
    [(State.APPROVED, False), (State.CANCELLED, True), (State.HELD, True), (State.ARCHIVED, False)],
)
def test_from_publication_to_the_archive(world, state, may):
    activity = an_activity(world, state)
    at = china(2023, 12, 2)
    if may:
        report(world, activity, at=at)
    else:
        with pytest.raises(NotAllowed, match="发布过、还没有归档"):
            report(world, activity, at=at)


def test_who_reports_and_who_sees(world, activity):
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    outsider = a_coordinator(a_unit(far, "四川省科协", coordinates=[far]))
    for by in (world.reviewer, outsider):
        with pytest.raises(NotAllowed):
            report(world, activity, by=by)
    incident = report(world, activity, by=world.town_coordinator)
    people = {
        "filer": world.filer, "reviewer": world.reviewer, "town": world.town_coordinator, "outsider": outsider,
        "neighbour": an_actor(a_unit(world.town, "石龙小学", kind="school")), "operator": an_actor(world.school, Role.OPERATOR),
    }  # fmt: skip
    seen = {name for name, by in people.items() if incident_rules.visible_to(by).exists()}
    assert seen == {"filer", "reviewer", "town"}
    assert {name for name, by in people.items() if incident_rules.can_go_on(by, incident)} == {
        "filer",
        "town",
    }


def test_where_it_is_held_elsewhere_the_coordinator_there_is_told_and_sees_it(world):
    other = a_place("441900104", "石排镇", parent=world.city)
    office = a_unit(other, "石排镇科协", coordinates=[other])
    activity = an_activity(world, State.PUBLISHED, place_id=other.pk)
    incident = report(world, activity)
    assert office.pk in units_told("incident_reported")
    assert incident_rules.visible_to(a_coordinator(office)).get() == incident


def test_what_was_written_stands_in_no_message_no_trace_and_nothing_public(world, activity):
    incident = report(world, activity)
    update_incident(incident, words="王同学已回家", by=world.filer, at=AT)
    everything = [
        *(str(row.payload) for row in OutboxRow.objects.all()), *(str(entry.detail) for entry in audit.of(activity)),
        *(str(copy.content) for copy in PublishedVersion.objects.all()),
    ]  # fmt: skip
    assert [text for text in everything if "王同学" in text] == []


def test_its_words_go_with_the_season():
    erased = {
        str(c): c.erase(None, "王同学") for c in inventory() if c.model.startswith("activities.incident")
    }
    assert erased == {
        f"activities.{model}.{name}": ""
        for model in ("incident", "incidentupdate")
        for name in ("words", "measures")
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_who_close_it_at_once_close_it_once():
    world = a_world()
    incident = report(world, an_activity(world, State.PUBLISHED))
    pages = [incident_rules.visible_to(world.filer).get(pk=incident.pk) for _ in range(2)]
    faults = at_once(
        *[lambda page=page: close_incident(page, words="好了", by=world.filer, at=AT) for page in pages]
    )
    assert [type(fault) for fault in faults] == [StaleState]
    assert (IncidentUpdate.objects.count(), list(audit.verify())) == (1, [])
