"""Whoever asks for far too much waits; whoever reads never does, and one who fills the air does not stop another."""

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve

from kepu.web import limits
from kepu.web.limits import Budget, costly, network_of
from tests.factories.accounts import a_person

WRITES_OF_STRANGERS = limits.WRITES_OF_STRANGERS
CHOICE = "/language/"
HERE = {"HTTP_ORIGIN": "http://testserver"}
EARLY = "2023-09-01T00:00:00Z"


@pytest.fixture(autouse=True)
def few(settings, monkeypatch):
    """The real mechanism with small numbers, and nothing left over from another test."""
    settings.KEPU_LIMITS = 1
    monkeypatch.setattr(limits, "WRITES", (Budget("write", "person", 3, 60), Budget("write", "unit", 5, 60)))
    monkeypatch.setattr(limits, "WRITES_OF_STRANGERS", (Budget("write", "address", 3, 60),))
    caches["limits"].clear()
    with time_machine.travel(EARLY, tick=False) as clock:
        yield clock
    caches["limits"].clear()


def posts(client, n, **extra):
    return [client.post(CHOICE, {"language": "zh-hans"}, **HERE, **extra).status_code for _ in range(n)]


def test_a_stranger_waits_after_too_many_posts_and_is_told_how_long(client, read):
    assert posts(client, 4) == [303, 303, 303, 429]

    answer = client.post(CHOICE, {"language": "zh-hans"}, **HERE)
    assert answer.headers["Retry-After"] == "60"
    assert "请过 60 秒再试" in read(answer).text


def test_after_the_wait_it_goes_on(client, few):
    assert posts(client, 4)[-1] == 429
    few.shift(61)
    # a little of the minute before still counts
    assert posts(client, 1) == [429]
    few.shift(60)
    assert posts(client, 1) == [303]


def test_reading_is_never_counted(client):
    assert {client.get("/").status_code for _ in range(50)} == {200}


def test_five_hundred_readers_behind_one_address_choose_letters_and_language(monkeypatch):
    monkeypatch.setattr(limits, "WRITES_OF_STRANGERS", WRITES_OF_STRANGERS)
    request = RequestFactory().post(CHOICE)
    request.user = AnonymousUser()
    assert {limits.wait_before(request, resolve(CHOICE).func) for _ in range(1000)} == {None}


def test_one_address_does_not_stop_another(client):
    assert posts(client, 4, REMOTE_ADDR="192.0.2.1")[-1] == 429
    assert posts(client, 1, REMOTE_ADDR="192.0.2.2") == [303]


def test_a_person_is_counted_wherever_they_sit(people):
    seen = [
        people.filer.post(CHOICE, {"language": "zh-hans"}, **HERE, REMOTE_ADDR=f"192.0.2.{i}").status_code
        for i in range(4)
    ]
    assert seen[-1] == 429
    assert people.reviewer.post(CHOICE, {"language": "zh-hans"}, **HERE).status_code == 303


def test_a_unit_s_people_share_its_budget(people):
    assert posts(people.reviewer, 3) == [303] * 3
    assert posts(people.colleague, 3) == [303, 303, 429]
    assert posts(people.filer, 1) == [303]


def test_htmx_gets_the_sentence_where_the_person_looks(people):
    posts(people.filer, 4)
    answer = people.filer.post(CHOICE, {"language": "zh-hans"}, **HERE, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (429, "#notices")
    assert "填写的内容还在您的页面里" in answer.content.decode()


def test_nothing_is_done_for_a_request_that_waits(people):
    posts(people.filer, 4)
    before = people.filer.cookies["kepu_language"].value
    people.filer.post(CHOICE, {"language": "en"}, **HERE)
    assert people.filer.cookies["kepu_language"].value == before


def test_a_costly_view_has_a_budget_of_its_own_even_for_looking(db, rf):
    @costly("document", person=2, address=1)
    def view(request):
        return HttpResponse()

    request = rf.get("/")
    request.user, request.actor = a_person("看文件的"), None
    assert [limits.wait_before(request, view) for _ in range(3)] == [None, None, 600]


def test_who_raises_the_limits_raises_all_of_them(client, settings):
    settings.KEPU_LIMITS = 2
    assert posts(client, 7) == [303] * 6 + [429]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
    ],
)
def test_an_ipv6_visitor_is_counted_with_their_network(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_an_address_that_a_visitor_makes_up_is_not_believed(client):
    assert posts(client, 4, headers={"X-Forwarded-For": "203.0.113.1"})[-1] == 429
    assert posts(client, 1, headers={"X-Forwarded-For": "203.0.113.2"}) == [429]


@pytest.mark.parametrize(
    "view",
    [
        "workspace:draft-new",
        "workspace:draft-document",
        "workspace:season-compare-sheet",
        "portal:join",
        "portal:join-new",
        "portal:join-claim",
        "portal:join-correction",
        "workspace:invitation-new",
    ],
)
def test_what_keeps_a_processor_busy_is_marked(view):
    namespace, name = view.split(":")
    _, resolver = get_resolver().namespace_dict[namespace]
    callback = next(pattern.callback for pattern in resolver.url_patterns if pattern.name == name)
    callback = getattr(callback, "views", {}).get("POST", callback)
    assert callback.budgets
