"""The map: places as tiles, what is nothing and what is unknown, positions near the visitor, and bad input."""

import pytest

from kepu.activities.models import Publication
from kepu.activities.workflow import State
from kepu.orgs.models import PlaceKind
from kepu.web.portal.map import finding, showing
from tests.factories.notices import china
from tests.factories.orgs import a_place, a_unit

SHILONG = {"latitude": 23.1065, "longitude": 113.8748}


@pytest.fixture
def tiles():
    """``tiles(page)``: what the tiles say, in their order."""

    def said(found):
        return [
            (tile.one(class_="tile-name").text, tile.one(class_="tile-number").text.split(" ")[0])
            for tile in found.one(class_="tiles").all("li")
        ]

    return said


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/map/").one(class_="empty").text.startswith("还没有开设届次")


def test_the_country_tells_nothing_from_unknown(client, page, publish, world, tiles):
    hunan = a_place("430000", "湖南省", kind=PlaceKind.PROVINCE, parent=world.nation)
    a_unit(hunan, "湖南省科协")
    a_place("710000", "台湾省", kind=PlaceKind.PROVINCE, parent=world.nation)
    publish("走进中医药")

    found = page(client, "/map/")

    said = dict(tiles(found))
    assert len(said) == 35
    assert (said["广东"], said["湖南"], said["台湾"], said["北京"]) == ("1", "0", "—", "—")
    links = {a.one(class_="tile-name").text: a["href"] for a in found.one(class_="tiles").all("a")}
    assert links == {"广东": "/map/?place=440000", "湖南": "/map/?place=430000"}
    legend = found.one(class_="tile-legend")
    assert [li.text for li in legend.all("li")] == [
        "0场：还没有发布活动",
        "1场及以上",
        "— 没有资料：那里还没有单位加入",
    ]
    assert "这是一张示意图，不是地图" in found.text
    table = {row.one("th").text: [td.text for td in row.all("td")] for row in found.one("tbody").all("tr")}
    assert table == {"湖南省": ["0", "0", "0"], "广东省": ["1", "0", "0"], "台湾省": ["没有资料"]}


def test_tiles_stand_where_the_scheme_says(client, page, world, publish):
    publish("走进中医药")
    found = page(client, "/map/")
    spots = {
        tile.one(class_="tile-name").text: (tile["data-row"], tile["data-column"], tile["data-step"])
        for tile in found.one(class_="tiles-country").all("li")
    }
    assert (spots["广东"], spots["黑龙江"], spots["海南"]) == (
        ("7", "4", "1"),
        ("1", "7", "0"),
        ("8", "3", "0"),
    )


def test_a_province_shows_its_cities_and_a_city_what_lies_in_it(client, page, world, publish, tiles):
    publish("走进中医药")
    publish("不办了", State.CANCELLED)

    assert tiles(page(client, "/map/?place=440000")) == [("东莞市", "1")]
    city = page(client, "/map/?place=441900")
    assert tiles(city) == [("石龙镇", "1")]
    assert city.h1 == "东莞市的活动在哪里"
    assert [a["href"] for a in city.one(class_="facet-trail").all("a")] == ["/map/", "/map/?place=440000"]


def test_positions_are_drawn_and_listed_soonest_first(client, page, publish):
    publish("后天", **SHILONG, starts_at=china(2023, 9, 18, 9), ends_at=china(2023, 9, 18, 11))
    publish("明天", latitude=23.11, longitude=113.88)
    publish("没有写位置")
    publish("不办了", State.CANCELLED, **SHILONG)

    found = page(client, "/map/?place=441900")

    rows = [
        (li.one("a", href=li.one(class_="plot-what").one("a")["href"]).text, number(li))
        for li in listed(found)
    ]
    assert rows == [("明天", "1"), ("后天", "2")]
    drawing = found.one("svg", role="img")
    assert [mark.text for mark in drawing.all("g", class_="plot-mark")] == ["1", "2"]
    assert drawing["aria-label"] == "东莞市2场活动的位置，上北下南，内容与旁边的列表相同"
    assert found.one(class_="plot-more").text.startswith("没有写位置")
    assert "不办了" not in found.text


def number(li):
    return li.one(class_="plot-number").text.split()[-1]


def listed(found):
    return [li for li in found.one(class_="plot-list").all("li") if list(li.all(class_="plot-what"))]


def test_from_where_one_stands_the_nearest_come_first(client, page, publish):
    publish("远的", latitude=23.0205, longitude=113.7518)
    publish("近的", **SHILONG)

    found = page(client, "/map/?place=441900&at=23.107%2C113.874")

    assert [li.one(class_="plot-what").text for li in listed(found)] == ["近的", "远的"]
    assert [li.one("strong").text for li in listed(found)] == ["东南 约100米", "西南 约16公里"]
    assert len(list(found.all(class_="plot-here"))) == 1
    response = client.get("/map/?place=441900&at=23.107%2C113.874")
    assert response.headers["Cache-Control"] == "private, no-store"


def test_only_a_hundred_metres_are_kept_of_where_one_stands(client):
    response = client.get("/map/?place=441900&at=113.87412,23.10689")
    assert response.status_code == 302  # no place yet, no season: the position alone is put in order
    assert response["Location"] == "/map/?at=23.107%2C113.874"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("石龙中学", "看不出“石龙中学”是哪里。请写成 23.0205, 113.7518 这样，两个数中间用逗号分开。"),
        ("lat=51.5 lon=-0.12", "“lat=51.5 lon=-0.12”不在中国附近。请看看纬度和经度是不是写反了。"),
        ("<b>", "看不出“<b>”是哪里。请写成 23.0205, 113.7518 这样，两个数中间用逗号分开。"),
    ],
)
def test_a_position_that_is_none_is_said_and_kept(client, page, publish, typed, sentence):
    publish("近的", **SHILONG)
    found = page(client, "/map/", data={"place": "441900", "at": typed})
    assert sentence in found.text
    assert found.one("input", id="at")["value"] == typed


def test_links_to_other_maps_fetch_nothing_and_tell_nothing(client, page, publish):
    publish("近的", **SHILONG)
    found = page(client, "/map/?place=441900&at=23.200%2C113.900")
    links = list(found.one(class_="map-apps").all("a"))
    assert [a.text for a in links] == ["手机自带的地图", "高德地图", "百度地图", "腾讯地图", "苹果地图"]
    assert {a["rel"] for a in links} == {"noopener noreferrer nofollow external"}
    assert not any("23.2" in a["href"] or "113.9" in a["href"] for a in links)


def test_the_map_answers_the_question_of_the_list(client, page, publish):
    publish("健康的", fields=["health"], **SHILONG)
    publish("航天的", fields=["space"], **SHILONG)

    found = page(client, "/map/?place=441900&field=space")

    assert [li.one(class_="plot-what").text for li in listed(found)] == ["航天的"]
    assert "条件：" in found.text


@pytest.mark.parametrize("query", ["place=999999", "place=999999&day=never", "season=1999&cursor=xxxx"])
def test_what_is_not_meant_is_left_out(client, world, query):
    response = client.get(f"/map/?{query}")
    assert (response.status_code, response["Location"]) == (302, "/map/")


def test_a_broken_position_of_a_copy_is_no_position(client, page, publish):
    activity = publish("走进中医药", **SHILONG)
    for broken in (None, 91, -90.5, float("inf")):
        Publication.objects.filter(pk=activity.pk).update(latitude=broken)
        found = page(client, "/map/?place=441900")
        assert found.one(class_="empty").one("h2").text == "这里的活动都没有写明位置"


def test_an_activitys_own_page_goes_by_what_the_copy_says(publish, world):
    row = Publication.objects.get(pk=publish("走进中医药", **SHILONG).pk)
    for broken in ("x", None, 91, [1], {}):
        row.content["latitude"] = broken
        assert showing.position_of(row, world.city) is None


def test_no_more_are_drawn_than_a_page_holds_and_it_says_so(client, page, publish, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)
    monkeypatch.setattr("kepu.web.portal.map.views.on_map.MOST", 2)
    for n in range(3):
        publish(f"第{n}场", latitude=23.1 + n / 100, longitude=113.87)

    found = page(client, "/map/?place=441900")

    assert len(listed(found)) == 2
    assert "这里活动很多，下面是最先开始的2场。" in found.text


@pytest.mark.parametrize(
    ("query", "n"), [("", 3), ("?place=440000", 5), ("?place=441900", 6), ("?place=441900&field=health", 7)]
)
def test_the_queries_are_fixed(client, world, publish, django_assert_num_queries, query, n):
    """The positions of a place are one query by its index; what asks for more is found by the search table first."""
    for k in range(3):
        publish(f"第{k}场", latitude=23.1 + k / 100, longitude=113.87)
        client.get("/map/")  # the rule book is warm
        with django_assert_num_queries(n):
            client.get(f"/map/{query}")


def test_the_piece_for_an_activitys_own_page(publish, world, read):
    from django.template.loader import render_to_string

    activity = publish("走进中医药", **SHILONG)
    shown = showing.position_of(Publication.objects.get(pk=activity.pk), world.city)
    assert shown.coordinates == "北纬23.1065° 东经113.8748°"
    said = render_to_string("portal/map/_position.html", {"position": shown})
    assert 'href="/map/?place=441900"' in said
    assert said.count('rel="noopener noreferrer nofollow external"') == 5
    assert showing.position_of(Publication.objects.get(pk=publish("没有").pk), world.city) is None


@pytest.mark.parametrize(
    ("pair", "position"),
    [
        (("23.1", "113.8"), (23.1, 113.8)), ((23.1, 113.8), (23.1, 113.8)), (("nan", "113.8"), None), (("inf", "1"), None),
        (("null", "null"), None), ((91, 1), None), ((1, 181), None), ((None, 1), None),
    ],
)  # fmt: skip
def test_only_a_position_on_earth_is_one(pair, position):
    assert finding.position_in(*pair) == position
