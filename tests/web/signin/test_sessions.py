"""Where somebody is signed in, and how that ends."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from kepu.core import audit
from kepu.web.signin.session_pages import device_of
from tests.factories.accounts import a_person
from tests.web.signin.acting import PASSWORD, prove, sign_in, somewhere

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
NEW = "石龙镇上的老木匠王师傅"


@pytest.fixture
def clock():
    with time_machine.travel("2023-09-01T04:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def me(person, unit):
    client = Client(HTTP_USER_AGENT=CHROME)
    sign_in(client)
    return client


@pytest.fixture
def other(person, unit):
    client = somewhere()
    sign_in(client)
    return client


def is_in(client):
    return client.get("/workspace/").status_code == 200


def test_they_are_listed_with_device_address_and_time(me, other, page):
    found = page(me, "/accounts/sessions/")
    rows = [next(cell.text for cell in row.all("td")) for row in found.one("tbody").all("tr")]
    names = [row.one("th").text for row in found.one("tbody").all("tr")]
    assert sorted(zip(names, rows, strict=True)) == [
        ("Chrome · Windows 这里", "127.0.0.1"),
        ("浏览器", "10.0.0.1"),
    ]


def test_one_is_ended(me, other, person, page):
    (theirs,) = UserSession.objects.filter(ip="10.0.0.1").values_list("pk", flat=True)
    me.post("/accounts/sessions/", {"which": theirs})

    assert page(me, "/accounts/sessions/").notices == ["已经在 1 处退出登录。"]
    assert (is_in(me), is_in(other)) == (True, False)
    assert [row.event for row in audit.of(person)][-1] == "person.sessions_ended"


def test_all_others_are_ended(me, other, person):
    third = somewhere(3)
    sign_in(third)
    me.post("/accounts/sessions/", {"which": "others"})
    assert [is_in(client) for client in (me, other, third)] == [True, False, False]


@pytest.mark.parametrize("which", ["", "x", "0", "99999999999999999999", "²"])
def test_what_is_none_of_mine_is_left_alone(me, other, which):
    stranger = somewhere(5)
    them = a_person("李四", username="li")
    them.set_password(PASSWORD)
    them.save()
    sign_in(stranger, "li")
    (theirs,) = UserSession.objects.filter(user=them).values_list("pk", flat=True)

    for sent in (which, theirs):
        assert me.post("/accounts/sessions/", {"which": sent}).status_code == 303
    assert UserSession.objects.count() == 3
    assert is_in(other)


def test_a_changed_password_ends_the_others(me, other):
    me.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert (is_in(me), is_in(other)) == (True, False)
    assert Session.objects.filter(session_key=other.cookies["kepu_session"].value).count() == 0


def test_signing_in_changes_the_name_of_the_session(client, person, unit):
    client.get("/accounts/login/passkey/", HTTP_ACCEPT="application/json")
    before = client.cookies["kepu_session"].value
    sign_in(client)
    after = client.cookies["kepu_session"].value
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()


def test_a_browser_left_alone_is_signed_out(me, settings, clock):
    client = somewhere(8)
    sign_in(client)
    clock.shift(timedelta(minutes=settings.KEPU_IDLE_MINUTES - 1))
    assert is_in(client)
    clock.shift(timedelta(minutes=settings.KEPU_IDLE_MINUTES - 1))
    assert is_in(client)
    clock.shift(timedelta(minutes=settings.KEPU_IDLE_MINUTES + 1))
    assert not is_in(client)
    assert "_auth_user_id" not in client.session


def test_being_used_is_noted_and_costs_a_page_nothing(clock, person, unit, django_assert_num_queries):
    client = somewhere(8)
    sign_in(client)
    client.get("/accounts/name/")
    with django_assert_num_queries(4):  # the session, the person, and whom they act for
        client.get("/accounts/name/")
    clock.shift(timedelta(minutes=6))
    client.get("/accounts/name/")
    assert UserSession.objects.get().last_seen_at.isoformat() == "2023-09-01T04:06:00+00:00"


def test_a_session_of_lost_keys_is_none(me, settings):
    settings.KEPU_PERSONAL_KEYS = "other:" + "B" * 43 + "="
    assert not is_in(me)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (CHROME, "Chrome · Windows"),
        (CHROME + " Edg/120.0", "Edge · Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0 Safari/604.1",
            "微信 · iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0", "Firefox · Linux"),
        ("curl/8.0", "浏览器"),
    ],
)
def test_a_device_in_two_words(user_agent, device):
    assert device_of(user_agent) == device


def test_proving_oneself_lasts_ten_minutes(person, unit, clock):
    client = somewhere(4)
    sign_in(client)
    prove(client)
    assert client.get("/accounts/email/").status_code == 200
    clock.shift(timedelta(minutes=11))
    assert client.get("/accounts/email/").status_code == 302
