"""An app that shows codes, recovery codes, and posts that need a second step. Passkeys: tests/journeys/test_signing_in.py."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.db import connection
from django.test import Client

from kepu.core import audit
from kepu.orgs.models import Role
from tests.factories.orgs import a_post
from tests.web.signin.acting import prove, sentences, sign_in, somewhere

AT = 1_693_540_800


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def me(person, unit, clock):
    client = Client()
    sign_in(client)
    prove(client)
    mail.outbox.clear()
    return client


def shown(secret, clock_step=0):
    return format_hotp_value(hotp_value(secret, AT // 30 + clock_step))


def secret_on(found):
    return next(field["value"] for field in found.all("input") if field["id"] == "totp-secret")


@pytest.fixture
def secret(me, page):
    secret = secret_on(page(me, "/accounts/second-step/app/"))
    me.post("/accounts/second-step/app/", {"code": shown(secret)})
    return secret


def second_step(client, code):
    return client.post("/accounts/login/second-step/", {"code": code})


def events(person):
    return [row.event for row in audit.of(person)]


@pytest.mark.django_db(transaction=True)
def test_the_app_is_set_up_with_a_code_and_leads_to_the_recovery_codes(me, person, page, read):
    found = page(me, "/accounts/second-step/app/")
    assert next(found.all("img"))["src"].startswith("data:image/svg+xml")
    secret = secret_on(found)
    wrong = me.post("/accounts/second-step/app/", {"code": "000000"})
    assert sentences(read, wrong) == ["验证没有通过。请用验证器上最新的一个码，或者一个没有用过的恢复码。"]

    right = me.post("/accounts/second-step/app/", {"code": shown(secret)})

    found = page(me, right["Location"])
    assert found.h1 == "恢复码"
    assert sorted(found.notices) == ["恢复码已经生成，请收好。", "验证器已经开通。"]
    assert [letter.subject for letter in mail.outbox] == ["验证器已经开通：全国科普日平台"]
    assert "127.0.0.1" in mail.outbox[0].body
    assert set(events(person)[-2:]) == {"person.second_step_added", "person.recovery_codes_made"}


def test_signing_in_then_takes_the_code_as_well(secret, unit, page, read, clock):
    clock.shift(timedelta(minutes=2))
    browser = somewhere()
    assert sign_in(browser)["Location"] == "/accounts/login/second-step/"
    assert browser.get("/workspace/").status_code == 302
    page(browser, "/accounts/login/second-step/")

    assert sentences(read, second_step(browser, "123456"))
    assert second_step(browser, shown(secret, 4))["Location"] == "/workspace/"
    assert browser.get("/workspace/").status_code == 200


def test_a_code_of_the_app_is_good_once(secret, clock):
    clock.shift(timedelta(minutes=2))
    first, second = somewhere(1), somewhere(2)
    sign_in(first), sign_in(second)
    assert second_step(first, shown(secret, 4)).status_code == 302
    assert second_step(second, shown(secret, 4)).status_code == 200


def test_a_code_by_mail_does_not_go_around_the_second_step(secret, unit, clock):
    browser = somewhere()
    browser.post("/accounts/login/code/", {"to": "chen@example.cn"})
    code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    assert (
        browser.post("/accounts/login/code/confirm/", {"code": code})["Location"]
        == "/accounts/login/second-step/"
    )


def test_guessing_the_second_step_is_bounded(secret, read):
    browser = somewhere()
    sign_in(browser)
    for number in range(5):
        second_step(browser, f"00000{number}")
    assert sentences(read, second_step(browser, "000009")) == ["短时间内的次数太多，请过几分钟再试。"]


def codes_on(found):
    return [code.text for code in found.one(class_="recovery-codes").all("code")]


def test_recovery_codes_are_shown_by_an_act_that_leaves_its_trace(me, secret, person, page, read):
    found = page(me, "/accounts/second-step/codes/")
    assert not any(re.search(r"\b\d{8}\b", code.text) for code in found.all("code"))

    codes = codes_on(read(me.post("/accounts/second-step/codes/")))

    assert len(codes) == len(set(codes)) == 10
    assert events(person)[-1] == "person.recovery_codes_seen"


def test_a_recovery_code_lets_in_once(me, secret, read, unit):
    code = codes_on(read(me.post("/accounts/second-step/codes/")))[0]
    for number, status in ((1, 302), (2, 200)):
        browser = somewhere(number)
        sign_in(browser)
        assert second_step(browser, code).status_code == status
    assert len(codes_on(read(me.post("/accounts/second-step/codes/")))) == 9


def test_a_fresh_set_makes_the_old_one_worthless(me, secret, read, page):
    old = codes_on(read(me.post("/accounts/second-step/codes/")))
    page(me, "/accounts/second-step/codes/new/")
    me.post("/accounts/second-step/codes/new/")
    assert not set(old) & set(codes_on(read(me.post("/accounts/second-step/codes/"))))


def test_the_app_is_taken_away_and_its_recovery_codes_with_it(me, secret, person, page):
    page(me, "/accounts/second-step/app/removal/")
    me.post("/accounts/second-step/app/removal/")
    assert not Authenticator.objects.exists()
    assert "person.second_step_removed" in events(person)
    assert mail.outbox[-1].subject == "验证器已经停用：全国科普日平台"


def test_secrets_do_not_lie_readable_in_the_database(secret):
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = [str(data) for (data,) in cursor.fetchall()]
    assert len(stored) == 2
    assert all("test:" in data for data in stored)
    assert secret not in "".join(stored)


@pytest.mark.parametrize(
    "path",
    ["app/", "app/removal/", "codes/", "codes/new/", "passkeys/new/", "passkeys/1/", "passkeys/1/removal/"],
)
def test_whoever_only_found_the_browser_open_changes_nothing(person, unit, path):
    client = Client()
    sign_in(client)
    for answer in (client.get(f"/accounts/second-step/{path}"), client.post(f"/accounts/second-step/{path}")):
        assert answer.status_code in (302, 404)
        assert answer.status_code == 404 or answer["Location"].startswith(
            ("/accounts/again/", "/accounts/second-step/app/")
        )
    assert not Authenticator.objects.exists()


# posts that need one


@pytest.fixture
def coordinators_need_it(settings):
    settings.KEPU_SECOND_STEP_ROLES = ["coordinator", "operator"]


def test_a_post_that_needs_a_second_step_leads_to_where_it_is_set_up(
    me, person, unit, coordinators_need_it, page
):
    a_post(unit, Role.COORDINATOR, person=person)
    found = page(me, "/workspace/activities/")
    assert found.h1 == "第二步验证"
    assert found.notices == ["您在“东莞市科协”的岗位要求登录时有第二步验证。请先开通一种，再回到工作台。"]
    assert me.post("/workspace/messages/reading/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_was_open_before_has_to_take_it_too(
    person, unit, me, page, clock, coordinators_need_it
):
    """Whoever got in with the password alone gains nothing when its owner sets a second step up elsewhere."""
    a_post(unit, Role.COORDINATOR, person=person)
    earlier = somewhere()
    sign_in(earlier)
    secret = secret_on(page(me, "/accounts/second-step/app/"))
    me.post("/accounts/second-step/app/", {"code": shown(secret)})
    assert me.get("/workspace/activities/").status_code == 200

    asked = earlier.get("/workspace/activities/")

    assert asked["Location"] == "/accounts/again/second-step/?next=%2Fworkspace%2Factivities%2F"
    found = page(earlier, asked["Location"])
    assert found.notices == ["您在“东莞市科协”的岗位要求登录时有第二步验证，这次登录还没有用过。请先验证。"]
    clock.shift(timedelta(minutes=2))
    assert earlier.post(asked["Location"], {"code": shown(secret, 4)})["Location"] == "/workspace/activities/"
    assert earlier.get("/workspace/activities/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_with_it_the_workspace_opens(me, secret, person, unit, coordinators_need_it):
    a_post(unit, Role.COORDINATOR, person=person)
    assert me.get("/workspace/activities/").status_code == 200
    browser = somewhere()
    sign_in(browser)
    second_step(browser, shown(secret, 1))
    assert browser.get("/workspace/activities/").status_code == 200


def test_other_posts_go_on_as_before(me, unit, coordinators_need_it):
    assert me.get("/workspace/activities/").status_code == 200
