"""Claims say who has a filing in hand for the day; points say what it was held against."""

from dataclasses import replace

import pytest

from kepu.activities.actions import (
    approve_activity,
    approve_change,
    claim_activity,
    release_activity,
    return_activity,
)
from kepu.activities.checklist import Checked, points_for, steps_for
from kepu.activities.claims import held_by, held_by_another
from kepu.activities.models import Activity
from kepu.activities.queries import notes_on
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.notices import rulebook
from kepu.notices.rulebook import rules_in_force
from tests.factories.accounts import a_person
from tests.factories.activities import PUBLISHED, REVIEWED, an_activity, loaded, trace_of
from tests.factories.notices import a_gate, china

pytestmark = pytest.mark.django_db
TONIGHT, TOMORROW = china(2023, 8, 26, 23), china(2023, 8, 27, 0)


@pytest.fixture
def world(standing_world):
    return standing_world


class TestClaims:
    def test_a_claim_is_of_its_day_and_leaves_the_version_alone(self, world):
        it = an_activity(world, State.FILED)
        claim_activity(it, by=world.reviewer, at=REVIEWED)
        row = loaded(it)
        me = world.reviewer.person_id
        assert (row.claimed_by_id, row.claimed_at, row.version) == (me, REVIEWED, it.version)
        assert [held_by(row, at) for at in (REVIEWED, TONIGHT, TOMORROW)] == [me, me, None]
        claim_activity(row, by=world.reviewer, at=TONIGHT)
        assert [event for event, *_rest in trace_of(it)] == [
            "activity.drafted",
            "activity.filed",
            "activity.claimed",
        ]

    def test_of_two_who_claim_at_once_the_slower_is_told(self, world):
        it = an_activity(world, State.FILED)
        one, other = loaded(it), loaded(it)
        claim_activity(one, by=world.reviewer, at=REVIEWED)
        with pytest.raises(StaleState):
            claim_activity(other, by=world.coordinator, at=REVIEWED)

    def test_taking_over_says_from_whom_and_why(self, world):
        it = an_activity(world, State.FILED)
        claim_activity(it, by=world.reviewer, at=REVIEWED)
        with pytest.raises(Incomplete, match="请写一句为什么"):
            claim_activity(it, words=" ", by=world.coordinator, at=REVIEWED)
        claim_activity(it, words="他出差了", by=world.coordinator, at=REVIEWED)
        assert trace_of(it)[-1][2] == {"taken_from": world.reviewer.person_id, "reason": "他出差了"}
        claim_activity(it, by=world.reviewer, at=TOMORROW)  # the day after there is nobody to take it from

    def test_deciding_on_what_a_colleague_has_in_hand_takes_a_second_press(self, world):
        it = an_activity(world, State.FILED)
        claim_activity(it, by=world.coordinator, at=REVIEWED)
        for act in (approve_activity, return_activity):
            with pytest.raises(NotAllowed, match="请再按一次") as caught:
                act(loaded(it), words="好", by=world.reviewer, at=REVIEWED)
            assert caught.value.reasons[0].field == "sure"
        approve_activity(it, despite_claim=True, by=world.reviewer, at=REVIEWED)
        assert (it.state, it.claimed_by_id) == (State.APPROVED, None)

    def test_a_deputy_goes_on_with_what_the_holder_of_the_post_has_claimed(self, world):
        it = an_activity(world, State.FILED)
        claim_activity(it, by=world.reviewer, at=REVIEWED)
        deputy = replace(world.reviewer, person_id=a_person().pk, deputy_for=world.reviewer.person_id)
        assert held_by_another(it, deputy, REVIEWED) is None
        claim_activity(it, by=deputy, at=REVIEWED)
        assert held_by_another(it, world.reviewer, REVIEWED) == deputy.person_id
        release_activity(it, by=deputy, at=REVIEWED)
        approve_activity(it, by=deputy, at=REVIEWED)
        assert it.state == State.APPROVED

    def test_letting_go_is_for_who_holds_it(self, world):
        it = an_activity(world, State.CHANGED)
        claim_activity(it, by=world.reviewer, at=PUBLISHED)
        with pytest.raises(NotAllowed, match="只有本人能放下"):
            release_activity(it, by=world.coordinator, at=PUBLISHED)
        release_activity(it, by=world.reviewer, at=PUBLISHED)
        version = loaded(it).version
        release_activity(it, by=world.reviewer, at=PUBLISHED)
        assert (loaded(it).claimed_by_id, loaded(it).version) == (None, version)

    def test_what_is_decided_cannot_be_claimed(self, world):
        with pytest.raises(NotAllowed, match="只有待审核的活动才能认领"):
            claim_activity(an_activity(world, State.APPROVED), by=world.reviewer, at=REVIEWED)


class TestPoints:
    @pytest.fixture
    def asks(self, world):
        notice = world.season.notices.get()
        a_gate(
            notice, "MUST", "hard", fact="content", label="内容", review=["导向正确"], steps=["初审", "终审"]
        )
        a_gate(
            notice,
            "MAY",
            "in_principle",
            fact="looks",
            label="形式",
            review=["适合受众"],
            when={"mode": ["offline"]},
        )
        rulebook.forget()
        yield lambda it: rules_in_force(it.unit, it.season, at=REVIEWED)
        rulebook.forget()

    def test_what_must_hold_is_ticked_and_each_step_has_its_name(self, world, asks):
        it = an_activity(world, State.FILED)
        with pytest.raises(GateClosed) as caught:
            approve_activity(it, by=world.reviewer, at=REVIEWED)
        assert [(str(r), r.clause_id) for r in caught.value.reasons] == [
            ("请先对照“导向正确”，符合的打勾；不符合的，请退回。", "MUST"), ("请写明“初审”是谁做的。", "MUST"), ("请写明“终审”是谁做的。", "MUST"),
        ]  # fmt: skip
        points = {p.text: p.code for p in points_for(it, asks(it))}
        steps = {s.text: s.code for s in steps_for(it, asks(it))}
        named = {steps["初审"]: "李初审", steps["终审"]: " 王终审 "}
        approve_activity(it, checked=Checked([points["导向正确"]], named), by=world.reviewer, at=REVIEWED)
        [held] = (
            notes_on(it).get().checked
        )  # what is asked in principle was not ticked, and does not stand there
        assert (held["points"], held["people"]) == (["导向正确"], {"初审": "李初审", "终审": "王终审"})

    def test_a_change_is_held_against_what_it_would_make(self, world, asks):
        it = Activity(unit=world.school, season=world.season, mode="online", state=State.FILED)
        assert [p.text for p in points_for(it, asks(it))] == ["导向正确"]
        it.state, it.proposed = State.CHANGED, {"mode": "offline"}
        assert [p.text for p in points_for(it, asks(it))] == ["导向正确", "适合受众"]

    def test_a_change_is_agreed_to_only_with_its_points(self, world):
        it = an_activity(world, State.CHANGED)
        a_gate(world.season.notices.get(), "MUST", "hard", fact="content", label="内容", review=["导向正确"])
        rulebook.forget()
        with pytest.raises(GateClosed, match="请先对照“导向正确”"):
            approve_change(it, by=world.reviewer, at=PUBLISHED)
