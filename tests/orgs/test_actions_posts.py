from datetime import timedelta

import pytest

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions, queries
from kepu.orgs.models import Post, Role
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_coordinator, a_line, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def posts():
    return list(Post.objects.order_by("id").values_list("role", "since", "until"))


def test_a_post_holds_from_now_where_nothing_else_is_said(school, coordinator):
    post = actions.appoint(a_person(), school, Role.FILER, by=coordinator, at=NOON)

    assert posts() == [(Role.FILER, NOON, None)]
    trace = audit.of(post).get()
    assert (trace.event, trace.unit_id, trace.detail["role"], trace.detail["unit"]) == (
        Event.POST_GIVEN, coordinator.unit_id, "filer", school.pk,
    )  # fmt: skip


def test_the_same_post_given_twice_is_one_post(school, system):
    person = a_person()
    for until in (None, NOON + HOUR):
        actions.appoint(person, school, Role.FILER, until=until, by=system, at=NOON)
    assert posts() == [(Role.FILER, NOON, NOON + HOUR)]


def test_a_post_that_has_ended_opens_again(school, system):
    person = a_person()
    a_post(school, person=person, since=NOON - 3 * HOUR, until=NOON - HOUR)
    actions.appoint(person, school, Role.FILER, by=system, at=NOON)
    assert posts() == [(Role.FILER, NOON, None)]


def test_a_post_that_ends_before_it_begins_is_refused(school, system):
    with pytest.raises(Incomplete, match="岗位的结束时间应晚于开始时间"):
        actions.appoint(a_person(), school, Role.FILER, until=NOON, by=system, at=NOON)


@pytest.mark.parametrize(
    "who", ["reviewer", "filer", "coordinator of another place", "coordinator of another line"]
)
def test_nobody_else_gives_posts(chain, school, association, who):
    by = {
        "reviewer": lambda: an_actor(association, Role.REVIEWER, places=[chain[2]]),
        "filer": lambda: an_actor(school),
        "coordinator of another place": lambda: an_actor(association, Role.COORDINATOR, places=[]),
        "coordinator of another line": lambda: an_actor(association, Role.COORDINATOR, lines=[a_line("edu")]),
    }[who]()
    with pytest.raises(NotAllowed, match="只有所在地区或系统的统筹岗位才能安排“石龙中学”的人员"):
        actions.appoint(a_person(), school, Role.FILER, by=by, at=NOON)
    assert posts() == []


def test_a_coordinator_of_the_line_gives_posts_in_its_line(chain):
    line = a_line("edu")
    school = a_unit(chain[3], line=line)
    by = a_coordinator(a_unit(chain[1], coordinates=[line]))
    actions.appoint(a_person(), school, Role.FILER, by=by, at=NOON)
    assert len(posts()) == 1


def test_a_deputy_may_be_appointed_beside_oneself(association, coordinator):
    actions.appoint(a_person(), association, Role.COORDINATOR, by=coordinator, at=NOON)
    assert len(posts()) == 1


def test_nobody_lengthens_their_own_post_by_giving_it_anew(association, coordinator):
    own = Person.objects.get(pk=coordinator.person_id)
    a_post(association, Role.COORDINATOR, person=own, until=NOON + HOUR)
    for role in (Role.COORDINATOR, Role.AUDITOR):
        with pytest.raises(NotAllowed, match="自己的岗位不能自己安排"):
            actions.appoint(own, association, role, by=coordinator, at=NOON)
    assert posts() == [(Role.COORDINATOR, None, NOON + HOUR)]


def test_nobody_takes_a_post_over_by_their_own_word(association, coordinator):
    own = Person.objects.get(pk=coordinator.person_id)
    a_post(association, Role.COORDINATOR, person=own, until=NOON + HOUR)
    other = a_post(association, Role.COORDINATOR)
    with pytest.raises(NotAllowed, match="自己的岗位不能自己安排"):
        actions.hand_over(other.person, own, association, by=coordinator, at=NOON)
    assert posts() == [(Role.COORDINATOR, None, NOON + HOUR), (Role.COORDINATOR, None, None)]


def test_a_post_never_reaches_further_than_its_giver(chain, coordinator):
    line = a_line("edu")
    ministry_office = a_unit(chain[2], coordinates=[line])  # in the city, over a line of the whole country
    for role, place in [(Role.REVIEWER, None), (Role.AUDITOR, chain[1]), (Role.COORDINATOR, chain[0])]:
        with pytest.raises(NotAllowed, match="超出了您统筹的范围"):
            actions.appoint(a_person(), ministry_office, role, place=place, by=coordinator, at=NOON)
    actions.appoint(a_person(), ministry_office, Role.FILER, by=coordinator, at=NOON)
    actions.appoint(a_person(), ministry_office, Role.REVIEWER, place=chain[3], by=coordinator, at=NOON)
    assert [role for role, *_ in posts()] == [Role.FILER, Role.REVIEWER]


def test_a_filer_has_no_area(chain, school, system):
    with pytest.raises(NotAllowed, match="填报岗位只管本单位的填报"):
        actions.appoint(a_person(), school, Role.FILER, place=chain[3], by=system, at=NOON)


def test_a_post_has_a_place_or_a_line_and_not_both(chain, school, system):
    with pytest.raises(NotAllowed, match="一个岗位只能管一个地区或一个系统"):
        actions.appoint(
            a_person(), school, Role.REVIEWER, place=chain[3], line=a_line("edu"), by=system, at=NOON
        )


def test_ending_a_post_ends_it_now(school, coordinator):
    a_post(school)
    post = a_post(school, since=NOON - HOUR)
    actions.end_post(post, by=coordinator, at=NOON)
    assert posts() == [(Role.FILER, None, None), (Role.FILER, NOON - HOUR, NOON)]
    assert audit.of(post).get().event == Event.POST_ENDED


def test_ending_a_post_without_a_beginning_ends_it(school, coordinator):
    actions.end_post(a_post(school, Role.REVIEWER), by=coordinator, at=NOON)
    assert posts() == [(Role.REVIEWER, None, NOON)]


@pytest.mark.parametrize("since", [NOON, NOON + HOUR])
def test_a_post_that_has_not_begun_is_taken_back(school, coordinator, since):
    post = a_post(school, since=since)
    actions.end_post(post, by=coordinator, at=NOON)
    assert posts() == []
    assert audit.of(post).get().event == Event.POST_ENDED


def test_ending_twice_counts_once(school, coordinator):
    post = a_post(school, Role.REVIEWER, since=NOON - HOUR)
    actions.end_post(post, by=coordinator, at=NOON)
    with pytest.raises(StaleState, match="这个岗位已经结束"):
        actions.end_post(post, by=coordinator, at=NOON + HOUR)
    assert (posts(), audit.of(post).count()) == ([(Role.REVIEWER, NOON - HOUR, NOON)], 1)


def test_a_filer_ends_nobodys_post(school):
    with pytest.raises(NotAllowed):
        actions.end_post(a_post(school), by=an_actor(school), at=NOON)


class TestTheLastOne:
    """The last filer or coordinator of a unit goes only with a successor, or when somebody above confirms it."""

    @pytest.mark.parametrize("role", [Role.FILER, Role.COORDINATOR])
    def test_is_not_ended_by_chance(self, school, coordinator, role):
        post = a_post(school, role)
        with pytest.raises(Incomplete, match="确实要让这个岗位空着"):
            actions.end_post(post, by=coordinator, at=NOON)
        assert posts() == [(role, None, None)]

        actions.end_post(post, confirmed=True, by=coordinator, at=NOON)
        assert posts() == [(role, None, NOON)]

    def test_does_not_confirm_it_themselves(self, association, coordinator):
        post = a_post(association, Role.COORDINATOR)
        with pytest.raises(NotAllowed, match="请先办交接，或请上级统筹单位确认"):
            actions.end_post(post, confirmed=True, by=coordinator, at=NOON)

    def test_may_be_a_reviewer(self, school, coordinator):
        actions.end_post(a_post(school, Role.REVIEWER), by=coordinator, at=NOON)
        assert posts() == [(Role.REVIEWER, None, NOON)]

    def test_is_the_last_although_a_colleague_cannot_sign_in_or_has_left(self, school):
        person = a_person()
        post = a_post(school, person=person)
        a_post(school, person=a_person(is_active=False))
        a_post(school, until=NOON - HOUR)
        with pytest.raises(NotAllowed, match="再没有别的填报人员"):
            actions.end_post(post, by=an_actor(school, person=person), at=NOON)

    def test_gives_the_post_up_where_a_colleague_stays(self, school):
        person = a_person()
        post = a_post(school, person=person)
        a_post(school)
        actions.end_post(post, by=an_actor(school, person=person), at=NOON)
        assert posts() == [(Role.FILER, None, NOON), (Role.FILER, None, None)]

    def test_does_not_end_by_a_date_either(self, school, coordinator):
        post = a_post(school)
        with pytest.raises(Incomplete, match="再没有别的填报人员"):
            actions.change_post(post, until=NOON + HOUR, by=coordinator, at=NOON)
        actions.change_post(post, until=NOON + HOUR, confirmed=True, by=coordinator, at=NOON)
        assert posts() == [(Role.FILER, None, NOON + HOUR)]


class TestChange:
    def test_the_end_of_a_post_is_corrected_and_traced(self, school, coordinator):
        post = a_post(school, Role.REVIEWER, since=NOON - HOUR, until=NOON + HOUR)
        actions.change_post(post, until=None, by=coordinator, at=NOON)
        assert posts() == [(Role.REVIEWER, NOON - HOUR, None)]
        trace = audit.of(post).get()
        assert (trace.event, trace.detail["until"][1]) == (Event.POST_CHANGED, None)

    def test_a_post_that_has_begun_keeps_its_beginning(self, school, coordinator):
        post = a_post(school, Role.REVIEWER, since=NOON - HOUR)
        with pytest.raises(Incomplete, match="开始时间不能再改"):
            actions.change_post(post, since=NOON + HOUR, until=None, by=coordinator, at=NOON)

    def test_one_to_come_may_begin_another_day(self, school, coordinator):
        post = a_post(school, Role.REVIEWER, since=NOON + HOUR)
        actions.change_post(post, since=NOON + 2 * HOUR, until=None, by=coordinator, at=NOON)
        assert posts() == [(Role.REVIEWER, NOON + 2 * HOUR, None)]

    @pytest.mark.parametrize("until", [NOON, NOON - HOUR])
    def test_no_end_lies_in_the_past(self, school, coordinator, until):
        post = a_post(school, Role.REVIEWER, since=NOON - 3 * HOUR)
        with pytest.raises(Incomplete, match="也晚于现在"):
            actions.change_post(post, until=until, by=coordinator, at=NOON)

    def test_what_has_ended_is_given_anew_and_not_lengthened(self, school, coordinator):
        post = a_post(school, Role.REVIEWER, until=NOON - HOUR)
        with pytest.raises(StaleState, match="这个岗位已经结束"):
            actions.change_post(post, until=None, by=coordinator, at=NOON)

    def test_nobody_lengthens_their_own(self, association):
        person = a_person()
        post = a_post(association, Role.COORDINATOR, person=person, until=NOON + HOUR)
        by = queries.actor_for(person, association.pk, NOON)
        with pytest.raises(NotAllowed, match="自己的岗位不能自己改起止时间"):
            actions.change_post(post, until=None, by=by, at=NOON)


def test_an_account_that_is_closed_gets_no_post(school, coordinator):
    with pytest.raises(NotAllowed, match="账号已经停用"):
        actions.appoint(a_person(is_active=False), school, Role.FILER, by=coordinator, at=NOON)


class TestEnrol:
    def test_somebody_new_gets_an_account_and_a_post_in_one_act(self, school, coordinator):
        post = actions.enrol(school, Role.FILER, username="wang", name="王小明", by=coordinator, at=NOON)
        assert (post.person.username, post.person.has_usable_password(), post.unit) == ("wang", False, school)

    def test_a_name_that_is_taken_leaves_no_post(self, school, coordinator):
        a_person(username="wang")
        with pytest.raises(Incomplete, match="这个登录名已经有人用了"):
            actions.enrol(school, Role.FILER, username="wang", name="王小明", by=coordinator, at=NOON)
        assert posts() == []

    def test_a_filer_enrols_nobody(self, school):
        by = an_actor(school)
        with pytest.raises(NotAllowed):
            actions.enrol(school, Role.FILER, username="wang", name="王小明", by=by, at=NOON)
        assert Person.objects.filter(username="wang").count() == 0


@pytest.mark.parametrize("area", ["none", "place", "line"])
def test_the_database_itself_keeps_a_post_single(chain, school, area):
    from django.db import IntegrityError, transaction

    where = {"none": {}, "place": {"place": chain[3]}, "line": {"line": a_line("edu")}}[area]
    person = a_person()
    a_post(school, Role.REVIEWER, person=person, **where)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_post(school, Role.REVIEWER, person=person, **where)
