from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection

from kepu.accounts.models import Person
from kepu.core import audit, outbox
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs import actions, coming_queries, coming_rules, jobs, queries
from kepu.orgs.actor import SYSTEM
from kepu.orgs.coming import ApplicationKind, ApplicationState
from kepu.orgs.models import Application, Post, Role, Unit
from kepu.orgs.models.applications import PERSONAL
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.coming import CONTACT, VISITOR, a_claim, an_application, kinds_known, said
from tests.factories.orgs import a_coordinator, a_line, a_place, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture
def shilong(chain):
    return chain[3]


@pytest.fixture
def city(chain):
    return a_unit(chain[2], "东莞市科协", coordinates=[chain[2]])


@pytest.fixture
def coordinator(city):
    return a_coordinator(city)


def events(thing):
    return [row.event for row in audit.of(thing)]


def opened(person):
    """An account in which somebody has signed in before."""
    Person.objects.filter(pk=person.pk).update(last_login=NOON)
    return person


def sentences(refused):
    return [str(reason) for reason in refused.value.reasons]


class TestApplying:
    def test_it_goes_to_the_nearest_coordinator_above_and_waits(self, city, shilong):
        application, token = an_application(shilong)

        assert (application.state, application.receiver, application.turn) == ("filed", city, "coordinator")
        assert list(coming_queries.awaiting(a_coordinator(city))) == [application]
        assert events(application) == [Event.APPLICATION_FILED]
        assert Application.objects.with_token(token).get() == application
        assert not Person.objects.filter(name=CONTACT.name).exists()
        assert not Unit.objects.filter(name="石龙镇科学馆").exists()

    def test_the_office_of_the_town_is_nearer(self, city, shilong):
        town = a_unit(shilong, "石龙镇科协", coordinates=[shilong])
        assert an_application(shilong)[0].receiver == town

    def test_where_no_place_has_a_coordinator_the_line_decides(self, shilong):
        line = a_line("edu", "教育")
        bureau = a_unit(shilong, "教育局", line=line, coordinates=[line])
        assert an_application(shilong, line=line)[0].receiver == bureau

    def test_when_another_unit_becomes_the_coordinator_it_gets_what_waits(self, city, shilong):
        application, _token = an_application(shilong)
        town = a_unit(shilong, "石龙镇科协")
        actions.name_coordinator(town, shilong, by=SYSTEM, at=LATER)
        application.refresh_from_db()
        assert application.receiver == town

    def test_contact_and_secret_lie_closed_in_the_database(self, shilong):
        application, token = an_application(shilong)
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM orgs_application")
            said_there = " ".join(map(str, cursor.fetchone()))
        assert not [
            word for word in (CONTACT.name, CONTACT.phone, CONTACT.email, token) if word in said_there
        ]
        assert token not in " ".join(map(str, OutboxRow.objects.values_list("payload", flat=True)))
        assert CONTACT.phone not in " ".join(str(row.detail) for row in audit.of(application))

    def test_without_consent_nothing_is_kept(self, shilong):
        kinds_known()
        with pytest.raises(Incomplete, match="同意个人信息"):
            actions.apply_for_unit(said(shilong), CONTACT, consented=False, by=VISITOR, at=NOON)
        assert not Application.objects.exists()

    def test_everything_that_cannot_be_right_is_said_at_once(self, shilong):
        kinds_known()
        wrong = said(shilong, "", kind="castle", credit_code="91350100M000100Y44", purpose=" ")
        contact = type(CONTACT)("", "电话", "not-an-address")
        with pytest.raises(Incomplete) as refused:
            actions.apply_for_unit(wrong, contact, consented=True, by=VISITOR, at=NOON)
        assert {reason.field for reason in refused.value.reasons} == {
            "contact_name", "contact_phone", "contact_email", "purpose", "name", "credit_code", "kind",
        }  # fmt: skip

    @pytest.mark.parametrize("name", ["石龙镇科学馆", "石龙 科学馆", "东莞市石龙镇科学馆", "科学馆"])
    def test_a_unit_of_that_name_in_that_place_is_shown_first(self, shilong, name):
        a_unit(shilong, "石龙镇科学馆", kind="venue")
        with pytest.raises(Incomplete) as refused:
            an_application(shilong, name)
        assert sentences(refused) == [
            "“石龙镇科学馆”（石龙镇）已经登记，名称和地区相近。"
            "如果就是它，请认领；如果不是，请勾选“不是上面的单位”。"
        ]

    def test_an_applicant_may_say_that_it_is_another(self, shilong):
        a_unit(shilong, "石龙镇科学馆", kind="venue")
        assert an_application(shilong, is_another=True)[0].state == "filed"

    def test_the_same_name_elsewhere_is_another_unit(self, chain, shilong):
        dalang = a_place("441900122", "大朗镇", parent=chain[2])
        a_unit(dalang, "科学馆", kind="venue")
        assert an_application(shilong, "科学馆")[0].state == "filed"

    def test_the_same_credit_code_is_the_same_unit_whatever_is_said(self, shilong):
        a_unit(shilong, "石龙馆", kind="venue", credit_code=CREDIT_CODE)
        with pytest.raises(Incomplete) as refused:
            an_application(shilong, credit_code=CREDIT_CODE, is_another=True)
        assert sentences(refused) == ["“石龙馆”已经登记，统一社会信用代码相同。请改为认领这个单位。"]

    def test_whoever_comes_second_learns_that_one_waits_and_nothing_of_who_it_is(self, shilong):
        an_application(shilong, credit_code=CREDIT_CODE)
        with pytest.raises(Incomplete) as refused:
            an_application(shilong, "别的名字", credit_code=CREDIT_CODE)
        assert sentences(refused) == [
            "已经有人用这个统一社会信用代码提交了登记申请，正在审核。请先问本单位的同事。"
        ]


class TestDeciding:
    def test_approving_makes_the_unit_and_its_first_filer(self, coordinator, shilong):
        application, _token = an_application(shilong, credit_code=CREDIT_CODE)
        unit = actions.approve_application(application, by=coordinator, at=LATER)

        assert (unit.name, unit.kind, unit.place, unit.credit_code) == (
            "石龙镇科学馆",
            "venue",
            shilong,
            CREDIT_CODE,
        )
        assert unit.code == f"441900103-{application.pk}"
        person = Person.objects.get(name="林晓")
        assert (person.username, person.has_usable_password()) == (CONTACT.email, False)
        actor = queries.actor_for(person, unit.pk, LATER)
        assert [post.role for post in actor.posts] == [Role.FILER]
        assert (application.state, application.unit, application.person) == ("approved", unit, person)
        assert events(application) == [Event.APPLICATION_FILED, Event.APPLICATION_APPROVED]
        assert [change.kind for change in coming_queries.history_of(unit)] == ["registered"]

    def test_who_was_signed_in_keeps_their_account(self, coordinator, shilong):
        person = a_person("周明")
        application, _token = an_application(shilong, person=person)
        unit = actions.approve_application(application, by=coordinator, at=LATER)
        assert [way.unit for way in queries.standings(person, LATER)] == [unit]
        assert Person.objects.count() == 2  # and the coordinator

    def test_an_account_that_confirmed_the_address_gets_the_post(self, coordinator, shilong):
        person = opened(a_person("林晓", email=CONTACT.email.upper()))
        EmailAddress.objects.create(user=person, email=CONTACT.email, verified=True, primary=True)
        application, _token = an_application(shilong)
        unit = actions.approve_application(application, by=coordinator, at=LATER)
        assert Post.objects.get(unit=unit).person == person

    def test_an_account_that_only_the_mailbox_opens_gets_the_post(self, coordinator, shilong):
        """Two units that one person asks for lead to one account."""
        units = [
            actions.approve_application(an_application(shilong, name)[0], by=coordinator, at=LATER)
            for name in ("石龙镇科学馆", "石龙镇天文台")
        ]
        assert len({Post.objects.get(unit=unit).person_id for unit in units}) == 1

    @pytest.mark.parametrize("sign_in", ["password", "elsewhere"])
    def test_who_merely_typed_the_address_for_an_account_gets_nothing(self, coordinator, shilong, sign_in):
        thief = a_person("贼", username=CONTACT.email, email=CONTACT.email)
        if sign_in == "password":
            thief.set_password("东江边上的那座气象台")
            thief.save()
        else:
            opened(thief)
        application, _token = an_application(shilong)
        unit = actions.approve_application(application, by=coordinator, at=LATER)
        person = Post.objects.get(unit=unit).person
        assert (person.name, person.email) == (CONTACT.name, CONTACT.email)
        assert person != thief
        assert not Post.objects.filter(person=thief).exists()

    def test_an_applicant_whose_account_was_closed_meanwhile_gets_a_new_one(self, coordinator, shilong):
        gone = a_person("林晓", is_active=False)
        application, _token = an_application(shilong, person=gone)
        unit = actions.approve_application(application, by=coordinator, at=LATER)
        assert Post.objects.get(unit=unit).person != gone

    def test_a_claim_gives_a_post_and_makes_no_unit(self, coordinator, shilong):
        unit = a_unit(shilong, "石龙中学", kind="school")
        application = a_claim(unit)
        before = Unit.objects.count()
        assert actions.approve_application(application, by=coordinator, at=LATER) == unit
        assert (Unit.objects.count(), Post.objects.get(unit=unit).person.name) == (before, "林晓")

    def test_an_application_for_a_record_that_is_there_is_merged_into_it(self, coordinator, shilong):
        application, _token = an_application(shilong)
        there = a_unit(shilong, "石龙科学普及馆", kind="venue")
        before = Unit.objects.count()
        actions.merge_application(application, there, by=coordinator, at=LATER)
        assert (application.state, application.unit, Unit.objects.count()) == ("merged", there, before)
        assert Post.objects.get(unit=there).role == Role.FILER

    def test_sent_back_corrected_and_approved(self, coordinator, shilong):
        application, _token = an_application(shilong)
        actions.return_application(application, "名称请写全称", by=coordinator, at=LATER)
        assert (application.turn, application.reason) == ("applicant", "名称请写全称")
        actions.hand_in_again(
            application, said(shilong, "东莞市石龙镇科学馆"), {"phone": "076986611111"}, by=VISITOR, at=LATER
        )
        application.refresh_from_db()
        assert (application.state, application.round, application.name) == ("filed", 2, "东莞市石龙镇科学馆")
        assert application.name_key == "东莞市石龙镇科学馆"
        assert (application.contact_name, application.contact_phone) == ("林晓", "076986611111")
        assert actions.approve_application(application, by=coordinator, at=LATER).name == "东莞市石龙镇科学馆"

    def test_refused_says_why_and_is_over(self, coordinator, shilong):
        application, _token = an_application(shilong)
        with pytest.raises(Incomplete, match="请写明为什么"):
            actions.refuse_application(application, " ", by=coordinator, at=LATER)
        actions.refuse_application(application, "不是法人单位", by=coordinator, at=LATER)
        with pytest.raises(NotAllowed, match="不用再审核"):
            actions.approve_application(application, by=coordinator, at=LATER)

    def test_withdrawn_forgets_whom_to_call(self, shilong):
        application, _token = an_application(shilong)
        actions.withdraw_application(application, by=VISITOR, at=LATER)
        assert [getattr(application, field) for field in PERSONAL] == ["", "", ""]

    def test_a_page_that_is_too_old_decides_nothing(self, coordinator, shilong):
        application, _token = an_application(shilong)
        with pytest.raises(StaleState):
            actions.approve_application(application, expected_version=7, by=coordinator, at=LATER)
        assert not Unit.objects.filter(name="石龙镇科学馆").exists()

    def test_nobody_approves_in_the_stead_of_the_applicant(self, city, shilong):
        coordinator = a_coordinator(city)
        person = Person.objects.get(pk=coordinator.person_id)
        application, _token = an_application(shilong, person=person)
        stand_in = replace(
            coordinator, person_id=a_person().pk, deputy_for=person.pk, deputy_for_name=person.name
        )
        with pytest.raises(NotAllowed, match="自己提出的申请"):
            actions.approve_application(application, by=stand_in, at=LATER)

    def test_nobody_approves_their_own(self, city, shilong):
        coordinator = a_coordinator(city)
        person = Person.objects.get(pk=coordinator.person_id)
        application, _token = an_application(shilong, person=person)
        with pytest.raises(NotAllowed, match="自己提出的申请"):
            actions.approve_application(application, by=coordinator, at=LATER)

    @pytest.mark.parametrize("role", [Role.FILER, Role.REVIEWER, Role.AUDITOR])
    def test_only_a_coordinator_decides(self, city, chain, shilong, role):
        application, _token = an_application(shilong)
        somebody = an_actor(city, role, places=[] if role == Role.FILER else [chain[2]])
        for decide in (actions.approve_application, actions.see_contact):
            with pytest.raises(NotAllowed, match="统筹岗位审核"):
                decide(application, by=somebody, at=LATER)

    def test_another_province_neither_sees_nor_decides(self, chain, shilong):
        application, _token = an_application(shilong)
        far = a_place("510000", "四川省", kind="province", parent=chain[0])
        stranger = a_coordinator(a_unit(far, coordinates=[far]))
        assert application not in coming_rules.applications_visible_to(stranger)
        with pytest.raises(NotAllowed):
            actions.return_application(application, "不行", by=stranger, at=LATER)

    def test_a_look_at_whom_to_call_leaves_its_trace(self, coordinator, shilong):
        application, _token = an_application(shilong)
        assert actions.see_contact(application, by=coordinator, at=LATER) == CONTACT
        assert events(application)[-1] == Event.APPLICATION_CONTACT_SEEN


class TestTelling:
    def deliver(self, at=LATER):
        while outbox.deliver(at=at):
            pass

    def test_a_name_of_two_lines_holds_no_mail_up(self, coordinator, shilong):
        an_application(shilong, "石龙镇科学馆\nBcc: all@example.cn")
        self.deliver()
        (letter,) = mail.outbox
        assert letter.subject == "已收到“石龙镇科学馆 Bcc: all@example.cn”的登记申请"
        assert letter.recipients() == [CONTACT.email]

    def test_the_applicant_is_told_every_step_with_the_link(self, coordinator, shilong):
        application, token = an_application(shilong)
        self.deliver()
        actions.return_application(application, "名称请写全称", by=coordinator, at=LATER)
        self.deliver()
        actions.hand_in_again(application, said(shilong), {}, by=VISITOR, at=LATER)
        actions.approve_application(application, by=coordinator, at=LATER)
        self.deliver()
        to_applicant = [m for m in mail.outbox if m.to == [CONTACT.email]]
        assert [m.subject for m in to_applicant] == [
            "已收到“石龙镇科学馆”的登记申请",
            "“石龙镇科学馆”的登记申请被退回，请修改",
            "“石龙镇科学馆”的登记申请已通过",
        ]
        assert all(f"/join/{token}/" in m.body for m in to_applicant)
        assert "/accounts/password/reset/" in to_applicant[-1].body

    def test_a_message_to_the_coordinator_names_no_person(self, city, shilong):
        a_post(city, Role.COORDINATOR, person=a_person(email="office@example.cn"))
        an_application(shilong)
        self.deliver()
        assert CONTACT.name not in "".join(
            m.subject + m.body for m in mail.outbox if m.to == ["office@example.cn"]
        )
        assert city.messages.get().subject == "“石龙镇科学馆”申请登记，请审核"


def test_states_and_their_dates_stand_together(shilong):
    application, _token = an_application(shilong)
    application.state = ApplicationState.APPROVED
    with pytest.raises(IntegrityError):
        application.save()


def test_kinds_have_a_sentence_each():
    assert [str(kind.label) for kind in ApplicationKind] == ["新登记", "认领", "归入上级单位"]


def test_thirty_days_after_the_decision_it_is_forgotten_whom_to_call(coordinator, shilong):
    decided, _token = an_application(shilong)
    waiting, _token = an_application(shilong, "石龙图书馆")
    actions.approve_application(decided, by=coordinator, at=LATER)

    assert jobs.forget_contacts(LATER + timedelta(days=30)) == 0
    assert jobs.forget_contacts(LATER + timedelta(days=31)) == 1
    assert jobs.forget_contacts(LATER + timedelta(days=31)) == 0
    decided.refresh_from_db()
    waiting.refresh_from_db()
    assert ([getattr(decided, name) for name in PERSONAL], waiting.contact_phone) == (
        ["", "", ""],
        CONTACT.phone,
    )
