import pytest

from kepu.activities.actions import (
    approve_activity,
    confirm_key,
    file_activity,
    publish_activity,
    return_activity,
    waive_gate,
)
from kepu.activities.models import Decision, Publication
from kepu.activities.queries import notes_on
from kepu.activities.workflow import State
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from tests.factories.activities import (
    FILED,
    PUBLISHED,
    REVIEWED,
    a_draft,
    an_activity,
    events_of,
    loaded,
    tally,
    told,
    trace_of,
    with_roles,
)
from tests.factories.notices import a_clause, a_gate, china
from tests.factories.orgs import a_post, an_actor

pytestmark = pytest.mark.django_db
FEW = "activity.participants_expected.offline"


@pytest.fixture
def world(standing_world):
    return standing_world


def test_approval_makes_it_ready_to_publish(world):
    activity = an_activity(world, State.FILED)
    approve_activity(activity, words="很好", by=world.reviewer, at=REVIEWED)
    row = loaded(activity)
    assert (row.state, row.approved_at, row.turn_since) == (State.APPROVED, REVIEWED, REVIEWED)
    [note] = notes_on(activity)
    assert (note.decision, note.words, note.unit, note.person_id, note.round, note.step) == (
        Decision.APPROVED, "很好", world.city_office, world.reviewer.person_id, 1, 1,
    )  # fmt: skip
    assert told()[-1] == (world.school.pk, "approved", "审核已通过，可以发布：走进中医药")
    assert tally(world) == {"activity.filed": 1, "activity.approved": 1}


def test_a_return_says_why(world):
    activity = an_activity(world, State.FILED)
    return_activity(
        activity, reasons=["safety", "incomplete"], words="请补充方案。", by=world.reviewer, at=REVIEWED
    )
    [note] = notes_on(activity)
    assert (activity.state, note.decision, note.reasons, note.words) == (
        State.RETURNED, Decision.RETURNED, ["safety", "incomplete"], "请补充方案。",
    )  # fmt: skip
    assert told()[-1] == (world.school.pk, "returned", "已退回，请修改后再填报：走进中医药")
    assert tally(world) == {"activity.filed": 1}


@pytest.mark.parametrize(
    ("reasons", "words", "sentence"),
    [([], " ", "请说明退回的原因，举办单位才知道怎么改。"), (["mood"], "", "没有“mood”这个退回原因。")],
)
def test_a_return_without_a_reason_is_refused(world, reasons, words, sentence):
    with pytest.raises(Incomplete, match=sentence):
        return_activity(
            an_activity(world, State.FILED), reasons=reasons, words=words, by=world.reviewer, at=REVIEWED
        )


def test_what_falls_short_of_an_in_principle_is_approved_only_with_a_reason(world):
    activity = an_activity(world, State.FILED, participants_expected=20)
    for waivers in ({}, {FEW: "  "}):
        with pytest.raises(GateClosed) as caught:
            approve_activity(activity, waivers=waivers, by=world.reviewer, at=REVIEWED)
        [reason] = caught.value.reasons
        assert (reason.code, reason.clause_id, reason.waivable) == (FEW, "DG-51", True)
        assert "同意例外的，请写明理由" in str(reason)
    approve_activity(activity, waivers={FEW: "农村小学"}, by=world.reviewer, at=REVIEWED)
    assert (loaded(activity).waivers, notes_on(activity).get().waivers) == (
        {FEW: "农村小学"},
        {FEW: "农村小学"},
    )
    assert trace_of(activity)[-1][2] == {"before": "filed", "step": 1, "waivers": {FEW: "农村小学"}}


def test_a_hard_gate_cannot_be_waived(world):
    activity = an_activity(world, State.FILED)
    with pytest.raises(GateClosed, match="这一条必须做到，不能例外") as caught:
        approve_activity(activity, waivers={"activity.lead_days": "来不及"}, by=world.reviewer, at=REVIEWED)
    assert caught.value.reasons[0].clause_id == "DG-48"
    with pytest.raises(GateClosed, match="不能例外"):
        approve_activity(activity, waivers={"no.such": "x"}, by=world.reviewer, at=REVIEWED)


def test_a_lead_time_that_ran_out_in_waiting_can_be_waived_before_the_publication(world):
    world.season.notices.get().clauses.filter(code="DG-48").delete()
    a_gate(
        world.season.notices.get(), "LEAD", "in_principle", fact="lead_days", stages=["publication"], min=7
    )
    activity = an_activity(world, State.APPROVED)
    late = china(2023, 9, 15)
    with pytest.raises(GateClosed) as caught:
        publish_activity(activity, by=world.filer, at=late)
    assert [(r.clause_id, r.waivable) for r in caught.value.reasons] == [("LEAD", True)]
    with pytest.raises(GateClosed, match="请写明理由"):
        waive_gate(activity, key="activity.lead_days", reason="", by=world.reviewer, at=late)
    waive_gate(activity, key="activity.lead_days", reason="台风后重排", by=world.reviewer, at=late)
    publish_activity(activity, by=world.filer, at=late)
    assert events_of(activity)[-2:] == ["waived", "published"]
    assert notes_on(activity).last().decision == Decision.WAIVED


def test_several_steps_pass_it_on_and_the_last_approves(world):
    notice = world.season.notices.get()
    notice.clauses.filter(kind="routing").delete()
    a_clause(
        notice, "R", "routing", {"routes": [{"steps": ["coordinator@town", "coordinator@city"], "days": 2}]}
    )
    activity = an_activity(world, State.FILED, participants_expected=20)
    town = an_actor(world.town_office, Role.REVIEWER)
    assert activity.reviewing_unit_id == world.town_office.pk
    with pytest.raises(NotAllowed, match="只有负责审核这项活动的单位"):
        approve_activity(activity, waivers={FEW: "x"}, by=world.reviewer, at=REVIEWED)

    approve_activity(activity, waivers={FEW: "小"}, words="镇里同意", by=town, at=REVIEWED)
    row = loaded(activity)
    assert (row.state, row.reviewing_unit, row.review_step, row.approved_at, row.turn_since) == (
        State.FILED, world.city_office, 2, None, REVIEWED,
    )  # fmt: skip
    assert (told()[-1][:2], tally(world)) == ((world.city_office.pk, "filed"), {"activity.filed": 1})
    with pytest.raises(NotAllowed):
        approve_activity(activity, by=town, at=REVIEWED)

    approve_activity(activity, by=world.reviewer, at=PUBLISHED)
    assert [(n.decision, n.step) for n in notes_on(activity)] == [
        (Decision.PASSED, 1),
        (Decision.APPROVED, 2),
    ]
    assert events_of(activity) == ["drafted", "filed", "passed", "approved"]


def test_two_reviewers_the_slower_is_told(world):
    activity = an_activity(world, State.FILED)
    one, other = loaded(activity), loaded(activity)
    approve_activity(one, by=world.reviewer, at=REVIEWED)
    with pytest.raises(StaleState):
        return_activity(other, words="不行", by=world.coordinator, at=REVIEWED)
    with pytest.raises(NotAllowed, match="现在是“已通过”"):
        return_activity(one, words="不行", by=world.coordinator, at=REVIEWED)
    assert events_of(activity) == ["drafted", "filed", "approved"]


class TestOnesOwn:
    """A unit whose own activity comes to itself for review."""

    def filed_by_the_city(self, world, by):
        draft = a_draft(world, by=by, subtheme="厚植科技创新沃土，擦亮科幻之都名片")
        return file_activity(draft, by=by, at=FILED)

    def test_another_person_must_review(self, world):
        both = with_roles(world.city_office, Role.FILER, Role.REVIEWER)
        a_post(world.city_office, Role.REVIEWER)
        activity = self.filed_by_the_city(world, both)
        assert activity.reviewing_unit_id == world.city_office.pk
        with pytest.raises(NotAllowed, match="您本人填报的。请由本单位另一位审核人审核"):
            approve_activity(activity, by=both, at=REVIEWED)
        approve_activity(activity, by=world.reviewer, at=REVIEWED)

    def test_where_there_is_nobody_else_the_only_one_may(self, world):
        both = with_roles(world.city_office, Role.FILER, Role.REVIEWER)
        a_post(world.city_office, Role.REVIEWER, until=FILED)
        activity = self.filed_by_the_city(world, both)
        approve_activity(activity, by=both, at=REVIEWED)
        assert activity.state == State.APPROVED


class TestKeyActivity:
    def test_the_mark_counts_once_it_is_public(self, world):
        activity = an_activity(world, State.APPROVED)
        confirm_key(activity, by=world.reviewer, at=REVIEWED)
        assert "activity.key" not in tally(world)
        publish_activity(activity, by=world.filer, at=PUBLISHED)
        assert (tally(world)["activity.key"], Publication.objects.get().key_activity) == (1, True)

    def test_it_can_be_taken_back_and_the_copy_follows(self, world):
        activity = an_activity(world, State.PUBLISHED)
        before = Publication.objects.get().digest
        confirm_key(activity, by=world.coordinator, at=PUBLISHED)
        marked = Publication.objects.get()
        confirm_key(activity, confirmed=False, by=world.coordinator, at=PUBLISHED)
        after = Publication.objects.get()
        assert (marked.key_activity, after.key_activity, tally(world).get("activity.key")) == (
            True,
            False,
            None,
        )
        assert len({before, marked.digest, after.digest}) >= 2

    def test_giving_what_it_has_leaves_no_trace(self, world):
        activity = an_activity(world, State.APPROVED)
        confirm_key(activity, confirmed=False, by=world.reviewer, at=REVIEWED)
        assert (activity.version, events_of(activity)) == (3, ["drafted", "filed", "approved"])

    def test_it_can_come_with_the_approval(self, world):
        activity = an_activity(world, State.FILED, key_activity=True)
        approve_activity(activity, confirm_key=True, by=world.reviewer, at=REVIEWED)
        assert loaded(activity).key_confirmed

    def test_a_coordinator_whose_area_holds_the_host_may_confirm(self, world):
        confirm_key(an_activity(world, State.FILED), by=world.town_coordinator, at=REVIEWED)

    def test_not_for_what_is_with_its_author_or_at_an_end(self, world):
        for state in (State.DRAFT, State.RETURNED, State.CANCELLED):
            with pytest.raises(NotAllowed, match="不能确认重点活动"):
                confirm_key(an_activity(world, state), by=world.coordinator, at=PUBLISHED)
