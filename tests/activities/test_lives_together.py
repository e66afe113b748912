"""Several activities of several people at once, as a machine of states: whatever anybody does next, the promises hold.

``test_lives`` follows one activity through every act of its own; here acts reach over several: a batch, a link between two
records of one activity, a stop for a whole area, and what the worker does by itself.
"""

from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kepu.activities import actions, alike, jobs
from kepu.activities.actions import Chosen
from kepu.activities.models import Activity, BatchLine, BatchOfReviews, Double, Outcome, Publication, Verdict
from kepu.activities.sessions import cleaned_sessions, sessions_of
from kepu.activities.stoppable import Cause, Days
from kepu.activities.workflow import TRANSITIONS, State
from kepu.core import audit, tallies
from kepu.core.refusals import Refused
from kepu.orgs.models import Role
from tests.factories.activities import FILED, a_draft, a_world, an_activity, loaded, taken_back, with_roles
from tests.factories.notices import china
from tests.factories.orgs import a_unit, an_actor

pytestmark = pytest.mark.django_db
NAMES = ("一", "二", "三", "四")
which = st.sampled_from(NAMES)
who = st.sampled_from(
    ["filer", "filer", "reviewer", "reviewer", "coordinator", "another", "town", "stranger"]
)


class Lives(RuleBasedStateMachine):
    """Four activities of one school, and everybody who may have a hand in them."""

    world = None  # made once; each run takes back what it wrote
    cast: dict = {}

    def __init__(self):
        super().__init__()
        self.kept = ExitStack()
        self.kept.enter_context(taken_back())
        self.at = FILED
        self.batch = None

    @initialize()
    def begin(self):
        sessions = cleaned_sessions([
            {"starts_at": china(2023, 9, day, 9), "ends_at": china(2023, 9, day, 11)} for day in (16, 17, 23)
        ])  # fmt: skip
        self.activities = {
            "一": a_draft(self.world, title="走进中医药"),
            "二": an_activity(self.world, State.FILED, title="走进中医药（石龙）"),
            "三": an_activity(self.world, State.APPROVED, title="科普大篷车", arrangement="tour", sessions=sessions),
            "四": an_activity(self.world, State.PUBLISHED, title="走进中医药讲座"),
        }  # fmt: skip
        self.states = {name: loaded(a).state for name, a in self.activities.items()}

    def teardown(self):
        if hasattr(self, "activities"):
            assert list(audit.verify()) == []
        self.kept.close()

    def act(self, name, act, by):
        """An act from a page opened just now; a refusal is a sentence and changes nothing."""
        row = loaded(self.activities[name])
        return self.done(lambda: act(row, by=self.cast[by], at=self.at), before=row)

    def done(self, press, *, before=None):
        told = ""
        try:
            press()
        except Refused as refusal:
            told = str(refusal)
        if told:
            assert told[-1] in "。？", told
            if before is not None:
                after = loaded(before)
                assert (after.version, after.state) == (before.version, before.state)
        return not told

    @rule(hours=st.integers(1, 60))
    def time_goes_on(self, hours):
        self.at += timedelta(hours=hours)

    @rule(name=which, by=who)
    def file(self, name, by):
        self.act(name, actions.file_activity, by)

    @rule(name=which, by=who, typing=st.booleans())
    def change(self, name, by, typing):
        row = loaded(self.activities[name])
        changes = (
            {"title": row.title[:-1] + "乐"} if typing else {"venue": "文化馆", "summary": f"改于{self.at}"}
        )
        self.act(
            name,
            lambda a, **who: actions.change_activity(
                a, changes=changes, reason="改", typing_errors=["title"] * typing, **who
            ),
            by,
        )

    @rule(name=which, by=who, agree=st.booleans())
    def decide(self, name, by, agree):
        state = loaded(self.activities[name]).state
        if state == State.CHANGED:
            act = (
                actions.approve_change
                if agree
                else lambda a, **who: actions.return_change(a, words="不", **who)
            )
        else:
            act = (
                actions.approve_activity
                if agree
                else lambda a, **who: actions.return_activity(a, words="改", **who)
            )
        self.act(name, act, by)

    @rule(name=which, by=who, take=st.booleans())
    def take_in_hand(self, name, by, take):
        claim = lambda a, **who: actions.claim_activity(a, words="我来", **who)  # noqa: E731
        self.act(name, claim if take else actions.release_activity, by)

    @rule(names=st.sets(which, min_size=1), by=who, verdict=st.sampled_from(Verdict))
    def choose_many(self, names, by, verdict):
        rows = [loaded(self.activities[name]) for name in sorted(names)]
        chosen = [Chosen(row.pk, row.version) for row in rows]

        def press():
            self.batch = actions.begin_batch(
                uuid4(),
                chosen,
                season=self.world.season,
                verdict=verdict,
                words="改一改",
                by=self.cast[by],
                at=self.at,
            )

        self.done(press)

    @precondition(lambda self: self.batch is not None)
    @rule(by=st.sampled_from(["reviewer", "another"]), most=st.integers(0, 3))
    def go_on_with_many(self, by, most):
        """Broken off after some, as by a kill; pressed again it goes on."""
        left = [most]

        def stop():
            left[0] -= 1
            return left[0] < 0

        self.done(lambda: actions.carry_on_batch(self.batch, by=self.cast[by], at=self.at, stop=stop))

    @rule(name=which, by=who, hours=st.integers(-2, 40))
    def schedule(self, name, by, hours):
        when = self.at + timedelta(hours=hours)
        self.act(name, lambda a, **who: actions.schedule_publication(a, publish_at=when, **who), by)

    @rule(name=which, by=who)
    def publish(self, name, by):
        self.act(name, actions.publish_activity, by)

    @rule()
    def the_worker_looks(self):
        jobs.publish_due(self.at)
        jobs.escalate_late_reviews(self.at)
        for activity in self.activities.values():
            actions.look_for_doubles(activity.pk, at=self.at)

    @rule(name=which, by=who)
    def cancel(self, name, by):
        self.act(name, lambda a, **who: actions.cancel_activity(a, reason="台风", **who), by)

    @rule(name=which, by=who)
    def withdraw(self, name, by):
        self.act(name, actions.withdraw_activity, by)

    @rule(name=which, by=who, days=st.none() | st.integers(1, 9))
    def postpone(self, name, by, days):
        starts = None if days is None else self.at + timedelta(days=days)
        self.act(
            name, lambda a, **who: actions.postpone_activity(a, reason="暴雨", starts_at=starts, **who), by
        )

    @rule(name=which, by=who, codes=st.sets(st.sampled_from(["s1", "s2", "s3"]), min_size=1))
    def call_off_sessions(self, name, by, codes):
        self.act(name, lambda a, **who: actions.cancel_sessions(a, codes=codes, reason="场地停电", **who), by)

    @rule(by=who, first=st.integers(14, 24), length=st.integers(0, 3), postpone=st.booleans())
    def stop_an_area(self, by, first, length, postpone):
        days = Days(china(2023, 9, first).date(), china(2023, 9, first + length).date())
        rows = list(
            Activity.objects.whole().filter(pk__in=[a.pk for a in self.activities.values()]).order_by("pk")
        )
        self.done(lambda: actions.stop_each(
            rows, cause=Cause.HEAT, words="", days=days, postpone=postpone, by=self.cast[by], at=self.at
        ))  # fmt: skip

    @rule(one=which, other=which, by=who, how=st.sampled_from(["link", "merge", "unlink", "apart"]))
    def settle_a_double(self, one, other, by, how):
        a, b = sorted((self.activities[one].pk, self.activities[other].pk))
        double = alike.whole().filter(a=a, b=b).first()
        if double is None:
            return
        who = {"by": self.cast[by], "at": self.at}
        keep = self.activities[one].pk
        self.done({
            "link": lambda: actions.link_double(double, keep=keep, words="同一项", **who),
            "merge": lambda: actions.merge_double(double, keep=keep, words="同一项", **who),
            "unlink": lambda: actions.unlink_double(double, words="不是", **who),
            "apart": lambda: actions.tell_apart(double, words="不是", **who),
        }[how])  # fmt: skip

    @rule(name=which, by=who)
    def hold(self, name, by):
        row = loaded(self.activities[name])
        self.at = max(self.at, row.ends_at or self.at)
        self.act(name, lambda a, **who: actions.hold_activity(a, participants_actual=60, **who), by)

    @invariant()
    def every_move_is_in_the_table(self):
        for name, activity in getattr(self, "activities", {}).items():
            state = loaded(activity).state
            assert _reachable(State(self.states[name]), State(state)), (self.states[name], state)
            self.states[name] = state

    @invariant()
    def counts_are_what_a_recount_finds(self):
        assert tallies.verify() == []

    @invariant()
    def what_is_counted_with_another_is_counted_there_and_once(self):
        rows = {row.pk: row for row in Activity.objects.all().order_by("pk")}
        for row in rows.values():
            if row.same_as_id is not None:
                kept = rows[row.same_as_id]
                assert (kept.same_as_id, kept.pk != row.pk) == (None, True)  # no chains, no circles
                assert kept.state != State.WITHDRAWN
        public = [
            r for r in rows.values() if r.published_at and r.state != State.CANCELLED and r.same_as_id is None
        ]
        counted = tallies.in_place(self.world.season.pk, self.world.nation.path).get(
            ("activity.published", ""), 0
        )
        assert counted == len(public)

    @invariant()
    def the_public_reads_the_last_copy_and_knows_what_is_off(self):
        for row in Activity.objects.all().order_by("pk"):
            copy = Publication.objects.filter(pk=row.pk).first()
            assert (copy is not None) == (row.public_version > 0)
            if copy is not None:
                assert copy.version == row.public_version
                assert (copy.status == "cancelled") == (row.state == State.CANCELLED)
                shown = [(s["code"], s.get("status", "")) for s in copy.content["sessions"]]
                assert shown == [(s.code, s.status) for s in sessions_of(row)]

    @invariant()
    def what_belongs_to_a_turn_ends_with_it(self):
        for row in Activity.objects.all().order_by("pk"):
            assert row.publish_at is None or row.state == State.APPROVED
            assert row.claimed_by_id is None or row.state in (State.FILED, State.CHANGED)
            assert row.escalated_at is None or row.state in (State.FILED, State.CHANGED)

    @invariant()
    def no_line_of_a_batch_is_decided_twice(self):
        done = BatchLine.objects.filter(outcome=Outcome.DONE)
        for line in done.select_related("batch").order_by("pk"):
            decided = audit.of(Activity.objects.get(pk=line.activity_id)).filter(
                event__in=["activity.approved", "activity.passed", "activity.returned"]
            )
            assert decided.count() >= 1
            twice = done.filter(activity_id=line.activity_id, version=line.version)
            assert twice.count() == 1
        assert BatchOfReviews.objects.filter(done_at=None, lines__isnull=True).count() == 0

    @invariant()
    def a_pair_of_records_is_settled_as_its_columns_say(self):
        for double in Double.objects.select_related("a", "b").order_by("pk"):
            together = {double.a.same_as_id, double.b.same_as_id} & {double.a_id, double.b_id}
            if double.state == "linked":
                assert double.kept_id is not None
            if together:
                assert double.state in ("linked", "merged")


def _reachable(before, after):
    """In one act, or in the few that an area's stop, a batch or the worker does at once."""
    if before == after:
        return True
    steps = {before}
    for _n in range(3):
        steps |= {nexts for state in steps for nexts in TRANSITIONS[state]}
    return after in steps


def test_whatever_anybody_does_next(db):
    world = a_world()
    an_activity(world, State.FILED)  # so that the kept copy of the rules stands outside of what is taken back
    machine = type("LivesHere", (Lives,), {
        "world": world,
        "cast": {
            "filer": world.filer, "reviewer": world.reviewer, "coordinator": world.coordinator, "town": world.town_coordinator,
            "another": with_roles(world.city_office, Role.REVIEWER, places=[world.city]),
            "stranger": an_actor(a_unit(world.town, "石龙小学", kind="school")),
        },
    })  # fmt: skip
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
