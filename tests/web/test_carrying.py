"""Whoever came by an address that names its language stays in it."""

import re
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest

from kepu.activities.workflow import State
from kepu.web.carrying import carrying, page_carrying
from kepu.web.portal.machines import sitemaps
from tests.factories.activities import a_world, an_activity

ADDRESSES = {
    "/": "/?lang=en",
    "/activities/?q=x": "/activities/?q=x&lang=en",
    "/activities/7/#when": "/activities/7/?lang=en#when",
    "?day=2023-09-17#x": "?day=2023-09-17&lang=en#x",
    "/?lang=zh-hans": "/?lang=zh-hans",
    "/activities/?q=x&lang=zh-hans": "/activities/?q=x&lang=zh-hans",
    "#main": "#main",
    "//example.cn/": "//example.cn/",
    "https://example.cn/": "https://example.cn/",
    "mailto:a@example.cn": "mailto:a@example.cn",
    "/static/js/main.js": "/static/js/main.js",
    "/pictures/0-640.webp": "/pictures/0-640.webp",
    "/language/": "/language/",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_carried_on_where_it_is_ours_and_speaks(address):
    assert carrying(address, "en") == ADDRESSES[address]


def test_a_page_is_carried_on_where_it_leads_and_nowhere_else():
    page = (
        '<link rel="canonical" href="https://a.cn/"><a class="x" href="/a/?b=1&amp;c=2#d">/a/</a><button data-near="/near/">'
        '<form method="get" action="/find/"><form method="post" action="/act/"><form method="post" action="/language/">'
    )
    assert page_carrying(page.encode(), "en").decode() == (
        '<link rel="canonical" href="https://a.cn/"><a class="x" href="/a/?b=1&amp;c=2&amp;lang=en#d">/a/</a>'
        '<button data-near="/near/?lang=en">'
        '<form method="get" action="/find/"><input type="hidden" name="lang" value="en">'
        '<form method="post" action="/act/?lang=en"><form method="post" action="/language/">'
    )


@pytest.fixture
def site(db, noon, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: noon)
    world = a_world()
    return an_activity(world, State.PUBLISHED, title="走进气象台")


def inner(found):
    """Where the links of a page lead inside the site."""
    return {
        urldefrag(a["href"])[0] for a in found.all("a") if a.has("href") and a["href"].startswith(("/", "?"))
    } - {""}


def test_no_click_of_an_english_page_leads_back_to_chinese(client, page, site):
    for address in ("/", "/activities/", f"/activities/{site.pk}/", "/calendar/", "/map/", "/figures/"):
        found = page(client, f"{address}?lang=en")
        links = inner(found)
        assert links
        assert [link for link in links if parse_qs(urlsplit(link).query).get("lang") != ["en"]] == [], address
        asking = [form for form in found.all("form") if form["method"] == "get"]
        assert all(form.one(name="lang")["value"] == "en" for form in asking)
    assert not any("lang=" in link for link in inner(page(client, "/")))


def test_what_is_sent_from_an_english_page_is_answered_in_english(client, read, site):
    answer = client.post(f"/activities/{site.pk}/error-report/?lang=en", {})
    assert (answer.status_code, read(answer).one("html")["lang"]) == (422, "en")


def test_the_length_told_is_that_of_the_page_sent(client, site):
    for answer in (client.get("/?lang=en"), client.get("/activities/", headers={"Save-Data": "on"})):
        assert int(answer["Content-Length"]) == len(answer.content)


def test_addresses_for_search_engines_name_each_language_once(client, site):
    html = client.get(f"/activities/{site.pk}/?lang=en").content.decode()
    found = re.findall(r'<link rel="(?:canonical|alternate)"[^>]*href="(http[^"]+)"', html)
    assert found
    assert all(address.count("lang=") <= 1 for address in found)
    assert b"lang=" not in client.get("/sitemaps/pages.xml").content
    assert sitemaps
