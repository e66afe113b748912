import pytest

from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.orgs import actions, coming_queries, queries, rules
from kepu.orgs.models import Role, Unit
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.coming import kinds_known
from tests.factories.orgs import a_chain, a_coordinator, a_line, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    kinds_known()
    return a_chain()


@pytest.fixture
def shilong(chain):
    return chain[3]


@pytest.fixture
def coordinator(chain):
    return a_coordinator(a_unit(chain[2], "东莞市科协", coordinates=[chain[2]]))


@pytest.fixture
def school(shilong):
    return a_unit(shilong, "石龙中学", kind="school", line=a_line("edu"))


@pytest.fixture
def filer(school):
    return an_actor(school)


class TestAdding:
    def test_a_new_part_lies_where_its_parent_lies_and_the_coordinator_is_told(
        self, school, filer, coordinator
    ):
        part = actions.add_part(school, name="天文社", kind="venue", by=filer, at=NOON)
        assert (part.within, part.place, part.line, part.code) == (
            school,
            school.place,
            school.line,
            f"{school.code}-1",
        )
        assert [row.event for row in audit.of(part)] == [Event.UNIT_REGISTERED]
        assert [change.kind for change in coming_queries.history_of(part)] == ["taken_in", "registered"]
        second = actions.add_part(school, name="生物社", kind="venue", by=filer, at=NOON)
        assert second.code == f"{school.code}-2"

    def test_one_that_is_there_is_asked_for_instead(self, school, filer, shilong):
        a_unit(shilong, "石龙天文社", kind="venue")
        with pytest.raises(Incomplete, match="申请归入已有的单位"):
            actions.add_part(school, name="天文社", kind="venue", by=filer, at=NOON)

    def test_only_its_own_filer_or_from_above(self, school, shilong):
        stranger = an_actor(a_unit(shilong))
        with pytest.raises(NotAllowed, match="由它自己的填报岗位"):
            actions.add_part(school, name="天文社", kind="venue", by=stranger, at=NOON)

    def test_two_layers_and_no_more(self, school, shilong, coordinator):
        part, other = a_unit(shilong, within=school), a_unit(shilong)
        with pytest.raises(Incomplete, match="不能再有下属单位"):
            actions.add_part(part, name="天文社", kind="venue", by=coordinator, at=NOON)
        with pytest.raises(NotAllowed, match="自己是下属单位"):
            actions.take_in_unit(part, other, by=coordinator, at=NOON)
        with pytest.raises(NotAllowed, match="自己有下属单位"):
            actions.take_in_unit(other, school, by=coordinator, at=NOON)


class TestTakingIn:
    def test_a_coordinator_of_both_says_so(self, school, shilong, coordinator):
        unit = a_unit(shilong)
        actions.take_in_unit(school, unit, by=coordinator, at=NOON)
        assert Unit.objects.get(pk=unit.pk).within == school

    def test_a_unit_asks_for_one_that_is_there_and_the_coordinator_decides(
        self, school, filer, shilong, coordinator
    ):
        unit = a_unit(shilong)
        with pytest.raises(NotAllowed):
            actions.take_in_unit(school, unit, by=filer, at=NOON)
        application = actions.ask_for_part(school, unit, by=filer, at=NOON)
        assert (application.by_unit, application.receiver_id) == (school, coordinator.unit_id)
        with pytest.raises(NotAllowed, match="不用再提一次"):
            actions.ask_for_part(school, unit, by=filer, at=NOON)
        actions.approve_application(application, by=coordinator, at=NOON)
        assert (Unit.objects.get(pk=unit.pk).within, unit.posts.exists()) == (school, False)

    def test_a_unit_may_take_its_request_back(self, school, filer, shilong):
        application = actions.ask_for_part(school, a_unit(shilong), by=filer, at=NOON)
        with pytest.raises(NotAllowed, match="只有提出申请的单位"):
            actions.withdraw_application(application, by=an_actor(a_unit(shilong)), at=NOON)
        actions.withdraw_application(application, by=filer, at=NOON)
        assert application.state == "withdrawn"

    def test_let_go_by_the_parent_it_stays_registered(self, school, filer, shilong):
        unit = a_unit(shilong, within=school)
        actions.let_go(unit, by=filer, at=NOON)
        assert (unit.within, Unit.objects.get(pk=unit.pk).closed_on) == (None, None)
        assert [change.kind for change in coming_queries.history_of(school)] == ["let_go"]


class TestFilingForIt:
    def test_a_filer_of_the_parent_acts_as_a_filer_and_nothing_more(self, school, shilong):
        person = a_person()
        for role in (Role.FILER, Role.COORDINATOR, Role.AUDITOR):
            a_post(school, role, person=person)
        part = a_unit(shilong, "天文社", within=school)
        actor = queries.actor_for(person, part.pk, NOON)
        assert (actor.unit, actor.through, [post.role for post in actor.posts]) == (
            part,
            school,
            [Role.FILER],
        )
        assert [(way.unit.name, way.through) for way in queries.standings(person, NOON)] == [
            ("天文社", school), ("石龙中学", None),
        ]  # fmt: skip

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.FILER}))
    def test_no_other_post_of_the_parent_reaches_it(self, school, shilong, role):
        post = a_post(school, role)
        part = a_unit(shilong, within=school)
        with pytest.raises(NotAllowed):
            queries.actor_for(post.person, part.pk, NOON)
        assert [way.unit for way in queries.standings(post.person, NOON)] == [school]

    def test_a_part_does_not_act_for_its_parent_nor_for_its_sister(self, school, shilong):
        part, sister = a_unit(shilong, within=school), a_unit(shilong, within=school)
        post = a_post(part)
        for other in (school, sister):
            with pytest.raises(NotAllowed):
                queries.actor_for(post.person, other.pk, NOON)

    def test_traces_name_both(self, school, shilong, coordinator):
        post = a_post(school)
        part = a_unit(shilong, within=school)
        actor = queries.actor_for(post.person, part.pk, NOON)
        actions.add_part(school, name="生物社", kind="venue", by=an_actor(school), at=NOON)
        message = part.messages.create(kind="x", subject="y", sent_at=NOON, outbox_key="1")
        actions.read_message(message, by=actor, at=NOON)
        row = AuditEntry.objects.get(event=Event.MESSAGE_READ)
        assert (row.unit_id, row.detail) == (part.pk, {"through": school.pk})

    def test_the_parents_own_post_elsewhere_counts_where_it_is_held(
        self, school, shilong, django_assert_num_queries
    ):
        post = a_post(school)
        part = a_unit(shilong, within=school)
        a_post(part, Role.AUDITOR, person=post.person)
        assert queries.actor_for(post.person, part.pk, NOON).through is None
        with django_assert_num_queries(3):
            queries.standings(post.person, NOON)


def test_what_belongs_to_a_unit_is_seen_in_hand_and_in_lists_alike(school, shilong):
    part, old = (
        a_unit(shilong, "天文社", within=school),
        a_unit(shilong, "旧记录", merged_into=school, closed_on=NOON.date()),
    )
    stranger = a_unit(shilong, "别的学校")
    filer = an_actor(school)
    everybody = [school, part, old, stranger]
    assert set(rules.visible_to(filer)) == {unit for unit in everybody if rules.sees(filer, unit)}
    assert not rules.sees(filer, stranger)
    assert rules.sees(filer, part)
