"""Help for those without an account: offices over a place, contact points of notices, answers marked for all."""

import pytest

from kepu.support.actions import keep_contact
from tests.factories.activities import a_world
from tests.factories.orgs import a_coordinator
from tests.factories.support import AT, an_answer


@pytest.fixture
def world(db):
    world = a_world()
    keep_contact(
        world.city, office="科普部办公室", phone="0769-22223333", mail="", hours="", about="", expected_version=None,
        by=a_coordinator(world.city_office), at=AT,
    )  # fmt: skip
    return world


def test_a_place_shows_its_offices_and_what_was_asked_before(world, client, page):
    an_answer(world, question="公开的问题？")
    an_answer(world, question="内部的问题？", public=False)
    shown = page(client, "/help/?place=441900103")
    assert ("0769-22223333" in shown.text, "公开的问题？" in shown.text, "内部的问题？" in shown.text) == (
        True,
        True,
        False,
    )
    assert "公开的问题？" not in page(client, "/help/?place=440000").text
    assert "没有找到" in page(client, "/help/?place=441900&q=没有").text


def test_by_name_or_none_or_one_that_is_not_there(world, client, page):
    assert "科普部办公室" in page(client, "/help/?place=东莞市").text
    assert "中国科协" in page(client, "/help/").text
    assert "没有这个地区" in page(client, "/help/?place=不存在").text


def test_anybody_may_keep_the_page_a_while(world, client):
    answer = client.get("/help/?place=441900")
    assert answer.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
    assert not answer.cookies


def test_in_a_training_space_the_banner_says_so_and_leads_back(world, client, page, settings):
    settings.KEPU_REHEARSAL = settings.KEPU_TRAINING = True
    settings.KEPU_REAL_URL = "https://kepu.example.cn"
    banner = page(client, "/help/").one("aside")
    assert "这里只供练习，填报不算数，也不会发出邮件。" in banner.text
    assert banner.one("a")["href"] == "https://kepu.example.cn"
    assert list(banner.all("form")) == []
    assert client.post("/rehearsal/clock/", {"days": "1"}).status_code == 404
