"""Published when its host said so: laid down, called off by whatever comes between, carried out once."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from kepu.activities import jobs
from kepu.activities.actions import (
    change_activity,
    publish_activity,
    publish_scheduled,
    schedule_publication,
    unschedule_publication,
    withdraw_activity,
)
from kepu.activities.jobs import publish_due
from kepu.activities.models import Activity, Publication, PublishedVersion
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.models import OutboxRow
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.notices import rulebook
from kepu.orgs.actor import SYSTEM
from tests.core.test_at_once import at_once
from tests.factories.activities import (
    PUBLISHED,
    REVIEWED,
    STARTS,
    a_world,
    an_activity,
    events_of,
    loaded,
    told,
    trace_of,
)
from tests.factories.notices import a_gate, china

MORNING = china(2023, 9, 1, 8)


def scheduled(world, when=MORNING, **changes):
    activity = an_activity(world, State.APPROVED, **changes)
    return schedule_publication(activity, publish_at=when, by=world.filer, at=REVIEWED)


@pytest.mark.django_db
class TestScheduling:
    @pytest.fixture
    def world(self):
        return a_world()

    def test_it_stays_hidden_until_its_time_and_then_the_system_publishes_it(self, world):
        activity = scheduled(world)
        assert (publish_due(MORNING - timedelta(seconds=1)), Publication.objects.count()) == (0, 0)
        assert (publish_due(MORNING), publish_due(MORNING)) == (1, 0)
        row = loaded(activity)
        assert (row.state, row.published_at, row.publish_at) == (State.PUBLISHED, MORNING, None)
        assert [(event, person) for event, person, _detail in trace_of(activity)[-2:]] == [
            ("activity.scheduled", world.filer.person_id), ("activity.published", None),
        ]  # fmt: skip
        version = PublishedVersion.objects.get()
        assert (version.unit_id, version.person_id) == (None, None)
        assert tallies.verify() == []

    @pytest.mark.parametrize(
        ("when", "sentence"),
        [(REVIEWED, "发布时间要在现在以后"), (STARTS, "发布时间要在活动开始以前")],
    )
    def test_the_time_lies_between_now_and_the_beginning(self, world, when, sentence):
        with pytest.raises(Incomplete, match=sentence):
            scheduled(world, when)

    def test_gates_are_asked_as_they_will_stand_at_that_instant(self, world):
        activity = an_activity(world, State.APPROVED)
        with pytest.raises(GateClosed) as caught:  # seven days before it starts, says the notice
            schedule_publication(activity, publish_at=china(2023, 9, 12), by=world.filer, at=REVIEWED)
        assert [reason.clause_id for reason in caught.value.reasons] == ["DG-48"]
        with pytest.raises(GateClosed):
            publish_activity(activity, by=world.filer, at=china(2023, 8, 20))  # not now, but then
        schedule_publication(activity, publish_at=MORNING, by=world.filer, at=china(2023, 8, 20))
        assert loaded(activity).publish_at == MORNING

    def test_something_online_needs_its_address_already_now(self, world):
        with pytest.raises(Incomplete, match="请填写线上网址"):
            scheduled(world, mode="online", venue="")

    def test_only_its_host_lays_it_down_and_only_the_system_carries_it_out(self, world):
        activity = an_activity(world, State.APPROVED)
        for by in (world.reviewer, world.town_coordinator):
            with pytest.raises(NotAllowed):
                schedule_publication(activity, publish_at=MORNING, by=by, at=REVIEWED)
        schedule_publication(activity, publish_at=MORNING, by=world.filer, at=REVIEWED)
        with pytest.raises(NotAllowed, match="到时由系统自动发布"):
            publish_scheduled(activity, by=world.filer, at=MORNING)
        with pytest.raises(StaleState):
            publish_scheduled(activity, by=SYSTEM, at=MORNING - timedelta(hours=1))

    def test_another_time_takes_the_place_of_the_first_and_the_same_one_writes_nothing(self, world):
        activity = scheduled(world)
        later = MORNING + timedelta(hours=2)
        for _ in range(2):
            schedule_publication(activity, publish_at=later, by=world.filer, at=REVIEWED)
        assert (loaded(activity).publish_at, events_of(activity)[-2:]) == (later, ["scheduled", "scheduled"])

    def test_it_can_be_called_off(self, world):
        activity = scheduled(world)
        unschedule_publication(activity, by=world.filer, at=REVIEWED)
        assert (publish_due(MORNING), loaded(activity).state, events_of(activity)[-1]) == (
            0, State.APPROVED, "unscheduled",
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="没有定时发布"):
            unschedule_publication(activity, by=world.filer, at=REVIEWED)

    @pytest.mark.parametrize(
        ("between", "state"),
        [
            (lambda a, w: change_activity(a, changes={"venue": "镇文化馆"}, by=w.filer, at=REVIEWED), State.FILED),
            (lambda a, w: withdraw_activity(a, by=w.filer, at=REVIEWED), State.WITHDRAWN),
            (lambda a, w: publish_activity(a, by=w.filer, at=PUBLISHED), State.PUBLISHED),
        ],
        ids=["a material change", "a withdrawal", "publishing by hand"],
    )  # fmt: skip
    def test_what_moves_it_on_calls_it_off(self, world, between, state):
        activity = scheduled(world)
        between(activity, world)
        assert (loaded(activity).publish_at, publish_due(MORNING), loaded(activity).state) == (None, 0, state)

    def test_a_change_that_holds_at_once_leaves_the_time_as_it_is(self, world):
        activity = scheduled(world)
        change_activity(activity, changes={"summary": "新简介"}, by=world.filer, at=REVIEWED)
        publish_due(MORNING)
        assert Publication.objects.get().content["summary"] == "新简介"

    def test_a_gate_that_closed_meanwhile_calls_it_off_and_the_host_reads_the_clause(self, world):
        activity = scheduled(world, summary="")
        notice = world.season.notices.get()
        a_gate(
            notice, "DG-90", "hard", fact="publicity_plan", required=True, stages=["publication"], number="九"
        )
        rulebook.forget()
        assert (publish_due(MORNING), publish_due(MORNING)) == (1, 0)
        row = loaded(activity)
        assert (row.state, row.publish_at, Publication.objects.count()) == (State.APPROVED, None, 0)
        assert told()[-1] == (world.school.pk, "not_published", "没有按时发布，请处理：走进中医药")
        body = OutboxRow.objects.order_by("id").last().payload["body"]
        assert ("宣传计划" in body, "九" in body) == (True, True)
        assert "宣传计划" in trace_of(activity)[-1][2]["closed"][0]

    def test_the_job_takes_the_earliest_first_and_no_more_than_it_is_told(self, world):
        rows = [scheduled(world, MORNING + timedelta(minutes=n), title=f"第{n}项") for n in (2, 0, 1)]
        at = MORNING + timedelta(hours=1)
        assert publish_due(at, size=2) == 2
        assert [loaded(row).state for row in rows] == [State.APPROVED, State.PUBLISHED, State.PUBLISHED]
        assert (publish_due(at), publish_due(at)) == (1, 0)

    def test_a_worker_that_is_told_to_stop_begins_no_other(self, world):
        scheduled(world)
        assert publish_due(MORNING, stop=lambda: True) == 0

    @pytest.fixture
    def damaged(self, monkeypatch):
        """Activities whose publication fails whatever is tried, by title; how often each was tried."""
        tried = []
        publish = jobs.actions.publish_scheduled

        def failing(activity, *, by, at):
            if activity.title.startswith("坏"):
                tried.append(activity.title)
                raise KeyError("sessions of 13800001234")
            return publish(activity, by=by, at=at)

        monkeypatch.setattr(jobs.actions, "publish_scheduled", failing)
        return tried

    def test_what_fails_for_ever_at_the_head_holds_up_no_other(self, world, damaged, caplog):
        bad = [scheduled(world, title=f"坏{n}") for n in range(3)]
        good = scheduled(world, MORNING + timedelta(minutes=1))
        at = MORNING + timedelta(hours=1)
        assert (publish_due(at, size=2), loaded(good).state) == (1, State.PUBLISHED)
        assert [(loaded(row).state, loaded(row).publish_at) for row in bad] == [(State.APPROVED, MORNING)] * 3
        assert (damaged, "13800001234" in caplog.text) == (["坏0", "坏1", "坏2"], False)
        assert [record.levelname for record in caplog.records] == ["ERROR"] * 3

    def test_more_of_them_than_a_run_looks_at_are_passed_from_run_to_run(self, world, damaged, caplog):
        for n in range(5):
            scheduled(world, title=f"坏{n}")
        good = scheduled(world, MORNING + timedelta(minutes=1))
        at, since = MORNING + timedelta(hours=1), jobs.Pass()
        runs = [publish_due(at, size=2, most=3, since=since) for _ in range(4)]
        assert (runs, loaded(good).state) == ([0, 1, 0, 0], State.PUBLISHED)
        assert damaged == [
            "坏0",
            "坏1",
            "坏2",
            "坏3",
            "坏4",
            "坏0",
            "坏1",
            "坏2",
        ]  # and tried again from the head
        assert len(caplog.records) == 5  # each is told once

    def test_a_database_that_is_away_is_no_fault_of_a_row(self, world, monkeypatch):
        scheduled(world)

        def away(*_args, **_how):
            raise OperationalError("connection lost")

        monkeypatch.setattr(jobs.actions, "publish_scheduled", away)
        with pytest.raises(OperationalError):
            publish_due(MORNING)

    def test_looking_costs_one_query_where_nothing_is_due(self, world):
        scheduled(world)
        with CaptureQueriesContext(connection) as asked:
            publish_due(REVIEWED)
        assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
class TestAtOnce:
    @pytest.fixture
    def world(self):
        yield a_world()
        rulebook.forget()

    def test_a_time_and_a_change_at_once_leave_one_truth(self, world):
        activity = an_activity(world, State.APPROVED)
        one, other = loaded(activity), loaded(activity)
        faults = at_once(
            lambda: schedule_publication(one, publish_at=MORNING, by=world.filer, at=REVIEWED),
            lambda: change_activity(other, changes={"venue": "镇文化馆"}, by=world.filer, at=REVIEWED),
        )
        row = loaded(activity)
        assert [type(fault) for fault in faults] == [StaleState]
        assert (row.state, row.publish_at) in [(State.APPROVED, MORNING), (State.FILED, None)]
        assert (tallies.verify(), list(audit.verify())) == ([], [])

    def test_four_workers_publish_it_once(self, world):
        activity = scheduled(world)
        faults = at_once(*[lambda: publish_due(MORNING)] * 4)
        assert (faults, events_of(activity).count("published"), PublishedVersion.objects.count()) == (
            [],
            1,
            1,
        )
        assert (tallies.verify(), list(audit.verify()), Activity.objects.get().version) == (
            [],
            [],
            row_version(activity),
        )


def row_version(activity):
    """One write more than when its time was laid down."""
    return activity.version + 1
