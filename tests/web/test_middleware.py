"""What every request knows."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from kepu.web import middleware


def test_the_instant_is_asked_once_and_stays(monkeypatch, noon):
    instants = iter([noon])
    monkeypatch.setattr("kepu.core.clock.now", lambda: next(instants))

    def view(request):
        assert (request.at, request.at) == (noon, noon)
        return HttpResponse()

    middleware.instant(view)(RequestFactory().get("/"))


def test_without_a_choice_the_page_is_chinese_whatever_the_browser_prefers(client, page):
    found = page(client, "/accounts/login/", headers={"Accept-Language": "en"})
    assert found.one("html")["lang"] == "zh-hans"


def test_the_address_may_name_the_language_and_is_then_one_page_for_all_who_look_alike(client, page):
    client.cookies["kepu_language"] = "zh-hans"
    response = client.get("/?lang=en")
    assert page(client, "/?lang=en").one("html")["lang"] == "en"
    assert response.headers["Vary"] == client.get("/").headers["Vary"] == "Cookie, Save-Data"  # the look
    assert not response.cookies


def test_a_language_in_the_address_that_is_none_names_none(client, page):
    client.cookies["kepu_language"] = "en"
    assert page(client, "/?lang=xx").one("html")["lang"] == "en"
    assert "Cookie" in client.get("/?lang=xx").headers["Vary"]


def test_views_do_not_see_the_language_of_the_address():
    seen = []

    def view(request):
        seen.append((request.GET.urlencode(), request.LANGUAGE_CODE))
        return HttpResponse()

    middleware.language(view)(RequestFactory().get("/", {"q": "天文", "lang": "en"}))
    middleware.language(view)(RequestFactory().post("/?lang=en"))
    assert seen == [("q=%E5%A4%A9%E6%96%87", "en"), ("", "en")]


def test_choosing_a_language_leads_away_from_one_in_the_address(client):
    answer = client.post(
        "/language/",
        {"language": "zh-hans", "next": "/activities/?lang=en&q=x"},
        headers={"Origin": "http://testserver"},
    )
    assert answer.headers["Location"] == "/activities/?q=x"


def test_an_unknown_language_in_the_cookie_is_no_choice(client, page):
    client.cookies["kepu_language"] = "xx"
    assert page(client, "/").one("html")["lang"] == "zh-hans"


def test_a_page_for_the_public_asks_for_no_session(client):
    client.cookies["kepu_session"] = "somebody"
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert [query["sql"] for query in asked if Session._meta.db_table in query["sql"]] == []


def test_a_page_for_the_public_leaves_no_cookie(client):
    assert not client.get("/").cookies


def test_what_a_browser_may_do_is_said_with_every_answer(client):
    headers = client.get("/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "media-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }


@pytest.mark.parametrize(
    "address", ["/workspace/area/4419%0000/", "/workspace/duties/%00/", "/notices/x%00/y/", "/%00"]
)
def test_a_zero_character_in_an_address_is_answered(staff, page, address):
    assert page(staff, address, status=400).h1 == "这个请求看不懂"


def test_a_zero_character_in_a_cookie_is_answered(client, page):
    client.cookies["kepu_session"] = "\0" * 32
    assert page(client, "/workspace/", status=400).h1 == "这个请求看不懂"


def test_whoever_is_led_on_stays_in_the_language_of_the_address(client, page):
    from tests.factories.notices import a_season

    a_season("2023")
    answer = client.get("/activities/?lang=en&when=never&q=space")
    assert (answer.status_code, answer["Location"]) == (302, "/activities/?q=space&lang=en")
    assert page(client, answer["Location"]).one("html")["lang"] == "en"
    assert client.get("/activities/?when=never")["Location"] == "/activities/"
