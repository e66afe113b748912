"""A unit comes in by itself: look, register or claim, follow the link, correct, withdraw."""

import re

import pytest
from django.core import mail
from django.test import Client

from kepu.core import outbox
from kepu.core.models import AuditEntry
from kepu.orgs import actions
from kepu.orgs.models import Application, Post, Role
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.coming import CONTACT, an_application, kinds_known
from tests.factories.orgs import a_coordinator, a_post, a_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def shilong(places):
    kinds_known()
    return places[3]


@pytest.fixture
def city(places):
    return a_unit(places[2], "东莞市科协", coordinates=[places[2]])


@pytest.fixture
def visitor():
    return Client()


def typed(**changes):
    return {
        "name": "石龙镇科学馆", "kind": "venue", "place": "石龙镇", "line": "", "credit_code": "", "purpose": "填报科普日活动",
        "contact_name": "林晓", "contact_phone": "138 0013 8000", "contact_email": "linxiao@example.cn", "consented": "on",
        **changes,
    }  # fmt: skip


def links(page):
    return {a["href"]: a.text for a in page.all("a")}


def value(page, name):
    return page.one("input", name=name)["value"]


class TestLooking:
    def test_a_unit_is_found_by_a_part_of_its_name_or_its_code(self, visitor, page, shilong):
        unit = a_unit(shilong, "石龙中学", kind="school", credit_code="91350100M000100Y43")
        for asked in ("石龙中", "91350100m000100y43", "石龙 中学"):
            found = page(visitor, f"/join/?q={asked}")
            assert links(found)[f"/join/claim/{unit.pk}/"] == "认领 “石龙中学”"

    def test_closed_made_up_and_other_units_are_not(self, visitor, page, shilong):
        a_unit(shilong, "石龙中学甲", made_up=True)
        a_unit(shilong, "石龙中学乙", closed_on=NOON.date())
        assert "/join/claim/" not in str(links(page(visitor, "/join/?q=石龙中学")))

    def test_what_was_looked_for_is_typed_already(self, visitor, page, shilong):
        found = page(visitor, "/join/?q=石龙科学馆")
        assert "/join/new/?name=%E7%9F%B3%E9%BE%99%E7%A7%91%E5%AD%A6%E9%A6%86" in links(found)

    @pytest.mark.parametrize("n", [1, 3])
    def test_the_same_queries_for_one_and_for_three(
        self, visitor, page, shilong, django_assert_num_queries, n
    ):
        for number in range(n):
            a_unit(shilong, f"石龙第{number}中学")
        with django_assert_num_queries(2):
            page(visitor, "/join/?q=石龙")


class TestRegistering:
    def test_somebody_without_an_account_registers_and_gets_a_link(self, visitor, read, city, shilong):
        answer = visitor.post("/join/new/", typed(), follow=True)
        found = read(answer)
        assert re.fullmatch(r"/join/[\w-]{43}/", answer.request["PATH_INFO"])
        assert "等东莞市科协审核" in found.text
        application = Application.objects.get()
        assert (application.place, application.contact_phone, application.consent_version) == (
            shilong,
            "138 0013 8000",
            "2026-11",
        )
        assert CONTACT.email not in found.text

    def test_what_was_typed_stays_with_every_sentence(self, visitor, read, shilong):
        found = read(
            visitor.post(
                "/join/new/", typed(credit_code="91350100M000100Y44", contact_phone="x", consented="")
            )
        )
        assert (
            "统一社会信用代码“91350100M000100Y44”不对" not in found.text
        )  # without consent nothing is looked at
        assert "请确认“我已阅读并同意上面的个人信息收集说明”。" in found.text
        found = read(visitor.post("/join/new/", typed(credit_code="91350100M000100Y44", contact_phone="x")))
        assert "统一社会信用代码“91350100M000100Y44”不对" in found.text
        assert "电话不对" in found.text
        assert value(found, "contact_email") == CONTACT.email
        assert not Application.objects.exists()

    def test_a_place_of_no_such_name_is_said_beside_it(self, visitor, read, shilong):
        found = read(visitor.post("/join/new/", typed(place="无此镇")))
        assert "没有找到“无此镇”" in found.text

    def test_a_unit_that_looks_the_same_can_be_claimed_or_denied(self, visitor, read, city, shilong):
        unit = a_unit(shilong, "石龙科学馆", kind="venue")
        a_post(unit, person=a_person("馆里的人", email="inside@example.cn"))
        found = read(visitor.post("/join/new/", typed()))
        assert f"/join/claim/{unit.pk}/" in links(found)
        assert "馆里的人" not in found.text
        read(visitor.post("/join/new/", typed(is_another="on"), follow=True))
        assert Application.objects.get().is_another

    def test_whoever_is_signed_in_need_not_say_who_they_are(self, staff, page, person, shilong):
        found = page(staff, "/join/new/")
        assert (value(found, "contact_name"), value(found, "contact_email")) == ("陈晓明", "chen@example.cn")
        staff.post("/join/new/", typed(contact_email="chen@example.cn"))
        assert Application.objects.get().person == person

    def test_no_copy_is_kept_by_anybody(self, visitor, city, shilong):
        _application, token = an_application(shilong)
        for address in ("/join/", "/join/new/", f"/join/{token}/", f"/join/{token}/correction/"):
            assert visitor.get(address).headers["Cache-Control"] == "private, no-store"


class TestFollowing:
    def test_the_link_shows_no_contact_and_another_link_shows_nothing(self, visitor, page, city, shilong):
        _application, token = an_application(shilong)
        text = page(visitor, f"/join/{token}/").text
        assert not [one for one in (CONTACT.name, CONTACT.phone, CONTACT.email) if one in text]
        assert visitor.get(f"/join/{token[:-1]}x/").status_code == 404

    def test_sent_back_it_is_corrected_with_the_contact_kept(self, visitor, page, read, city, shilong):
        application, token = an_application(shilong)
        actions.return_application(application, "名称写全称", by=a_coordinator(city), at=NOON)
        found = page(visitor, f"/join/{token}/correction/")
        assert (value(found, "name"), value(found, "contact_phone")) == ("石龙镇科学馆", "")
        answer = visitor.post(
            f"/join/{token}/correction/",
            typed(
                name="东莞市石龙镇科学馆",
                contact_name="",
                contact_phone="",
                contact_email="",
                version=application.version,
            ),
            follow=True,
        )
        assert "已重新提交" in read(answer).text
        application.refresh_from_db()
        assert (application.state, application.name, application.contact_phone) == (
            "filed",
            "东莞市石龙镇科学馆",
            CONTACT.phone,
        )

    def test_withdrawn_by_the_link(self, visitor, read, city, shilong):
        application, token = an_application(shilong)
        assert "已撤回" in read(visitor.post(f"/join/{token}/withdrawal/", follow=True)).text
        application.refresh_from_db()
        assert (application.state, application.contact_email) == ("withdrawn", "")

    @pytest.mark.parametrize("asked", ["correction", "withdrawal"])
    def test_once_decided_the_link_changes_nothing(self, visitor, city, shilong, asked):
        application, token = an_application(shilong)
        actions.approve_application(application, by=a_coordinator(city), at=NOON)
        visitor.post(f"/join/{token}/{asked}/", typed(version=application.version))
        application.refresh_from_db()
        assert application.state == "approved"


def test_all_the_way_from_the_form_to_the_first_sign_in(visitor, city, shilong):
    visitor.post("/join/new/", typed())
    application = Application.objects.get()
    unit = actions.approve_application(application, by=a_coordinator(city), at=NOON)
    while outbox.deliver(at=NOON):
        pass
    told = next(m for m in mail.outbox if "已通过" in m.subject)
    reset = re.search(r"http://\S+(/accounts/password/reset/)", told.body)
    mail.outbox.clear()
    visitor.post(reset[1], {"email": CONTACT.email})
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+/)", mail.outbox[0].body)[1]
    form = visitor.get(link, follow=True)
    secret = "东江边上的那座气象台"
    visitor.post(form.request["PATH_INFO"], {"password1": secret, "password2": secret})
    visitor.post("/accounts/login/", {"login": CONTACT.email, "password": secret})
    home = visitor.get("/workspace/", follow=True)
    assert home.status_code == 200
    assert unit.name in home.content.decode()
    assert Post.objects.get(unit=unit).role == Role.FILER
    assert AuditEntry.objects.filter(event="application.approved").count() == 1
