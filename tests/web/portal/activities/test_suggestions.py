"""What is offered while one types: places, days, kinds and titles, each a link; as much work with many activities as with one."""

import pytest
from django.db import connection

from kepu.activities.workflow import State
from kepu.orgs.models import PlaceKind
from kepu.orgs.place_queries import places_beginning
from tests.factories.notices import china
from tests.factories.orgs import a_place
from tests.web.reading import Page


def at(day):
    return {"starts_at": china(2023, 9, day, 9), "ends_at": china(2023, 9, day, 11)}


HEALTH, TOWN = "field=health", "place=441900103"


@pytest.fixture
def offered(client, world):
    """``offered("q=石龙")``: words and addresses of what is offered."""

    def asked(query):
        response = client.get(f"/activities/suggestions/?{query}")
        assert response.status_code == 200
        options = Page(response.content.decode()).all("a", role="option")
        return {option.text: option["href"].removeprefix("/activities/?") for option in options}

    return asked


def test_places_of_one_name_are_told_apart_and_those_nearby_come_first(world, offered):
    gansu = a_place("620000", "甘肃省", kind=PlaceKind.PROVINCE, parent=world.nation)
    a_place("620100", "城关市", kind=PlaceKind.CITY, parent=gansu)
    a_place("620101", "城关镇", parent=gansu)
    a_place("441901", "城关镇", parent=world.city)
    assert offered("q=城关") == {
        "城关市 甘肃省": "place=620100", "城关镇 广东省东莞市": "place=441901", "城关镇 甘肃省": "place=620101",
    }  # fmt: skip
    assert next(iter(offered("place=441900&q=城关"))) == "城关镇 广东省东莞市"
    assert offered("q=广") == {"广东省 全国": "place=440000"}


DAYS = {
    "今": {"今天 9月11日": "when=today"},
    "周末": {"本周末 9月16日—17日": "when=weekend"},
    "9月17日": {"9月17日 周日": "day=2023-09-17"},
    "9月2": {f"9月{n}日 周{w}": f"day=2023-09-{n}" for n, w in ((20, "三"), (21, "四"), (22, "五"))},
    "18": {"9月18日 周一": "day=2023-09-18"},
    "下周三": {"9月20日 周三": "day=2023-09-20"},
    "9月1日": {},  # over
}


def test_days_by_their_names_and_dates(offered):
    assert {typed: offered(f"q={typed}") for typed in DAYS} == DAYS


def test_kinds_of_the_season_and_ways_of_taking_part(offered):
    assert offered("place=441900&q=健") == {"健康 领域": f"place=441900&{HEALTH}"}
    assert offered("q=线上") == {"线上 方式": "mode=online", "线上线下结合 方式": "mode=mixed"}


def test_titles_that_begin_with_it_come_first_and_lead_to_the_activity(publish, offered):
    later = publish("观星夜", **at(18))
    sooner = publish("市民观星夜")
    publish("观星讲座", State.APPROVED)
    off = publish("城市观星", State.CANCELLED, **at(19))
    publish("别的活动", summary="也观星")
    assert offered("q=观星") == {
        "观星夜 9月18日 周一 · 广东省东莞市石龙镇": f"/activities/{later.pk}/",
        "市民观星夜 9月17日 周日 · 广东省东莞市石龙镇": f"/activities/{sooner.pk}/",
        "城市观星 已取消": f"/activities/{off.pk}/",
    }  # fmt: skip
    assert offered("q=观") == {}
    assert offered("place=440300&q=观星夜") != {}  # no such place: the whole country


def test_after_the_season_what_was_held_is_offered(publish, offered, clock):
    held = publish("市民观星夜")
    clock(china(2023, 10, 9))
    assert list(offered("q=观星").values()) == [f"/activities/{held.pk}/"]


def test_the_last_word_is_completed_and_all_else_stays(offered):
    assert offered("q=观星 石龙") == {"石龙镇 广东省东莞市": f"q=%E8%A7%82%E6%98%9F&{TOWN}"}
    assert offered(f"q=石龙&{HEALTH}&sort=new") == {"石龙镇 广东省东莞市": f"{TOWN}&{HEALTH}&sort=new"}
    assert offered(f"q=石龙&{HEALTH}&sort=relevance&cursor=x") == {"石龙镇 广东省东莞市": f"{TOWN}&{HEALTH}"}


def test_how_many_there_are_is_told(client, world):
    def said(query):
        return Page(client.get(f"/activities/suggestions/?{query}").content.decode()).one(role="listbox")[
            "data-said"
        ]

    assert said("q=石龙") == "1条建议，按上下键选"
    assert said("q=无人知晓") == said("q=") == said("") == "没有建议，按回车找"


STRANGE = [
    "观" * 1_000_000, "\x01\x02\x1f\x7f\x00", '"观星" OR NEAR(a b)', "tokens:观星*", "^观 AND NOT", "%", "_", "'); DROP", "\\",
    "<script>", "&amp;", "\uffff\U0010ffff", "观\u202e星", "2023-99-99", "0", "“", "٣", "²",
]  # fmt: skip


def test_whatever_is_typed_is_answered(client, publish):
    publish("市民观星夜")
    for typed in STRANGE:
        for query in ({"q": typed}, {"q": f"观星 {typed}", "place": typed, "season": typed}):
            response = client.get("/activities/suggestions/", query)
            assert (response.status_code, b"<script" in response.content) == (200, False)
            assert len(response.content) < 10_000


QUERIES = {"q=石龙": 5, "q=讲座": 4, "q=讲": 2, "q=周末": 3, "place=441900&q=石龙": 6, "q=": 0}


def test_the_queries_do_not_grow(client, publish, django_assert_num_queries):
    for rows in (1, 40):
        for n in range(rows):
            publish(f"讲座第{n:02}场")
        client.get("/activities/suggestions/?q=讲")
        for query, queries in QUERIES.items():
            with django_assert_num_queries(queries):
                client.get(f"/activities/suggestions/?{query}")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="a planner that reads statistics scans what is small"
)
def test_places_are_ranges_of_an_index(db):
    plans = []

    def explain(execute, sql, params, many, context):
        asked = connection.connection.execute("EXPLAIN QUERY PLAN " + sql.replace("%s", "?"), params)
        plans.extend(step for *_numbers, step in asked)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        places_beginning("城关", most=4)
    looked = [plan for plan in plans if "orgs_place" in plan]
    assert len(looked) == 5
    assert all("INDEX place_named_so (level=? AND name>? AND name<?)" in plan for plan in looked)
