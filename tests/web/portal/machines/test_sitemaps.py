"""The sitemap: every activity that is public, in pieces that are found by number."""

from xml.etree import ElementTree

import pytest

from kepu.activities.workflow import State
from kepu.web.portal.machines import sitemaps

SITE = "http://localhost:8000"


@pytest.fixture
def entries(client):
    """``entries("/sitemap.xml")``: the addresses of a piece, without the site, each with its lastmod."""

    def read(path):
        response = client.get(path)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
        root = ElementTree.fromstring(response.content)
        names = {"s": sitemaps.SPACE}
        assert root.tag in (f"{{{sitemaps.SPACE}}}urlset", f"{{{sitemaps.SPACE}}}sitemapindex")
        return {
            one.findtext("s:loc", "", names).removeprefix(SITE): one.findtext("s:lastmod", "", names)
            for one in root
        }

    return read


def test_before_anything_there_are_the_pages(entries, db):
    assert list(entries("/sitemap.xml")) == ["/sitemaps/pages.xml"]
    assert list(entries("/sitemaps/pages.xml"))[:3] == ["/", "/activities/", "/notices/"]


def test_each_activity_stands_in_the_piece_of_its_number(entries, publish, monkeypatch):
    monkeypatch.setattr(sitemaps, "PIECE", 2)
    found = [publish(f"第{n}项").pk for n in range(3)]
    publish("没有公布的", State.APPROVED)

    pieces = [path for path in entries("/sitemap.xml") if "activities" in path]

    listed = {}
    for piece in pieces:
        within = entries(piece)
        assert len(within) <= 2
        listed |= within
    assert listed == {f"/activities/{pk}/": "2023-08-28" for pk in found}


def test_the_pages_of_the_map_can_be_opened(entries, client, world):
    for path in entries("/sitemaps/pages.xml"):
        assert client.get(path).status_code == 200
    assert "/notices/2023/dg/" in entries("/sitemaps/pages.xml")


@pytest.mark.parametrize("number", ["9" * 15, "9" * 30])
def test_a_number_that_cannot_be_is_not_there(client, db, number):
    assert client.get(f"/sitemaps/activities-{number}.xml").status_code == 404


def test_a_piece_is_one_query_and_may_be_kept(client, publish, django_assert_num_queries):
    pk = publish("走进中医药").pk
    with django_assert_num_queries(2):
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        first = client.get(
            f"/sitemaps/activities-{pk // sitemaps.PIECE}.xml", headers={"Accept-Encoding": "gzip"}
        )
    assert first["Cache-Control"].startswith("public, max-age=3600")
    again = client.get(
        f"/sitemaps/activities-{pk // sitemaps.PIECE}.xml",
        headers={"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"},
    )
    assert again.status_code == 304
