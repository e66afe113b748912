from datetime import timedelta

import pytest

from kepu.core import audit
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions, queries
from kepu.orgs.models import Deputy, Post, Role
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_deputy, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def leaver():
    return a_person("王老师")


@pytest.fixture
def successor():
    return a_person("李老师")


def posts(person):
    return list(Post.objects.filter(person=person).order_by("id").values_list("role", "since", "until"))


def test_all_posts_go_to_the_successor_in_one_act(chain, school, coordinator, leaver, successor):
    a_post(school, Role.FILER, person=leaver, since=NOON - DAY)
    a_post(school, Role.REVIEWER, person=leaver, place=chain[3], until=NOON + 9 * DAY)
    elsewhere = a_post(a_unit(chain[3]), person=leaver)

    actions.hand_over(leaver, successor, school, in_hand={"drafts": 2}, by=coordinator, at=NOON)

    assert posts(successor) == [(Role.FILER, NOON, None), (Role.REVIEWER, NOON, NOON + 9 * DAY)]
    assert posts(leaver) == [
        (Role.FILER, NOON - DAY, NOON), (Role.REVIEWER, None, NOON), (Role.FILER, None, None)
    ]  # fmt: skip
    assert Post.objects.get(pk=elsewhere.pk).until is None
    assert Post.objects.get(person=successor, role=Role.REVIEWER).place == chain[3]
    trace = audit.of(school).get()
    assert (trace.event, trace.detail["leaver"], trace.detail["successor"], trace.detail["in_hand"]) == (
        Event.HANDED_OVER, leaver.pk, successor.pk, {"drafts": 2},
    )  # fmt: skip
    assert OutboxRow.objects.get(kind="unit.message").payload["subject"] == "王老师的岗位交给了李老师"


def test_a_day_to_come_leaves_everything_in_place_until_then(school, coordinator, leaver, successor):
    a_post(school, person=leaver)
    actions.hand_over(leaver, successor, school, on=NOON + DAY, by=coordinator, at=NOON)
    assert (posts(leaver), posts(successor)) == (
        [(Role.FILER, None, NOON + DAY)],
        [(Role.FILER, NOON + DAY, None)],
    )


def test_chosen_posts_only(school, coordinator, leaver, successor):
    filing = a_post(school, person=leaver)
    a_post(school, Role.REVIEWER, person=leaver)
    actions.hand_over(leaver, successor, school, posts=[filing.pk], by=coordinator, at=NOON)
    assert posts(successor) == [(Role.FILER, NOON, None)]
    assert posts(leaver) == [(Role.FILER, None, NOON), (Role.REVIEWER, None, None)]


@pytest.mark.parametrize(
    ("since", "until", "becomes"),
    [
        (NOON - DAY, None, (NOON - DAY, None)),
        (NOON - DAY, NOON + DAY, (NOON - DAY, None)),  # what is held goes on, without a gap
        (NOON - 5 * DAY, NOON - DAY, (NOON + 3 * DAY, None)),
        (NOON + 9 * DAY, None, (NOON + 3 * DAY, None)),
        (None, NOON + 5 * DAY, (None, None)),
    ],
)
def test_what_the_successor_holds_already_goes_on(
    school, coordinator, leaver, successor, since, until, becomes
):
    a_post(school, person=leaver)
    a_post(school, person=successor, since=since, until=until)
    actions.hand_over(leaver, successor, school, on=NOON + 3 * DAY, by=coordinator, at=NOON)
    assert posts(successor) == [(Role.FILER, *becomes)]


def test_a_filer_hands_over_to_a_colleague_and_to_nobody_else(school, leaver, successor):
    a_post(school, person=leaver)
    by = an_actor(school, person=leaver)
    with pytest.raises(NotAllowed, match="只有所在地区或系统的统筹岗位才能安排“石龙中学”的人员"):
        actions.hand_over(leaver, successor, school, by=by, at=NOON)
    a_post(school, Role.REVIEWER, person=successor)
    actions.hand_over(leaver, successor, school, by=by, at=NOON)
    assert posts(successor) == [(Role.REVIEWER, None, None), (Role.FILER, NOON, None)]


def test_a_reviewer_hands_over_nothing_on_their_own(school, leaver, successor):
    a_post(school, Role.REVIEWER, person=leaver)
    a_post(school, person=successor)
    by = an_actor(school, Role.REVIEWER, person=leaver)
    with pytest.raises(NotAllowed):
        actions.hand_over(leaver, successor, school, by=by, at=NOON)
    assert posts(leaver) == [(Role.REVIEWER, None, None)]


def test_one_post_out_of_reach_holds_up_all(chain, association, coordinator, leaver, successor):
    a_post(association, Role.FILER, person=leaver)
    a_post(association, Role.AUDITOR, place=chain[1], person=leaver)
    with pytest.raises(NotAllowed, match="超出了您统筹的范围"):
        actions.hand_over(leaver, successor, association, by=coordinator, at=NOON)
    assert posts(successor) == []


def test_the_leaver_stands_in_for_nobody_any_more(school, coordinator, leaver, successor):
    a_post(school, person=leaver)
    a_deputy(a_post(school, Role.REVIEWER), leaver, until=NOON + 9 * DAY)
    a_deputy(Post.objects.get(person=leaver), successor)
    actions.hand_over(leaver, successor, school, by=coordinator, at=NOON)
    assert list(Deputy.objects.order_by("id").values_list("until", flat=True)) == [NOON, NOON]
    with pytest.raises(NotAllowed):
        queries.actor_for(leaver, school.pk, NOON)


@pytest.mark.parametrize(
    ("wrong", "error", "sentence"),
    [
        ("oneself", Incomplete, "接手的人不能是本人"),
        ("closed", NotAllowed, "账号已经停用"),
        ("far", Incomplete, "最远一年以内"),
        ("nothing", StaleState, "没有可以交接的岗位"),
    ],
)
def test_what_cannot_be_is_refused(school, coordinator, leaver, successor, wrong, error, sentence):
    if wrong != "nothing":
        a_post(school, person=leaver)
    to = {"oneself": leaver, "closed": a_person(is_active=False)}.get(wrong, successor)
    on = NOON + 400 * DAY if wrong == "far" else None
    with pytest.raises(error, match=sentence):
        actions.hand_over(leaver, to, school, on=on, by=coordinator, at=NOON)
    assert posts(successor) == []
