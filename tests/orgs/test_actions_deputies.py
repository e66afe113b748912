from datetime import timedelta

import pytest

from kepu.core import audit
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions, queries
from kepu.orgs.models import Deputy, Role
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_deputy, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def post(association):
    return a_post(association, Role.REVIEWER, person=a_person("王主任"))


@pytest.fixture
def colleague(association):
    person = a_person("李科员")
    a_post(association, Role.FILER, person=person)
    return person


@pytest.fixture
def holder(post):
    return queries.actor_for(post.person, post.unit_id, NOON)


def deputies():
    return list(Deputy.objects.order_by("id").values_list("person_id", "since", "until"))


def name(post, person, *, by, since=NOON, until=NOON + DAY, at=NOON):
    return actions.name_deputy(post, person, since=since, until=until, by=by, at=at)


def test_the_holder_names_a_colleague_and_the_unit_is_told(post, colleague, holder):
    deputy = name(post, colleague, by=holder)

    assert deputies() == [(colleague.pk, NOON, NOON + DAY)]
    trace = audit.of(deputy).get()
    assert (trace.event, trace.person_id, trace.detail["stands_in_for"], trace.detail["role"]) == (
        Event.DEPUTY_GIVEN, holder.person_id, post.person_id, "reviewer",
    )  # fmt: skip
    told = OutboxRow.objects.get(kind="unit.message").payload
    assert (told["unit_id"], told["subject"]) == (post.unit_id, "李科员将代理王主任的审核岗位")


def test_the_holder_names_nobody_from_outside_and_a_coordinator_does(post, holder, coordinator):
    outside = a_person()
    with pytest.raises(NotAllowed, match="代理人要从“东莞市科协”现有的人员里选"):
        name(post, outside, by=holder)
    name(post, outside, by=coordinator)
    assert deputies() == [(outside.pk, NOON, NOON + DAY)]


def test_a_colleague_names_no_deputy_for_another(post, colleague, association):
    with pytest.raises(NotAllowed):
        name(post, colleague, by=an_actor(association, Role.REVIEWER))


def test_a_deputy_names_no_deputy_and_gives_no_post(association, colleague, chain):
    coordinating = a_post(association, Role.COORDINATOR)
    a_deputy(coordinating, colleague)
    by = queries.actor_for(colleague, association.pk, NOON, deputy_for=coordinating.person_id)
    with pytest.raises(NotAllowed, match="代理期间不能安排人员"):
        name(coordinating, a_person(), by=by)
    with pytest.raises(NotAllowed, match="代理期间不能安排人员"):
        actions.appoint(a_person(), a_unit(chain[3]), Role.FILER, by=by, at=NOON)
    with pytest.raises(NotAllowed, match="代理期间不能安排人员"):
        actions.invite(a_unit(chain[3]), Role.FILER, name="张老师", by=by, at=NOON)
    assert len(deputies()) == 1


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (NOON + DAY, NOON, "最后一天应不早于第一天"),
        (NOON - 3 * DAY, NOON - DAY, "也不能已经过去"),
        (NOON, NOON + 185 * DAY, "代理最长半年"),
        (NOON, NOON + 11 * DAY, "这个岗位到期在先"),
    ],
)
def test_the_time_of_a_deputy_is_short_to_come_and_within_the_post(
    association, colleague, coordinator, since, until, sentence
):
    post = a_post(association, Role.REVIEWER, until=NOON + 10 * DAY if "到期" in sentence else None)
    with pytest.raises(Incomplete, match=sentence):
        name(post, colleague, since=since, until=until, by=coordinator)
    assert deputies() == []


def test_nobody_is_their_own_deputy(post, coordinator):
    with pytest.raises(Incomplete, match="代理人不能是本人"):
        name(post, post.person, by=coordinator)


def test_a_post_has_one_deputy_at_a_time(post, colleague, coordinator):
    name(post, colleague, by=coordinator)
    with pytest.raises(Incomplete, match="这段时间已经有人代理"):
        name(post, a_person(), since=NOON + DAY / 2, until=NOON + 2 * DAY, by=coordinator)
    name(post, a_person(), since=NOON + DAY, until=NOON + 2 * DAY, by=coordinator)
    assert len(deputies()) == 2


def test_what_a_deputy_does_is_traced_in_whose_stead(association, chain, colleague, coordinator):
    filing = a_post(association, Role.AUDITOR)
    a_deputy(filing, colleague)
    by = queries.actor_for(colleague, association.pk, NOON, deputy_for=filing.person_id)
    deputy = Deputy.objects.get()
    actions.end_deputy(deputy, by=by, at=NOON)
    trace = audit.of(deputy).get()
    assert (trace.person_id, trace.detail["deputy_for"]) == (colleague.pk, filing.person_id)


def test_what_is_done_in_ones_own_name_says_nothing_of_a_stead(post, colleague, holder):
    deputy = name(post, colleague, by=holder)
    assert "deputy_for" not in audit.of(deputy).get().detail


@pytest.mark.parametrize("who", ["deputy", "holder", "coordinator"])
def test_a_deputy_is_relieved_by_those_concerned(post, colleague, holder, coordinator, who):
    deputy = a_deputy(post, colleague)
    by = {
        "deputy": lambda: queries.actor_for(colleague, post.unit_id, NOON),
        "holder": lambda: holder, "coordinator": lambda: coordinator,
    }[who]()  # fmt: skip
    actions.end_deputy(deputy, by=by, at=NOON)
    assert deputies() == [(colleague.pk, NOON - DAY, NOON)]
    with pytest.raises(StaleState, match="这次代理已经结束"):
        actions.end_deputy(deputy, by=by, at=NOON + DAY)


def test_nobody_else_relieves_a_deputy(post, colleague, association):
    with pytest.raises(NotAllowed):
        actions.end_deputy(a_deputy(post, colleague), by=an_actor(association), at=NOON)


def test_one_that_has_not_begun_is_taken_back(post, colleague, coordinator):
    actions.end_deputy(
        a_deputy(post, colleague, since=NOON + DAY, until=NOON + 2 * DAY), by=coordinator, at=NOON
    )
    assert deputies() == []


@pytest.mark.parametrize("how", ["ended", "shortened"])
def test_no_deputy_outlives_the_post(post, colleague, coordinator, how):
    a_deputy(post, colleague, until=NOON + 9 * DAY)
    a_deputy(post, colleague, since=NOON + 9 * DAY, until=NOON + 12 * DAY)
    if how == "ended":
        actions.end_post(post, by=coordinator, at=NOON)
    else:
        actions.change_post(post, until=NOON + DAY, by=coordinator, at=NOON)
    assert deputies() == [(colleague.pk, NOON - DAY, NOON if how == "ended" else NOON + DAY)]
