"""Reviews that are late: told once, to the unit and to the coordinator above it."""

import pytest

from kepu.activities.actions import (
    approve_activity,
    escalate_reviews,
    remind_reviewers,
    return_activity,
)
from kepu.activities.jobs import escalate_late_reviews
from kepu.activities.queries import above, late_below
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.refusals import NotAllowed
from kepu.notices import rulebook
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role
from tests.core.test_at_once import at_once
from tests.factories.activities import REVIEWED, a_world, an_activity, events_of, loaded, told
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_post, an_actor

pytestmark = pytest.mark.django_db
IN_TIME, LATE = china(2023, 8, 28, 23), china(2023, 8, 29)  # filed on Friday 25 August, one working day


@pytest.fixture
def world(standing_world):
    return standing_world


def late_ones():
    return [one for one in told() if one[1].startswith("review.")]


def test_the_unit_and_the_coordinator_above_are_told_once(world):
    a_post(world.city_office, Role.REVIEWER)
    rows = [an_activity(world, State.FILED) for _ in range(3)]
    assert (escalate_late_reviews(IN_TIME), late_ones()) == (0, [])
    assert escalate_late_reviews(LATE) == 3
    assert late_ones() == [
        (world.city_office.pk, "review.late", "有3项活动过了审核期限，请尽快审核"),
        (world.province_office.pk, "review.late", "“东莞市科协”有3项活动过了审核期限"),
    ]
    assert (escalate_late_reviews(china(2023, 9, 1)), len(late_ones())) == (0, 2)
    assert [(loaded(a).escalated_at, loaded(a).version, events_of(a)[-1]) for a in rows] == [
        (LATE, 2, "escalated")
    ] * 3
    assert (tallies.verify(), list(audit.verify())) == ([], [])


def test_chunk_by_chunk_it_comes_to_an_end(world, django_assert_max_num_queries):
    for _ in range(3):
        an_activity(world, State.FILED)
    assert escalate_late_reviews(LATE, size=1) == 3
    with django_assert_max_num_queries(1):  # nothing late: one look at an index
        assert escalate_late_reviews(LATE) == 0


def test_who_has_nobody_at_the_post_is_said_to_have_nobody(world):
    from kepu.core.models import OutboxRow

    an_activity(world, State.FILED)
    world.city_office.posts.all().delete()
    escalate_late_reviews(LATE)
    bodies = [
        row.payload["body"]
        for row in OutboxRow.objects.order_by("id")
        if row.payload.get("kind") == "review.late"
    ]
    assert bodies == ["这个单位现在没有在岗的审核人，请安排人或让人代理。"] * 2


def test_what_was_decided_meanwhile_is_passed_over(world):
    rows = [loaded(an_activity(world, State.FILED)) for _ in range(2)]
    approve_activity(loaded(rows[0]), by=world.reviewer, at=LATE)
    assert escalate_reviews(world.city_office, rows, by=SYSTEM, at=LATE) == 1
    assert events_of(rows[0])[-1] == "approved"


def test_the_next_round_begins_anew(world):
    activity = an_activity(world, State.FILED)
    escalate_late_reviews(LATE)
    activity = loaded(activity)
    return_activity(activity, words="改", by=world.reviewer, at=LATE)
    assert loaded(activity).escalated_at is None


def test_at_the_top_there_is_nobody_above(world):
    assert above(world.nation_office) is None
    assert above(world.school) == world.town_office.pk
    assert above(world.town_office) == world.city_office.pk


class TestSeenFromAbove:
    def test_units_and_counts_below_and_not_ones_own_or_those_above(self, world):
        for _ in range(2):
            an_activity(world, State.FILED)
        escalate_late_reviews(LATE)
        province, nation = a_coordinator(world.province_office), a_coordinator(world.nation_office)
        for actor in (province, nation):
            [one] = late_below(actor, world.season)
            assert (one.unit, one.count) == (world.city_office, 2)
        for actor in (world.coordinator, world.town_coordinator, world.reviewer):
            assert late_below(actor, world.season) == []

    def test_a_reminder_a_day(self, world):
        an_activity(world, State.FILED)
        province = a_coordinator(world.province_office)
        with pytest.raises(NotAllowed, match="没有超期的审核"):
            remind_reviewers(world.city_office, world.season, by=province, at=REVIEWED)
        escalate_late_reviews(LATE)
        assert remind_reviewers(world.city_office, world.season, by=province, at=LATE) == 1
        assert late_ones()[-1] == (
            world.city_office.pk, "review.reminded", "广东省科协提醒：有1项活动过了审核期限，请尽快审核",
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="今天已经提醒过"):
            remind_reviewers(world.city_office, world.season, by=province, at=LATE)
        assert remind_reviewers(world.city_office, world.season, by=province, at=china(2023, 8, 30)) == 1

    def test_only_a_coordinator_above(self, world):
        for stranger in (
            world.coordinator,
            world.town_coordinator,
            an_actor(world.province_office, Role.REVIEWER),
        ):
            with pytest.raises(NotAllowed, match="上级统筹岗位"):
                remind_reviewers(world.city_office, world.season, by=stranger, at=LATE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_two_workers_tell_once():
    world = a_world()
    for _ in range(4):
        an_activity(world, State.FILED)
    counts = []
    faults = at_once(*[lambda: counts.append(escalate_late_reviews(LATE))] * 2)
    rulebook.forget()
    assert (faults, sum(counts), list(audit.verify())) == ([], 4, [])
    assert sum("“东莞市科协”有" in subject for _unit, _kind, subject in late_ones()) == 1
