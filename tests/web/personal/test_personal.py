"""The account area: what is kept about me, who saw my number, a copy, consent, the end."""

import io
import json
import zipfile

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kepu.accounts.models import Person
from kepu.activities.actions import show_contact
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.orgs.models import Role
from kepu.privacy.models import Consent
from kepu.privacy.workflow import Event
from tests.factories.accounts import a_person
from tests.factories.activities import REVIEWED, a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_post

PASSWORD, NUMBER = "东江边上的那座气象台", "13800000000"


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: china(2023, 9, 5))
    return a_world()


@pytest.fixture
def wang(world):
    person = a_person("王联", username="wang", email="wang@example.cn")
    person.put_phone(NUMBER)
    person.phone_verified_at = china(2023, 8, 1)
    person.set_password(PASSWORD)
    person.save()
    a_post(world.school, Role.FILER, person=person)
    return person


@pytest.fixture
def browser(wang):
    client = Client()
    client.force_login(wang)
    return client


def looked_at(world, times=1):
    for n in range(times):
        show_contact(an_activity(world, State.FILED, title=f"走进中医药{n}"), by=world.reviewer, at=REVIEWED)


def test_what_is_kept_is_masked_on_the_page(browser, page):
    text = page(browser, "/accounts/personal/").text
    assert "138****0000" in text
    assert "w***@example.cn" in text
    assert NUMBER not in text


def test_who_saw_my_number(browser, world, page):
    looked_at(world)
    text = page(browser, "/accounts/personal/looks/").text
    assert "东莞市科协" in text
    assert "活动“走进中医药0”的联系人" in text


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_of_looks_costs_the_same_for_one_and_for_three(
    browser, world, django_assert_num_queries, times
):
    looked_at(world, times)
    browser.get("/accounts/personal/looks/")
    with django_assert_num_queries(8):
        browser.get("/accounts/personal/looks/")


def test_the_copy_holds_everything_in_three_ways_and_is_traced(browser, world, wang):
    looked_at(world)
    prove(browser)
    answer = browser.post("/accounts/personal/copy/")

    assert answer["Content-Disposition"] == 'attachment; filename="my-personal-data.zip"'
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    data = json.loads(archive.read("data.json"))
    assert (data["account"][0]["phone"], data["contact_of"][0]["activity"]) == (NUMBER, "走进中医药0")
    page = archive.read("data.html").decode()
    assert NUMBER in page
    assert "把我填作联系人的活动" in page
    sheet = (
        CalamineWorkbook.from_filelike(io.BytesIO(archive.read("data.xlsx")))
        .get_sheet_by_name("账号")
        .to_python()
    )
    assert NUMBER in sheet[1]
    assert [e.event for e in audit.of(wang)][-1] == Event.OWN_DATA_TAKEN


def test_a_copy_is_taken_by_an_act_and_not_by_looking(browser):
    prove(browser)
    before = AuditEntry.objects.count()
    assert browser.get("/accounts/personal/copy/").status_code == 405
    assert AuditEntry.objects.count() == before


def test_consent_is_given_and_withdrawn(browser, wang, page):
    browser.post("/accounts/personal/consents/phone/")
    assert "撤回同意" in page(browser, "/accounts/personal/").text
    prove(browser)
    browser.post("/accounts/personal/consents/phone/withdrawal/")
    assert Person.objects.get(pk=wang.pk).phone == ""
    assert Consent.objects.get().withdrawn_at == china(2023, 9, 5)


@pytest.mark.parametrize("address", ["copy/", "consents/phone/withdrawal/"])
def test_whoever_only_found_the_browser_open_neither_takes_nor_deletes(browser, wang, address):
    browser.post("/accounts/personal/consents/phone/")
    asked = browser.post(f"/accounts/personal/{address}")
    assert asked["Location"].startswith("/accounts/again/")
    assert Person.objects.get(pk=wang.pk).phone == NUMBER
    assert not audit.of(wang).filter(event__in=[Event.OWN_DATA_TAKEN, Event.CONSENT_WITHDRAWN]).exists()

    answer = browser.post(asked["Location"], {"password": PASSWORD}, follow=True)

    assert answer.status_code == 200  # what was asked for goes on from there
    assert audit.of(wang).filter(event__in=[Event.OWN_DATA_TAKEN, Event.CONSENT_WITHDRAWN]).count() == 1


@pytest.mark.parametrize("address", ["", "looks/", "closing/"])
def test_no_cache_keeps_a_page_about_oneself(browser, address):
    prove(browser)
    assert browser.get(f"/accounts/personal/{address}")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("purpose", ["application", "nonsense"])
def test_what_is_not_ones_own_to_agree_to_is_not_found(browser, purpose):
    assert browser.post(f"/accounts/personal/consents/{purpose}/").status_code == 404


def test_whoever_is_alone_in_a_post_is_told_so(browser, page):
    prove(browser)
    text = page(browser, "/accounts/personal/closing/").text
    assert "您是“石龙中学”唯一的填报人员" in text
    assert "注销我的账号" not in text


def prove(client):
    """Prove once more who one is, as whoever has just typed their password has."""
    client.post("/accounts/again/", {"password": PASSWORD})


def test_closing_the_account_asks_once_more_who_one_is(browser, world, wang, read):
    a_post(world.school, Role.FILER)
    asked = browser.post("/accounts/personal/closing/", {"sure": "on"})
    assert asked["Location"].startswith("/accounts/again/")
    assert Person.objects.get(pk=wang.pk).is_active

    prove(browser)
    assert browser.post("/accounts/personal/closing/", {}).status_code == 422
    answer = browser.post("/accounts/personal/closing/", {"sure": "on"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert Person.objects.get(pk=wang.pk).name == f"已注销人员 #{wang.pk}"
    assert browser.get("/workspace/").status_code == 302
    assert not Client().login(username="wang", password=PASSWORD)


@pytest.mark.parametrize("address", ["", "looks/", "closing/"])
def test_a_stranger_signs_in_first(world, address):
    assert Client().get(f"/accounts/personal/{address}")["Location"].startswith("/accounts/login/")


def test_without_a_unit_one_still_has_ones_own_pages(world, page):
    client = Client()
    newcomer = a_person("新来的")
    newcomer.set_password(PASSWORD)
    newcomer.save()
    client.force_login(newcomer)
    prove(client)
    for address in ("", "looks/", "closing/"):
        page(client, f"/accounts/personal/{address}")


def test_the_statement_says_what_the_inventory_says(db, page):
    found = page(Client(), "/privacy/")
    assert "活动联系人和电话（加密保存）" in found.text
    assert "第十三条第一款第三项" in found.text
