"""The front page of a place, and choosing one."""

import pytest

from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_place


@pytest.fixture
def tangshan(world):
    """A city in which nothing is on."""
    return a_place(
        "130200",
        "唐山市",
        kind="city",
        parent=a_place("130000", "河北省", kind="province", parent=world.nation),
    )


@pytest.fixture
def layered(world):
    """The nation's theme, and what the city adds to it."""
    nation = a_notice(world.season, world.nation, "na", number="全国1号")
    a_clause(nation, "NA-05", "theme", {"text": "提升全民科学素质"}, number="一")
    city = a_notice(world.season, world.city, "dg2", number="东莞2号")
    a_clause(city, "DG-05", "theme", {"text": "科技东莞", "role": "subtheme"}, number="二")


def test_a_place_shows_what_is_on_there(client, page, publish, tangshan, titles):
    publish("东莞的讲座")

    nation, city, there = (page(client, url) for url in ("/", "/?place=441900", "/?place=130200"))

    assert (titles(nation), titles(city), titles(there)) == (["东莞的讲座"], ["东莞的讲座"], [])
    assert [len(list(found.all(class_="tallies"))) for found in (nation, city, there)] == [1, 1, 0]
    assert {d["class"]: d.text for d in next(there.one(class_="days").all("li")).all("span")}[
        "strip-count"
    ] == "–"
    assert (city.h1, city.title) == ("2023年全国科普日 东莞市", "2023年全国科普日 东莞市 · 全国科普日")
    assert there.one(class_="empty").text.startswith("还没有发布的活动")


def test_it_leads_on_within_the_place(client, page, publish):
    publish("东莞的讲座")
    found = page(client, "/?place=441900").one("main")

    to_lists = [a["href"] for a in found.all("a") if a["href"].startswith("/activities/?")]
    assert to_lists
    assert [href for href in to_lists if "place=441900" not in href] == []
    assert {field["value"] for field in found.all("input", name="place")} == {"441900"}


def test_the_sub_theme_of_the_place_stands_beside_the_theme(client, page, layered):
    def said(url):
        return [text.text for text in page(client, url).all(class_="decree-text")][:2]

    assert said("/?place=441900") == ["提升全民科学素质", "科技东莞"]
    assert "科技东莞" not in said("/")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("place=CN", "/"),  # the nation is the front page itself
        ("place=", "/"),
        ("utm=x", "/"),
        ("place=441900&x=1", "/?place=441900"),
        ("place=东莞市", "/?place=441900"),
        ("place=广东省东莞市", "/?place=441900"),
    ],
)
def test_one_page_has_one_address(client, world, asked, leads_to):
    response = client.get(f"/?{asked}")
    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize("wrong", ["999999", "没有的地方", "%00", "'; drop", "4" * 500])
def test_a_place_that_there_is_not_is_answered_with_the_way_to_one(client, page, world, wrong):
    found = page(client, f"/?place={wrong}", status=404 if wrong != "%00" else 200)
    if wrong != "%00":
        assert found.h1 == "选地区"
        assert found.one(class_="notice").text.startswith("没有找到")


def test_choosing_by_name(client, world):
    assert client.get("/place/?q=石龙镇")["Location"] == "/?place=441900103"
    assert client.get("/place/?q=广东省 东莞市")["Location"] == "/?place=441900"


def test_a_name_that_several_places_bear(client, page, world):
    hebei = a_place("130000", "河北省", kind="province", parent=world.nation)
    a_place("130999", "石龙镇", parent=hebei)

    found = page(client, "/place/?q=石龙镇")

    assert (
        found.one(class_="notice").text
        == "叫“石龙镇”的地方不止一个：河北省石龙镇、广东省东莞市石龙镇。请写全称。"
    )
    assert {a["href"] for a in next(iter(found.all(class_="place-list"))).all("a")} == {
        "/?place=441900103", "/?place=130999"
    }  # fmt: skip


def test_choosing_step_by_step(client, page, world):
    nation = page(client, "/place/").one("main")
    assert [a["href"] for a in nation.one(class_="place-list").all("a")] == ["/place/?in=440000"]
    province = page(client, "/place/?in=440000").one("main")
    assert [a["href"] for a in province.one(class_="place-list").all("a")] == ["/place/?in=441900"]
    town = page(client, "/place/?in=441900103").one("main")
    assert [a["href"] for a in town.all("a", class_="button")] == ["/?place=441900103"]
    assert [a.text for a in town.one(class_="breadcrumb").all("a")] == ["全国", "广东省", "东莞市"]


def test_the_pages_of_places_may_be_kept(client, world):
    for url in ("/?place=441900", "/place/", "/place/?in=440000"):
        response = client.get(url)
        assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
        assert not response.cookies


def test_the_queries_of_a_place_do_not_grow(client, publish, django_assert_num_queries):
    for n in range(9):
        publish(f"第{n}场", starts_at=china(2023, 9, 17 + n % 3, 9), ends_at=china(2023, 9, 17 + n % 3, 11))
    client.get("/?place=441900")
    with django_assert_num_queries(9):
        client.get("/?place=441900")
    with django_assert_num_queries(3):
        client.get("/place/?in=441900")


def test_near_me_without_a_script_is_choosing_a_place(client, page, world):
    link = next(a for a in page(client, "/").all("a") if a.has("data-near"))
    assert (link["href"], link["data-near"]) == ("/place/", "/activities/")
