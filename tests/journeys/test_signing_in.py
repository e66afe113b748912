"""Signing in as people do it: a passkey in the device (Chromium's virtual authenticator), an app that shows codes."""

import json
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from kepu.config.sign_in import parse_providers
from kepu.orgs.models import Role
from tests.certified_provider.starting import certified_provider
from tests.factories.accounts import a_person
from tests.factories.orgs import a_chain, a_post, a_unit
from tests.journeys.conftest import follow, looked_at

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PASSWORD = "滦河边上的那座天文台"


@pytest.fixture
def chen(transactional_db):
    person = a_person("陈晓明", username="chen", email="chen@example.cn")
    person.set_password(PASSWORD)
    person.save()
    a_post(a_unit(a_chain()[2], "东莞市科协"), Role.FILER, person=person)
    return person


@pytest.fixture
def at_localhost(live_server, desktop):
    """The page under a name: passkeys belong to a name, and an address with figures has none."""
    desktop.here = live_server.url.replace("127.0.0.1", "localhost")
    return desktop


def open_(page, path):
    page.goto(page.here + path)


def device(page):
    """A device that keeps passkeys and is opened by its owner's finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
    return devtools, made["authenticatorId"]


def sign_in(page):
    open_(page, "/accounts/login/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def prove(page):
    page.get_by_role("heading", name="确认是您本人").wait_for()
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="确认").click()


def sign_out(page):
    open_(page, "/accounts/logout/")
    page.locator("main").get_by_role("button", name="退出").click()
    page.wait_for_url("**/")


def shown(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_is_added_signs_in_by_itself_and_is_taken_away(chen, at_localhost):
    page = at_localhost
    devtools, authenticator = device(page)
    sign_in(page)
    page.wait_for_url("**/workspace/")

    open_(page, "/accounts/second-step/passkeys/new/")
    prove(page)
    page.get_by_role("heading", name="添加通行密钥").wait_for()
    looked_at(page)
    page.fill("#id_name", "单位的电脑")
    page.get_by_role("button", name="添加").click()
    page.get_by_role("heading", name="恢复码").wait_for()
    follow(page, page.get_by_role("button", name="显示恢复码"))
    assert page.locator(".recovery-codes li").count() == 10
    looked_at(page)
    (kept,) = devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert (kept["isResidentCredential"], kept["rpId"]) == (True, "localhost")

    sign_out(page)
    open_(page, "/accounts/login/")
    looked_at(page)
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/workspace/")

    open_(page, "/accounts/second-step/")
    looked_at(page)
    assert page.get_by_text("单位的电脑", exact=True).is_visible()
    page.get_by_role("link", name="删去“单位的电脑”").click()
    prove(page)
    page.get_by_role("button", name="删去").click()
    page.wait_for_url("**/accounts/second-step/")
    assert not Authenticator.objects.exists()


def test_a_passkey_is_the_second_step_after_a_password(chen, at_localhost):
    page = at_localhost
    device(page)
    sign_in(page)
    page.wait_for_url("**/workspace/")
    open_(page, "/accounts/second-step/passkeys/new/")
    prove(page)
    page.uncheck("#id_passwordless")
    page.get_by_role("button", name="添加").click()
    page.get_by_role("heading", name="恢复码").wait_for()
    sign_out(page)

    sign_in(page)
    page.get_by_role("heading", name="第二步验证").wait_for()
    looked_at(page)
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url("**/workspace/")


def test_a_device_that_says_no_is_a_sentence(chen, at_localhost):
    page = at_localhost
    devtools, authenticator = device(page)
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    open_(page, "/accounts/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("没有用成通行密钥。请再试一次，或者换一种方式。").wait_for()


def test_an_app_with_codes_is_set_up_and_asked_for(chen, at_localhost):
    page = at_localhost
    sign_in(page)
    page.wait_for_url("**/workspace/")
    page.locator("summary", has_text="陈晓明").click()
    follow(page, page.get_by_role("link", name="我的账号"))
    looked_at(page)
    page.get_by_role("row", name=re.compile("第二步验证")).get_by_role("link", name="开通").click()
    page.get_by_role("link", name="开通验证器").click()
    prove(page)
    page.get_by_role("heading", name="开通验证器").wait_for()
    looked_at(page)
    secret = page.input_value("#totp-secret")
    page.fill("#id_code", shown(secret))
    page.get_by_role("button", name="开通").click()
    page.get_by_role("heading", name="恢复码").wait_for()
    follow(page, page.get_by_role("button", name="显示恢复码"))
    spare = page.locator(".recovery-codes code").first.inner_text()
    sign_out(page)

    sign_in(page)
    page.get_by_role("heading", name="第二步验证").wait_for()
    page.fill("#id_code", "000000")
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_text("验证没有通过。").first.wait_for()
    looked_at(page)
    page.fill("#id_code", spare)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/workspace/")


def test_signing_in_elsewhere_goes_there_and_back(chen, desktop, live_server, settings):
    """The pages' own policy lets a form lead to the provider, and nowhere else; also after proving who one is."""
    back = f"{live_server.url}/accounts/login/elsewhere/province/back/"
    with certified_provider(back) as issuer:
        entry = {"id": "province", "name": "广东省统一身份认证", "issuer": issuer, "client_id": "kepu"}
        settings.KEPU_SIGN_IN_PROVIDERS = parse_providers(
            json.dumps([{**entry, "secret": "not-a-secret-of-anybody"}])
        )
        page = desktop
        page.here = live_server.url
        # the provider's own pages ask for a font of somebody's
        page.route(re.compile("^https://"), lambda route: route.fulfill(body=""))
        sign_in(page)
        page.wait_for_url("**/workspace/")
        open_(page, "/accounts/links/")
        page.get_by_role("button", name="去关联").click()
        prove(page)
        _agree_there(page)
        page.wait_for_url("**/accounts/links/")
        page.get_by_text("已经关联，下次可以用它登录。").wait_for()
        looked_at(page)
        sign_out(page)

        page.context.clear_cookies()
        open_(page, "/accounts/login/")
        page.get_by_role("button", name="广东省统一身份认证").click()
        _agree_there(page)
        page.wait_for_url("**/workspace/")


def _agree_there(page):
    page.wait_for_url("**/interaction/**")
    page.fill("input[name=login]", "zhang")
    page.fill("input[name=password]", "x")
    page.click("button[type=submit]")
    page.get_by_role("button", name="Continue").click()
