"""The matrix before the public: a row for each place, with the clause that asks for it."""

import pytest

from kepu.activities.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause
from tests.factories.orgs import a_place

ONLINE = {
    "mode": "online",
    "online_link": "https://live.example.cn/1",
    "participants_expected": 200,
    "topics": ["live"],
}
ASKED = {"per": "place", "place_level": "town", "min": 1}


@pytest.fixture
def asked(world):
    """Each town of the city is to have one product and one broadcast."""
    notice = world.season.notices.get()
    means = {"code": "online_means", "title": "线上方式", "items": [{"code": "live", "label": "直播"}]}
    a_clause(notice, "TS-38", "list", means, number="四（五）3")
    a_clause(
        notice, "TS-39", "quota", ASKED | {"of": "products", "unit": "个"}, number="四（五）3", mode="shift"
    )
    a_clause(
        notice,
        "TS-39.live",
        "quota",
        ASKED | {"of": "broadcasts", "unit": "场"},
        number="四（五）3",
        mode="shift",
    )
    a_place("441900104", "茶山镇", kind="town", parent=world.city)
    return world


def rows(found):
    return [[cell.text for cell in row.children] for row in found.one("table").one("tbody").all("tr")]


def test_each_place_says_what_there_is_and_what_cannot_be_counted(client, page, asked):
    an_activity(asked, State.PUBLISHED, **ONLINE)
    found = page(client, "/cloud/matrix/?place=441900")

    assert found.h1 == "东莞市的产品和直播"
    assert rows(found) == [
        ["石龙镇", "还数不出来", "有1场", "石龙镇的 线上活动"], ["茶山镇", "还数不出来", "还没有", "茶山镇的 线上活动"]
    ]  # fmt: skip
    assert [th.text for th in found.one("thead").all("th")] == ["地方", "科普产品", "直播", "看一看"]
    assert [(th["scope"]) for th in found.one("tbody").all("th")] == ["row", "row"]
    labels = {td["data-label"] for td in found.one("tbody").all("td")}
    assert labels == {"科普产品", "直播", "看一看"}  # on a phone each cell says its column


def test_each_demand_stands_with_its_clause(client, page, asked):
    decree = page(client, "/cloud/matrix/?place=441900").one(class_="decree")
    assert [text.text for text in decree.all(class_="decree-text")] == ["每个地方至少1个", "每个地方至少1场"]
    links = [a["href"] for a in decree.all("a")]
    assert "/notices/2023/dg/#TS-39" in links
    assert "/notices/2023/dg/#TS-39.live" in links
    assert "数不出来不等于零" in decree.text


def test_where_nobody_asks_for_it_the_page_says_so(client, page, asked):
    found = page(client, "/cloud/matrix/?place=440000")
    assert found.one(class_="decree").text.count("没有通知对这一级的地方提出这项要求。") == 2
    assert [row[0] for row in rows(found)] == ["东莞市"]


def test_below_a_town_there_is_nothing_and_a_way_back(client, page, asked):
    empty = page(client, "/cloud/matrix/?place=441900103").one(class_="empty")
    assert empty.text.startswith("下面没有再分地区")
    assert empty.one("a")["href"] == "/cloud/matrix/"


def test_the_nation_stands_at_the_top_and_leads_down(client, page, asked):
    found = page(client, "/cloud/matrix/")
    assert found.h1 == "全国的产品和直播"
    assert found.one("tbody").one("th").one("a")["href"] == "/cloud/matrix/?place=440000"


@pytest.mark.parametrize("query", ["?place=999999", "?x=1", "?place=%00", "?day=2023-09-17"])
def test_one_question_has_one_address(client, asked, query):
    assert client.get(f"/cloud/matrix/{query}")["Location"] == "/cloud/matrix/"


@pytest.mark.parametrize("more", [0, 30])
def test_the_queries_are_as_many_however_many_places(client, asked, django_assert_num_queries, more):
    for n in range(more):
        a_place(f"4419002{n:02}", f"第{n}镇", kind="town", parent=asked.city)
    client.get("/cloud/matrix/?place=441900")
    with django_assert_num_queries(5):
        client.get("/cloud/matrix/?place=441900")


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/cloud/matrix/").one(class_="empty").text.startswith("还没有开设届次")


def test_the_last_page_is_reached(client, page, asked):
    for n in range(40):
        a_place(f"4419002{n:02}", f"第{n}镇", kind="town", parent=asked.city)
    first = page(client, "/cloud/matrix/?place=441900")
    onward = first.one("a", rel="next")["href"]
    last = page(client, f"/cloud/matrix/{onward}")
    assert (len(rows(first)), len(rows(last))) == (40, 2)
