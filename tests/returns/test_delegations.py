"""One duty handed to another: they see and hand in that return, and nothing else."""

from datetime import timedelta

import pytest

from kepu.core import audit
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from kepu.orgs.queries import actor_for
from kepu.returns import actions, delegation_rules, queries, rules
from kepu.returns.models import Delegation, Return
from kepu.returns.workflow import Event, State
from tests.factories.accounts import a_person
from tests.factories.orgs import a_deputy, a_post, a_unit, an_actor
from tests.factories.returns import HEADING, IN_TIME, PLAN, ROW, SEALED, SUMMARY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CONTENT = {"sections": HEADING, "rows": [ROW], "parts": SEALED, "channels": ["oa_mailbox"]}


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


@pytest.fixture
def own(world):
    return an_actor(world.town_office)


@pytest.fixture
def helper(world):
    """A library of the town, and somebody who files for it."""
    person = a_person("周馆员")
    library = a_unit(world.town, "石龙镇图书馆", kind="library")
    a_post(library, person=person)
    return an_actor(library, person=person)


@pytest.fixture
def delegation(world, own, helper):
    return delegate(world, own, helper.unit)


def delegate(world, by, to_unit, *, duty=PLAN, at=IN_TIME, **more):
    return actions.delegate_duty(world.town_office, world.season, duty, to_unit=to_unit, by=by, at=at, **more)


def hand_in(world, by, *, duty=PLAN, at=IN_TIME, version=0, **content):
    return actions.hand_in_return(
        world.town_office, world.season, duty, **(content or CONTENT), by=by, at=at, expected_version=version
    )


def told():
    rows = OutboxRow.objects.filter(kind="unit.message").order_by("id").values_list("payload", flat=True)
    return [(p["unit_id"], p["subject"]) for p in rows]


def test_the_delegate_saves_and_hands_in_that_return_for_the_unit(world, own, helper, delegation):
    saved = actions.save_return(world.town_office, world.season, PLAN, **CONTENT, by=helper, at=IN_TIME)
    row = hand_in(world, helper, version=saved.version)

    assert (row.unit, row.state, row.receiver) == (world.town_office, State.HANDED_IN, world.city_office)
    handed = audit.of(row).filter(event=Event.HANDED_IN).get()
    assert (handed.person_id, handed.unit_id, handed.detail["unit"], handed.detail["delegation"]) == (
        helper.person_id, helper.unit_id, world.town_office.pk, delegation.pk,
    )  # fmt: skip
    amended = actions.amend_return(row, **CONTENT, by=helper, at=IN_TIME, expected_version=row.version)
    assert amended.handed == 2


def test_what_the_unit_itself_hands_in_says_nothing_of_a_delegation(world, own, delegation):
    row = hand_in(world, own)
    assert "delegation" not in audit.of(row).get().detail


def test_and_nothing_else(world, own, helper, delegation):
    with pytest.raises(NotAllowed, match="“石龙镇科协”的报送由该单位的填报人员或统筹人员办理"):
        hand_in(world, helper, duty=SUMMARY, sections={"text": "总结"})
    hand_in(world, own)
    assert list(queries.returns_in_scope(helper)) == []
    assert list(delegation_rules.return_of(delegation)) == [Return.objects.get()]
    row = Return.objects.get()
    with pytest.raises(NotAllowed):
        actions.accept_return(row, by=helper, at=IN_TIME)


def test_both_sides_are_told(world, helper, delegation, own):
    assert told() == [(helper.unit_id, "石龙镇科协委托报送“分会场活动表”")]
    actions.end_delegation(delegation, by=own, at=IN_TIME)
    assert told()[1:] == [(helper.unit_id, "石龙镇科协收回了委托的“分会场活动表”")]


def test_what_is_sent_back_is_told_to_the_delegate_too(world, helper, delegation):
    row = hand_in(world, helper)
    actions.return_return(row, reason="请补盖章", by=world.coordinator, at=IN_TIME)
    assert (helper.unit_id, "“分会场活动表”被退回，请修改后再报") in told()


def test_another_person_of_that_unit_files_for_it_too_unless_one_is_named(world, own, helper):
    colleague = an_actor(helper.unit)
    delegation = delegate(world, own, helper.unit)
    assert list(delegation_rules.delegated_to(colleague, IN_TIME)) == [delegation]
    actions.end_delegation(delegation, by=own, at=IN_TIME)

    from kepu.accounts.models import Person

    named = delegate(
        world, own, helper.unit, to_person=Person.objects.get(pk=helper.person_id), at=IN_TIME + DAY
    )
    assert list(delegation_rules.delegated_to(helper, IN_TIME + DAY)) == [named]
    assert list(delegation_rules.delegated_to(colleague, IN_TIME + DAY)) == []


def test_who_only_looks_on_in_that_unit_is_no_delegate(world, helper, delegation):
    assert list(delegation_rules.delegated_to(an_actor(helper.unit, Role.AUDITOR), IN_TIME)) == []


def test_somebody_of_the_unit_without_a_filing_post_may_be_named(world, own):
    person = a_person("林会计")
    a_post(world.town_office, Role.AUDITOR, person=person)
    delegate(world, own, world.town_office, to_person=person)
    row = hand_in(world, actor_for(person, world.town_office.pk, IN_TIME))
    assert row.state == State.HANDED_IN


@pytest.mark.parametrize("how", ["until a day", "taken back", "given back"])
def test_a_delegation_ends(world, own, helper, how):
    delegation = delegate(world, own, helper.unit, until=IN_TIME + DAY if how == "until a day" else None)
    if how != "until a day":
        actions.end_delegation(delegation, by=own if how == "taken back" else helper, at=IN_TIME + DAY)
    with pytest.raises(NotAllowed):
        hand_in(world, helper, at=IN_TIME + DAY)
    delegation.refresh_from_db()
    with pytest.raises(StaleState, match="这次委托已经结束"):
        actions.end_delegation(delegation, by=own, at=IN_TIME + 2 * DAY)


def test_a_stranger_ends_nobodys_delegation(world, helper, delegation):
    with pytest.raises(NotAllowed):
        actions.end_delegation(delegation, by=world.filer, at=IN_TIME)
    with pytest.raises(NotAllowed):
        actions.end_delegation(delegation, by=world.coordinator, at=IN_TIME)


class TestWhoDelegates:
    @pytest.mark.parametrize("who", ["another unit", "an auditor", "the coordinator above", "the delegate"])
    def test_only_the_units_own_people(self, world, own, helper, who):
        if who == "the delegate":
            delegate(world, own, helper.unit)
        by = {
            "another unit": world.filer, "an auditor": an_actor(world.town_office, Role.AUDITOR),
            "the coordinator above": world.coordinator, "the delegate": helper,
        }[who]  # fmt: skip
        with pytest.raises(NotAllowed, match="由该单位的填报人员或统筹人员办理"):
            delegate(world, by, world.school)

    def test_no_deputy(self, world, helper):
        post, person = a_post(world.town_office), a_person()
        a_deputy(post, person, since=IN_TIME - DAY, until=IN_TIME + DAY)
        by = actor_for(person, world.town_office.pk, IN_TIME, deputy_for=post.person_id)
        with pytest.raises(NotAllowed, match="代理期间不能把报送委托给别人"):
            delegate(world, by, helper.unit)

    def test_a_duty_goes_to_one_at_a_time(self, world, own, helper, delegation):
        with pytest.raises(NotAllowed, match="已经委托出去。要换人，请先收回"):
            delegate(world, own, world.school)

    def test_only_what_is_owed(self, world, own, helper):
        with pytest.raises(NotAllowed, match="现在没有通知要求"):
            delegate(world, own, helper.unit, duty="duty.nothing")

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ("oneself", "委托给本单位的，要写明哪一位"),
            ("a filer of the unit", "本来就能办本单位的报送"),
            ("somebody without a post", "没有岗位，不能受托"),
            ("a day gone by", "委托的最后一天已经过去"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, world, own, helper, wrong, sentence):
        person = a_person()
        if wrong == "a filer of the unit":
            a_post(world.town_office, person=person)
        to_unit = helper.unit if wrong in ("somebody without a post", "a day gone by") else world.town_office
        to_person = person if wrong in ("a filer of the unit", "somebody without a post") else None
        until = IN_TIME if wrong == "a day gone by" else None
        with pytest.raises(Incomplete, match=sentence):
            delegate(world, own, to_unit, to_person=to_person, until=until)
        assert Delegation.objects.count() == 0


def test_the_units_own_people_cost_no_query_more(world, own, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert (
            delegation_rules.check_write_duty(own, world.town_office, world.season, PLAN, at=IN_TIME) is None
        )


def test_what_one_begins_the_other_finishes(world, own, helper, delegation):
    saved = actions.save_return(world.town_office, world.season, PLAN, **CONTENT, by=helper, at=IN_TIME)
    with pytest.raises(StaleState):
        hand_in(world, own)
    assert hand_in(world, own, version=saved.version).state == State.HANDED_IN
    assert not rules.visible_to(helper).exists()
