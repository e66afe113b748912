from datetime import timedelta

import pytest
from django.core import mail

from kepu.accounts.models import Person
from kepu.core import audit, outbox
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions
from kepu.orgs.models import Invitation, Post, Role
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_line, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW = {
    "username": "zhang",
    "name": "张老师",
    "email": "zhang@example.cn",
    "password": "运河边上的那一棵老榕树",
}


@pytest.fixture
def head(association):
    person = a_person("王主任")
    a_post(association, Role.COORDINATOR, person=person)
    return person


@pytest.fixture
def coordinator(head, association):
    return an_actor(association, Role.COORDINATOR, places=[association.place], person=head)


@pytest.fixture
def filer(school):
    person = a_person("陈老师")
    a_post(school, person=person)
    return an_actor(school, person=person)


def invited(unit, role=Role.FILER, *, by, at=NOON, **more):
    return actions.invite(unit, role, name="张老师", by=by, at=at, **more)


def posts(person):
    return list(Post.objects.filter(person=person).values_list("unit__name", "role", "since", "until"))


class TestInviting:
    def test_a_filer_invites_further_filers_of_the_unit(self, school, filer):
        invitation, token = invited(school, by=filer)
        assert (invitation.unit, invitation.role, invitation.expires_at) == (
            school,
            Role.FILER,
            NOON + 7 * DAY,
        )
        assert len(token) == 43
        trace = audit.of(invitation).get()
        assert (trace.event, trace.person_id, trace.detail["role"]) == (
            Event.INVITED,
            filer.person_id,
            "filer",
        )

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR, Role.AUDITOR, Role.OPERATOR])
    def test_and_nobody_in_another_post(self, school, filer, role):
        with pytest.raises(NotAllowed, match="填报人员只能邀请本单位的填报人员"):
            invited(school, role, by=filer)

    def test_and_nobody_to_another_unit(self, chain, filer):
        with pytest.raises(NotAllowed, match="只有所在地区或系统的统筹岗位"):
            invited(a_unit(chain[3]), by=filer)

    def test_a_coordinator_invites_within_its_area_and_never_wider(
        self, chain, school, association, coordinator
    ):
        invited(school, Role.REVIEWER, place=chain[3], by=coordinator)
        with pytest.raises(NotAllowed, match="超出了您统筹的范围"):
            invited(school, Role.REVIEWER, place=chain[1], by=coordinator)
        with pytest.raises(NotAllowed, match="只有所在地区或系统的统筹岗位"):
            invited(a_unit(chain[1]), by=coordinator)

    def test_no_reviewer_auditor_or_operator_invites(self, school):
        for role in (Role.REVIEWER, Role.AUDITOR, Role.OPERATOR, Role.EVALUATOR):
            with pytest.raises(NotAllowed):
                invited(school, by=an_actor(school, role))

    def test_the_database_holds_no_token_and_no_readable_address(self, school, filer):
        _invitation, token = invited(school, email="zhang@example.cn", by=filer)
        from django.db import connection

        with connection.cursor() as cursor:
            rows = []
            for table in ("orgs_invitation", "core_outboxrow", "core_auditentry"):
                rows += cursor.execute(f"SELECT * FROM {table}").fetchall()
        assert token not in str(rows)
        assert "zhang@example.cn" not in str(rows)

    def test_the_link_is_mailed_where_there_is_an_address(self, school, filer):
        _invitation, token = invited(school, email="zhang@example.cn", by=filer)
        outbox.deliver(at=NOON)
        sent = mail.outbox[0]
        assert (sent.to, sent.subject) == (["zhang@example.cn"], "请您担任“石龙中学”的填报人员")
        assert f"/invitations/{token}/" in sent.body
        assert OutboxRow.objects.get(kind="invitation.mail").state == "sent"

    def test_what_was_withdrawn_meanwhile_is_not_mailed(self, school, filer):
        invitation, _token = invited(school, email="zhang@example.cn", by=filer)
        actions.withdraw_invitation(invitation, by=filer, at=NOON)
        outbox.deliver(at=NOON)
        assert mail.outbox == []

    def test_a_unit_has_only_so_many_open(self, school, filer):
        for _ in range(20):
            invited(school, by=filer)
        with pytest.raises(NotAllowed, match="“石龙中学”已有20个邀请没有用"):
            invited(school, by=filer)
        invited(school, by=filer, at=NOON + 7 * DAY)  # the others have expired

    @pytest.mark.parametrize(
        ("given", "field"),
        [({"name": " "}, "name"), ({"email": "zhang"}, "email"), ({"post_until": NOON + DAY}, "post_until")],
    )
    def test_what_cannot_be_is_refused_by_its_field(self, school, filer, given, field):
        with pytest.raises(Incomplete) as refusal:
            actions.invite(school, Role.FILER, **{"name": "张老师", **given}, by=filer, at=NOON)
        assert [reason.field for reason in refusal.value.reasons] == [field]
        assert Invitation.objects.count() == 0


class TestAccepting:
    def test_with_the_account_one_has(self, school, filer):
        invitation, token = invited(school, email="zhang@example.cn", by=filer)
        person = a_person("张老师")

        actions.accept_invitation(token, person=person, at=NOON + DAY)

        assert posts(person) == [("石龙中学", Role.FILER, NOON + DAY, None)]
        invitation.refresh_from_db()
        assert (invitation.used_at, invitation.used_by, invitation.email) == (NOON + DAY, person, "")
        given = AuditEntry.objects.get(event=Event.POST_GIVEN)
        assert (given.person_id, given.detail["invitation"]) == (filer.person_id, invitation.pk)
        assert audit.of(invitation).last().person_id == person.pk

    def test_with_a_new_account(self, school, filer):
        _invitation, token = invited(school, post_until=NOON + 90 * DAY, by=filer)
        post = actions.accept_with_new_account(token, **NEW, at=NOON)
        person = Person.objects.get(username="zhang")
        assert (post.person, person.name, person.check_password(NEW["password"])) == (person, "张老师", True)
        assert posts(person) == [("石龙中学", Role.FILER, NOON, NOON + 90 * DAY)]

    def test_a_weak_password_makes_no_account_and_leaves_the_link_open(self, school, filer):
        _invitation, token = invited(school, by=filer)
        with pytest.raises(Incomplete, match="密码太短"):
            actions.accept_with_new_account(token, **{**NEW, "password": "123"}, at=NOON)
        assert Person.objects.filter(username="zhang").count() == 0
        actions.accept_with_new_account(token, **NEW, at=NOON)

    @pytest.mark.parametrize(
        ("what", "sentence"),
        [
            ("used", "已经用过，一个链接只能用一次"), ("withdrawn", "已经收回"), ("expired", "已经过期"),
            ("unknown", "没有这个邀请"), ("closed unit", "已经停用"),
        ],
    )  # fmt: skip
    def test_a_link_that_leads_nowhere_says_why(self, school, filer, what, sentence):
        invitation, token = invited(school, by=filer)
        person, at = a_person(), NOON + DAY
        if what == "used":
            actions.accept_invitation(token, person=a_person(), at=NOON)
        elif what == "withdrawn":
            actions.withdraw_invitation(invitation, by=filer, at=NOON)
        elif what == "expired":
            at = NOON + 7 * DAY
        elif what == "unknown":
            token = token[:-1]
        else:
            type(school).objects.filter(pk=school.pk).update(closed_on=at.date())
        with pytest.raises((NotAllowed, StaleState), match=sentence):
            actions.accept_invitation(token, person=person, at=at)
        with pytest.raises((NotAllowed, StaleState), match=sentence):
            actions.accept_with_new_account(token, **NEW, at=at)
        assert Person.objects.filter(username="zhang").count() == 0
        assert posts(person) == []

    def test_nobody_takes_up_their_own_offer(self, school, filer):
        _invitation, token = invited(school, by=filer)
        with pytest.raises(NotAllowed, match="这是您自己发出的邀请"):
            actions.accept_invitation(token, person=Person.objects.get(pk=filer.person_id), at=NOON)

    def test_who_holds_the_post_already_leaves_the_link_to_others(self, school, filer):
        held = a_post(school)
        _invitation, token = invited(school, post_until=NOON + 30 * DAY, by=filer)
        with pytest.raises(NotAllowed, match="您已经担任这个岗位"):
            actions.accept_invitation(token, person=held.person, at=NOON)
        held.refresh_from_db()
        assert held.until is None
        actions.accept_invitation(token, person=a_person(), at=NOON)

    def test_a_closed_account_takes_up_nothing(self, school, filer):
        _invitation, token = invited(school, by=filer)
        with pytest.raises(NotAllowed, match="这个账号已经停用"):
            actions.accept_invitation(token, person=a_person(is_active=False), at=NOON)

    @pytest.mark.parametrize("how", ["has left", "is no coordinator any more", "account closed"])
    def test_the_right_of_the_giver_is_asked_again(self, chain, school, coordinator, head, how):
        _invitation, token = invited(school, Role.REVIEWER, place=chain[3], by=coordinator)
        if how == "has left":
            Post.objects.filter(person=head).update(until=NOON)
        elif how == "is no coordinator any more":
            Post.objects.filter(person=head).update(role=Role.REVIEWER)
        else:
            Person.objects.filter(pk=head.pk).update(is_active=False)
        with pytest.raises(NotAllowed, match="发出邀请的人已经不能安排“石龙中学”的这个岗位"):
            actions.accept_invitation(token, person=a_person(), at=NOON + DAY)

    def test_an_offer_of_the_system_holds(self, school, system):
        _invitation, token = invited(school, Role.COORDINATOR, by=system)
        person = a_person()
        actions.accept_invitation(token, person=person, at=NOON)
        assert posts(person) == [("石龙中学", Role.COORDINATOR, NOON, None)]


class TestWithdrawing:
    def test_the_giver_and_a_coordinator_withdraw(self, school, filer, coordinator):
        for by in (filer, coordinator):
            invitation, _token = invited(school, email="zhang@example.cn", by=filer)
            actions.withdraw_invitation(invitation, by=by, at=NOON)
            invitation.refresh_from_db()
            assert (invitation.withdrawn_at, invitation.email) == (NOON, "")

    def test_others_do_not(self, chain, school, filer, coordinator):
        by_coordinator, _token = invited(school, Role.REVIEWER, by=coordinator)
        with pytest.raises(NotAllowed):
            actions.withdraw_invitation(by_coordinator, by=filer, at=NOON)
        line = a_line("edu")
        with pytest.raises(NotAllowed):
            actions.withdraw_invitation(
                by_coordinator, by=an_actor(a_unit(chain[2]), Role.COORDINATOR, lines=[line]), at=NOON
            )

    def test_what_was_used_is_past_withdrawing(self, school, filer):
        invitation, token = invited(school, by=filer)
        actions.accept_invitation(token, person=a_person(), at=NOON)
        invitation.refresh_from_db()
        with pytest.raises(StaleState, match="已经用过"):
            actions.withdraw_invitation(invitation, by=filer, at=NOON)
