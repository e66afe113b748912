"""Two people who press the same button at the same instant."""

from datetime import timedelta

import pytest

from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Application, Coordination, Deputy, Post, Role, Unit, Vocabulary
from tests.conftest import NOON
from tests.core.test_at_once import at_once
from tests.factories.accounts import a_person
from tests.factories.coming import an_application
from tests.factories.orgs import a_chain, a_post, a_term, a_unit, an_actor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_a_unit_registered_twice_is_one_unit_and_one_sentence():
    a_term(Vocabulary.UNIT_KIND, "school")
    shilong = a_chain()[3]

    def register():
        actions.register_unit(code="A1", name="石龙中学", kind="school", place=shilong, by=SYSTEM, at=NOON)

    faults = at_once(register, register, register)
    assert [type(fault) for fault in faults] == [Incomplete, Incomplete]
    assert {str(fault) for fault in faults} == {
        "编号 A1 已经有单位在用。请换一个编号，或查看那个单位是否就是它。"
    }
    assert Unit.objects.count() == 1


def test_an_application_approved_twice_is_one_unit_and_one_person():
    shilong = a_chain()[3]
    application, _token = an_application(shilong)

    def approve():
        actions.approve_application(Application.objects.get(pk=application.pk), by=SYSTEM, at=NOON)

    mine = Application.objects.get(pk=application.pk)
    faults = at_once(approve, approve, lambda: actions.approve_application(mine, by=SYSTEM, at=NOON))
    assert {type(fault) for fault in faults} <= {StaleState, NotAllowed}
    assert (len(faults), Unit.objects.count(), Post.objects.count()) == (2, 1, 1)


def test_two_units_merged_into_each_other_at_once_leave_one():
    shilong = a_chain()[3]
    one, other = a_unit(shilong), a_unit(shilong)

    def merge(unit, into):
        return lambda: actions.merge_unit(
            Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=into.pk), by=SYSTEM, at=NOON
        )

    faults = at_once(merge(one, other), merge(other, one))
    assert [type(fault) for fault in faults] == [NotAllowed]
    assert Unit.objects.filter(closed_on=None).count() == 1


def test_a_post_given_twice_is_one_post():
    unit, person = a_unit(a_chain()[3]), a_person()

    def appoint():
        actions.appoint(person, unit, Role.FILER, by=SYSTEM, at=NOON)

    assert (at_once(appoint, appoint, appoint), Post.objects.count()) == ([], 1)


def test_two_coordinators_named_for_one_place_leave_one():
    place = a_chain()[3]
    units = [a_unit(place), a_unit(place)]
    faults = at_once(
        *[lambda unit=unit: actions.name_coordinator(unit, place, by=SYSTEM, at=NOON) for unit in units]
    )
    assert (faults, Coordination.objects.count()) == ([], 1)
    named = Coordination.objects.get().unit_id
    traits = {unit.pk: unit.traits for unit in Unit.objects.all()}
    assert traits == {unit.pk: (["coordinator"] if unit.pk == named else []) for unit in units}


def test_a_title_and_a_seat_given_at_once_are_both_borne():
    a_term(Vocabulary.DESIGNATION, "demo")
    a_term(Vocabulary.BODY, "outline")
    unit = a_unit(a_chain()[3])
    faults = at_once(
        lambda: actions.designate(Unit.objects.get(), "demo", by=SYSTEM, at=NOON),
        lambda: actions.add_membership(Unit.objects.get(), "outline", by=SYSTEM, at=NOON),
    )
    unit.refresh_from_db()
    assert (faults, unit.traits) == ([], ["demo", "outline"])


def test_an_invitation_taken_up_by_three_at_once_gives_one_post():
    unit = a_unit(a_chain()[3])
    _invitation, token = actions.invite(unit, Role.FILER, name="张老师", by=SYSTEM, at=NOON)
    people = [a_person() for _ in range(3)]
    faults = at_once(
        *[lambda person=person: actions.accept_invitation(token, person=person, at=NOON) for person in people]
    )
    assert [type(fault) for fault in faults] == [StaleState, StaleState]
    assert {str(fault) for fault in faults} == {
        "这个邀请已经用过，一个链接只能用一次。已经接受过的，直接登录就行。"
    }
    assert Post.objects.count() == 1


def test_of_two_filers_who_leave_at_once_one_stays():
    unit = a_unit(a_chain()[3])
    held = [a_post(unit), a_post(unit)]
    faults = at_once(
        *[
            lambda post=post: actions.end_post(post, by=an_actor(unit, person=post.person), at=NOON)
            for post in held
        ]
    )
    assert [type(fault) for fault in faults] == [NotAllowed]
    assert Post.objects.holding(NOON).count() == 1


def test_a_post_gets_one_of_two_deputies_named_at_once():
    post = a_post(a_unit(a_chain()[3]))
    people = [a_person(), a_person()]
    faults = at_once(
        *[
            lambda person=person: actions.name_deputy(
                post, person, since=NOON, until=NOON + timedelta(days=1), by=SYSTEM, at=NOON
            )
            for person in people
        ]
    )
    assert [type(fault) for fault in faults] == [Incomplete]
    assert Deputy.objects.count() == 1
