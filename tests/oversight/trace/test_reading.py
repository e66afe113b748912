"""Who reads which trace, whom and what they find named in it, and that a page costs the same however long it is."""

from datetime import timedelta

import pytest

from kepu.accounts.models import Person
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import transaction
from kepu.core.models import AuditEntry
from kepu.core.refusals import NotAllowed
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role
from kepu.oversight.trace import reading
from kepu.oversight.trace.reading import Filters
from tests.factories.accounts import a_person
from tests.factories.activities import FILED, a_world, an_activity
from tests.factories.orgs import a_place, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
DAY = day_of(FILED)


@pytest.fixture
def world():
    """The factories' world, in which everybody holds the post they act in and is called after it."""
    world = a_world()
    cast = {
        "王填报": world.filer,
        "李审核": world.reviewer,
        "赵统筹": world.coordinator,
        "钱镇里": world.town_coordinator,
    }
    for name, actor in cast.items():
        person = Person.objects.get(pk=actor.person_id)
        Person.objects.filter(pk=person.pk).update(name=name)
        a_post(actor.unit, actor.posts[0].role, person=person)
    return world


@pytest.fixture
def auditor(world):
    return an_actor(world.province_office, Role.AUDITOR, places=[world.province])


@pytest.fixture
def stranger(world):
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    return an_actor(a_unit(far, "四川省科协", coordinates=[far]), Role.COORDINATOR, places=[far])


def sentences(page):
    return [line.sentence for line in page.lines]


@transaction
def look(thing, *, by, at=FILED, fields=("phone",)):
    audit.record("personal.shown", thing, by=by, at=at, fields=list(fields))


def test_a_row_knows_whose_the_thing_was_and_where_it_lay(world):
    activity = an_activity(world, State.APPROVED)
    rows = AuditEntry.objects.filter(thing="activity", thing_id=activity.pk).order_by("id")
    found = list(rows.values_list("event", "unit_id", "owner_id", "place_path"))
    school, office = world.school.pk, world.city_office.pk
    assert found == [
        ("activity.drafted", school, school, world.town.path), ("activity.filed", school, school, world.town.path),
        ("activity.approved", office, school, world.town.path),
    ]  # fmt: skip


def test_a_unit_reads_what_it_did_and_what_was_done_to_its_own(world):
    an_activity(world, State.APPROVED)
    page = reading.of_unit(world.filer, world.school)
    assert sentences(page) == [
        "东莞市科协审核通过了活动“走进中医药”。", "石龙中学的王填报填报了活动“走进中医药”。", "石龙中学的王填报起草了活动“走进中医药”。",
    ]  # fmt: skip


def test_who_coordinates_or_audits_the_area_finds_everybody_named(world, auditor):
    an_activity(world, State.APPROVED)
    for reader in (auditor, world.coordinator):
        assert sentences(reading.of_unit(reader, world.school))[:2] == [
            "东莞市科协的李审核审核通过了活动“走进中医药”。", "石龙中学的王填报填报了活动“走进中医药”。",
        ]  # fmt: skip


@pytest.mark.parametrize("who", ["reviewer", "stranger"])
def test_nobody_else_reads_it(world, stranger, who):
    reader = stranger if who == "stranger" else world.reviewer
    for read in (
        lambda: reading.of_unit(reader, world.school),
        lambda: reading.of_area(reader, world.city, DAY),
        lambda: reading.looks_in_area(reader, world.city),
        lambda: reading.of_person(reader, world.filer.person_id),
    ):
        with pytest.raises(NotAllowed):
            read()


def test_a_draft_that_was_not_handed_in_keeps_its_name_to_itself(world):
    an_activity(world, State.DRAFT)
    assert sentences(reading.of_unit(world.town_coordinator, world.school)) == [
        "石龙中学的王填报起草了活动（名称不在您的查看范围内）。"
    ]


def test_an_area_is_read_day_by_day(world, auditor, stranger):
    an_activity(world, State.PUBLISHED)
    days = [DAY + timedelta(days=n) for n in range(4)]
    found = {
        day.day: [line.entry.event for line in reading.of_area(auditor, world.province, day).lines]
        for day in days
    }
    assert found == {
        25: ["activity.filed", "activity.drafted"],
        26: ["activity.approved"],
        27: [],
        28: ["activity.published"],
    }
    assert reading.of_area(stranger, stranger.unit.place, DAY).lines == ()


def test_a_person_reads_all_they_did_and_others_what_they_did_for_units_in_reach(world, auditor):
    an_activity(world)
    elsewhere = an_actor(
        a_unit(a_place("110000", "北京市", kind="province", parent=world.nation)),
        person=Person.objects.get(pk=world.filer.person_id),
    )
    look(world.school, by=elsewhere)
    assert [line.entry.event for line in reading.of_person(world.filer, world.filer.person_id).lines] == [
        "personal.shown",
        "activity.drafted",
    ]
    assert [line.entry.event for line in reading.of_person(auditor, world.filer.person_id).lines] == [
        "activity.drafted"
    ]


def test_looks_in_an_area_are_found_whenever_they_were(world, auditor):
    me = Person.objects.get(pk=world.filer.person_id)
    look(me, by=world.coordinator, at=FILED - timedelta(days=200))
    look(me, by=world.coordinator)
    an_activity(world)
    assert len(reading.looks_in_area(auditor, world.province).lines) == 2
    assert len(reading.looks_in_area(world.town_coordinator, world.town).lines) == 0


def test_filters_narrow_by_day_group_and_person(world):
    an_activity(world, State.APPROVED)
    look(world.school, by=world.filer)
    day = day_of(FILED)

    def events(**filters):
        return [
            line.entry.event for line in reading.of_unit(world.filer, world.school, Filters(**filters)).lines
        ]

    assert events(day=day) == ["personal.shown", "activity.filed", "activity.drafted"]
    assert events(group="personal") == ["personal.shown"]
    assert events(person=world.reviewer.person_id) == ["activity.approved"]
    assert events(day=day + timedelta(days=9)) == []


def test_somebody_who_is_gone_is_shown_by_number(world):
    gone = an_actor(world.school, person=a_person("将注销"))
    look(world.school, by=gone)
    Person.objects.filter(pk=gone.person_id).delete()
    assert sentences(reading.of_unit(world.filer, world.school)) == [
        f"石龙中学的已注销人员（{gone.person_id}号）查看了石龙中学的手机号码。"
    ]


def test_a_thing_that_is_gone_is_called_by_its_number(world):
    person = a_person("将注销")
    look(person, by=world.filer)
    Person.objects.filter(pk=person.pk).delete()
    assert f"已注销人员（{person.pk}号）" in sentences(reading.of_unit(world.filer, world.school))[0]


def test_an_event_that_nobody_knows_is_told_by_its_name(world):
    @transaction
    def act():
        audit.record("old.event", world.school, by=world.filer, at=FILED)

    act()
    assert sentences(reading.of_unit(world.filer, world.school)) == [
        "石龙中学的王填报对石龙中学办理了“old.event”。"
    ]


def test_the_system_is_named_as_such(world):
    look(world.school, by=SYSTEM)
    assert sentences(reading.of_unit(world.filer, world.school)) == ["系统查看了石龙中学的手机号码。"]


def test_pages_of_a_unit_follow_each_other_without_gap_or_double(world):
    for _n in range(3):
        an_activity(world, State.APPROVED)
    whole = [line.entry.pk for line in reading.of_unit(world.filer, world.school).lines]
    found, cursor = [], ""
    while True:
        page = reading.of_unit(world.filer, world.school, cursor=cursor, size=4)
        found += [line.entry.pk for line in page.lines]
        if not (cursor := page.next):
            break
    assert (found, len(found)) == (whole, 9)
    back = reading.of_unit(world.filer, world.school, cursor=page.previous, size=4)
    assert [line.entry.pk for line in back.lines] == whole[4:8]


@pytest.mark.parametrize("activities", [1, 3])
def test_a_page_costs_the_same_however_long(world, auditor, django_assert_num_queries, activities):
    for _n in range(activities):
        an_activity(world, State.APPROVED)
    with django_assert_num_queries(8):  # by it, to it; activities 2, people 2, units 2
        reading.of_unit(auditor, world.school)
    with django_assert_num_queries(8):
        reading.of_area(auditor, world.city, DAY)
