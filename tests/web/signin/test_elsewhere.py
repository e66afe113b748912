"""Signing in elsewhere, against a certified OpenID Connect provider that this test starts: oidc-provider 9.13.3.

What it is, what it is certified for and how it gets here stands in tests/certified_provider/starting.py.
"""

import json
import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from kepu.accounts.models import Person
from kepu.config.sign_in import parse_providers
from kepu.core import audit
from kepu.web.signin.elsewhere import Adapter
from tests.certified_provider.starting import certified_provider
from tests.web.signin.acting import prove, sign_in

OFF = "/accounts/login/elsewhere/province/"
BACK = f"{OFF}back/"


@pytest.fixture(scope="module")
def certified():
    with certified_provider(f"http://testserver{BACK}") as issuer:
        yield issuer


def configured(settings, issuer, **more):
    entry = {
        "id": "province", "name": "广东省统一身份认证", "issuer": issuer, "client_id": "kepu",
        "secret": "not-a-secret-of-anybody", **more,
    }  # fmt: skip
    settings.KEPU_SIGN_IN_PROVIDERS = parse_providers(json.dumps([entry]))


@pytest.fixture
def province(settings, certified):
    configured(settings, certified, link_by_mail=True)
    return certified


def there(answer, name):
    """What a browser does at the provider: sign in as ``name``, agree, and be sent back; the address back."""
    browser, url = requests.Session(), answer["Location"]
    for _ in range(12):
        page = browser.get(url, allow_redirects=False)
        while page.is_redirect:
            url = urljoin(page.url, page.headers["Location"])
            if url.startswith("http://testserver"):
                return url.removeprefix("http://testserver")
            page = browser.get(url, allow_redirects=False)
        action = re.search(r'action="([^"]+)"', page.text)[1]
        prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
        sent = browser.post(
            urljoin(page.url, action),
            {"prompt": prompt, "login": name, "password": "x"},
            allow_redirects=False,
        )
        url = urljoin(page.url, sent.headers["Location"])
    raise AssertionError("the provider never sent the browser back")


def go(client, name="chen", **posted):
    """Sign in at the provider and come back; the answer to the browser that came back."""
    return client.post(there(client.post(OFF, posted), name))


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def confirmed(person):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def test_who_verified_the_same_address_on_both_sides_is_signed_in_and_linked(
    client, confirmed, unit, province, page, read
):
    found = page(client, "/accounts/login/")
    assert "广东省统一身份认证" in found.one("main").text
    assert province in client.get("/accounts/login/").headers["Content-Security-Policy"]

    asked = client.post(OFF, {"next": "/workspace/messages/"})
    question = parse_qs(urlsplit(asked["Location"]).query)
    assert question["code_challenge_method"] == ["S256"]
    assert sorted(question["scope"][0].split()) == ["email", "openid", "profile"]
    back = there(asked, "chen")
    arrived = client.get(back)
    assert read(arrived).h1 == "正在完成登录"  # what comes with GET changes nothing
    assert arrived["Cache-Control"] == "private, no-store"  # its address holds the code
    assert not SocialAccount.objects.exists()

    assert client.post(back)["Location"] == "/workspace/messages/"

    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid, link.extra_data) == (confirmed, "province", "chen", {})
    assert not SocialToken.objects.exists()
    assert [row.event for row in audit.of(confirmed)] == ["person.identity_linked", "person.signed_in"]
    assert [letter.subject for letter in mail.outbox] == ["关联了新的身份：全国科普日平台"]


def test_the_second_time_it_goes_by_the_link_whatever_the_address_is_now(client, confirmed, unit, province):
    go(client)
    client.post("/accounts/logout/")
    EmailAddress.objects.all().delete()
    Person.objects.update(email="")
    assert go(client)["Location"] == "/workspace/"
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "case", ["verified there only", "verified here only", "not trusted with addresses", "unknown to us"]
)
def test_who_is_not_one_of_ours_gets_no_account(client, person, unit, province, settings, read, case):
    if case != "verified there only":
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    name = {"verified here only": "unverified-chen", "unknown to us": "nobody"}.get(case, "chen")
    if case == "verified here only":
        Person.objects.update(email="unverified-chen@example.cn")
        EmailAddress.objects.update(email="unverified-chen@example.cn")
    if case == "not trusted with addresses":
        configured(settings, province)

    assert read(go(client, name)).h1 == "这个身份还没有账号"

    assert not is_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_where_it_is_configured_somebody_unknown_gets_an_account_without_a_post(
    client, unit, settings, certified, page
):
    configured(settings, certified, self_signup=True)
    assert go(client, "zhang")["Location"] == "/workspace/"
    person = Person.objects.get(username="zhang")
    assert (person.name, person.email, person.posts.count()) == ("zhang", "zhang@example.cn", 0)
    assert not person.has_usable_password()
    assert page(client, "/accounts/").one("main").text.count("没有设") == 1


def test_even_there_an_address_that_somebody_has_is_not_taken(
    client, person, unit, settings, certified, read
):
    configured(settings, certified, self_signup=True)
    assert read(go(client)).h1 == "这个身份还没有账号"
    assert Person.objects.count() == 1


def test_a_person_links_by_themselves_after_proving_who_they_are(
    client, person, unit, settings, certified, page
):
    configured(settings, certified)
    sign_in(client)
    assert client.post(OFF)["Location"].startswith("/accounts/again/")
    prove(client)
    page(client, "/accounts/links/")
    assert go(client, "somebody-else-by-name")["Location"] == "/accounts/links/"

    found = page(client, "/accounts/links/")
    assert found.notices == ["已经关联，下次可以用它登录。"]
    assert SocialAccount.objects.get().user == person
    other = Client()
    assert go(other, "somebody-else-by-name")["Location"] == "/workspace/"


def test_a_link_is_taken_away(client, confirmed, unit, province, page):
    go(client)
    client.post("/accounts/logout/")
    sign_in(client)
    prove(client)
    client.post("/accounts/links/removal/", {"link": SocialAccount.objects.get().pk})
    assert page(client, "/accounts/links/").notices[-1] == "已经取消关联。"
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].subject == "取消了身份关联：全国科普日平台"


def test_a_second_step_is_asked_for_all_the_same(client, confirmed, unit, province):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(confirmed, "A" * 32)
    assert go(client)["Location"] == "/accounts/login/second-step/"
    assert not is_in(client)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(client, confirmed, unit, province, wanted):
    assert go(client, next=wanted)["Location"] == "/workspace/"


def test_what_is_asked_cannot_be_given_from_outside(client, province):
    asked = client.post(
        f"{OFF}?scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example&process=redirect"
    )
    question = parse_qs(urlsplit(asked["Location"]).query)
    assert question["redirect_uri"] == [f"http://testserver{BACK}"]
    assert "admin" not in question["scope"][0]


def test_an_answer_is_good_once_and_in_its_own_browser_only(client, confirmed, unit, province, read):
    back = there(client.post(OFF), "chen")
    stranger = Client()
    assert read(stranger.post(back)).h1 == "没有登录成功"
    client.post(back)
    client.post("/accounts/logout/")
    assert read(client.post(back)).h1 == "没有登录成功"
    assert not is_in(client)


def test_saying_no_there_is_a_page_here(client, province, page):
    state = parse_qs(urlsplit(client.post(OFF)["Location"]).query)["state"][0]
    answer = client.post(f"{BACK}?error=access_denied&state={state}")
    assert page(client, answer["Location"]).h1 == "登录已经取消"


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=y", "?state=%00", "?error=x&state=y", "?code=%F0%9F"]
)
def test_a_strange_answer_is_a_page_of_ours(client, province, read, query):
    answer = client.post(f"{BACK}{query}")
    assert (answer.status_code, read(answer).h1) in {(401, "没有登录成功"), (400, "这个请求看不懂")}


def test_a_provider_that_does_not_answer_is_a_page_of_ours(client, settings, read, db):
    configured(settings, "http://127.0.0.1:9")
    assert read(client.post(OFF)).h1 == "没有登录成功"


def test_a_provider_under_another_name_than_configured_is_not_believed(client, settings, certified, read, db):
    configured(settings, certified.replace("127.0.0.1", "localhost"))
    assert read(client.post(OFF)).h1 == "没有登录成功"


def test_requests_go_to_the_configured_hosts_only(province):
    session = Adapter().get_requests_session()
    assert session.get(f"{province}/.well-known/openid-configuration").status_code == 200
    for url in (
        "http://127.0.0.1:1/",
        "https://example.cn/",
        "http://169.254.169.254/",
        f"{province}@evil.example/",
    ):
        with pytest.raises(Exception, match="belongs to no configured provider"):
            session.get(url)


@pytest.mark.parametrize("path", [OFF, BACK, "/accounts/login/elsewhere/other/"])
def test_without_a_provider_there_is_nothing(client, db, path):
    assert client.post(path).status_code == 404


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "it is no JSON"),
        ("{}", "it is no list of objects"),
        ('[{"id": "a"}]', "a has no name, issuer, client_id"),
        (
            '[{"id": "A B", "name": "x", "issuer": "https://a.cn", "client_id": "k"}]',
            "not made of small letters",
        ),
        ('[{"id": "a", "name": "x", "issuer": "http://a.cn", "client_id": "k"}]', "is no https address"),
        (
            '[{"id": "a", "name": "x", "issuer": "https://a.cn", "client_id": "k", "key": 1}]',
            "a field nobody knows: key",
        ),
    ],
)
def test_a_setting_that_will_not_do_stops_the_start(text, why):
    with pytest.raises(ImproperlyConfigured, match=re.escape(why)):
        parse_providers(text)
