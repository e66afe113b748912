"""Main venues: each under the place whose main venue it is, then those of the places in it; copies only."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.actions import approve_change, change_activity
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from kepu.web.portal.venues.finding import venues_below, venues_of
from tests.factories.activities import an_activity, loaded
from tests.factories.notices import a_clause, a_notice, china


@pytest.fixture
def venue(world):
    """``venue("东莞主场", "city")``: a published main venue of a level, in 石龙镇."""

    def published(title, level="city", state=State.PUBLISHED, **changes):
        return an_activity(
            world,
            state,
            title=title,
            activity_level=level,
            main_venue=True,
            subtheme="厚植科技创新沃土，擦亮科幻之都名片",
            **changes,
        )

    return published


@pytest.fixture
def venues(client, page):
    return lambda query="", **extra: page(client, f"/venues/{query}", **extra)


def named(found):
    """Main venues by the heading they stand under."""
    return {
        section.one("h2").text: [h3.text for h3 in section.all("h3")]
        for section in found.all("section")
        if list(section.all(class_="venue"))
    }


def test_before_any_season_it_says_so(client, page, db):
    assert page(client, "/venues/").one(class_="empty").text.startswith("还没有开设届次")


def test_each_stands_under_the_place_whose_main_venue_it_is(venues, venue, publish):
    venue("全国主场", "nation")
    venue("广东主场", "province")
    venue("东莞主场", "city")
    venue("石龙主场", "town")
    publish("不是主会场的讲座")

    assert named(venues()) == {
        "全国主会场": ["全国主场"], "全国各地的主会场": ["广东主场", "东莞主场", "石龙主场"]
    }  # fmt: skip
    assert named(venues("?place=441900")) == {
        "全国主会场": ["全国主场"], "广东省主会场": ["广东主场"], "东莞市主会场": ["东莞主场"],
        "东莞市各地的主会场": ["石龙主场"],
    }  # fmt: skip


def test_another_place_has_none_of_ours(venues, venue, world):
    from tests.factories.orgs import a_place

    other = a_place("442000", "中山市", kind="city", parent=world.province)
    venue("东莞主场", "city")

    found = venues(f"?place={other.code}")

    assert named(found) == {}
    assert found.text.count("还没有公布。") == 3


def test_it_says_when_where_and_what_is_on(venues, venue):
    session = {"starts_at": china(2023, 9, 17, 9), "ends_at": china(2023, 9, 17, 11), "venue": "一楼"}
    venue(
        "东莞主场", arrangement="series", venue="石龙镇文化广场", address="西湖路1号",
        sessions=[{**session, "title": f"第{n}个展区"} for n in range(8)],
    )  # fmt: skip

    card = venues("?place=441900").one(class_="venue")

    assert [dd.text for dd in card.all("dd")] == [
        "2023年9月17日 周日 9:00—11:00", "广东省东莞市石龙镇石龙镇文化广场 西湖路1号", "石龙中学"
    ]  # fmt: skip
    assert [li.text for li in card.all("li")] == [f"第{n}个展区" for n in range(6)]
    assert "另有2项" in card.text


def test_only_what_is_published_is_shown_and_as_it_was_published(venues, venue, world):
    for state in (State.DRAFT, State.FILED, State.APPROVED):
        venue(f"没有发布的：{state}", state=state)
    shown = venue("东莞主场")
    change_activity(shown, changes={"main_venue": False}, by=world.filer, at=china(2023, 9, 1))

    assert named(venues("?place=441900")) == {"东莞市主会场": ["东莞主场"]}


def test_a_cancelled_one_says_so(venues, venue):
    venue("东莞主场", state=State.CANCELLED)
    card = venues("?place=441900").one(class_="venue")
    assert (card.has("data-off"), card.one(class_="badge").text) == (True, "已取消")


def test_what_notices_lay_down_stands_with_its_clause(venues, world):
    notice = a_notice(world.season, world.city, "plan", number="东科协〔2023〕18号")
    plan = {"code": "city_main_venue", "title": "东莞市主场活动", "type": "main_venue", "where": "石龙镇"}
    a_clause(notice, "DG-18", "programme", plan, number="四", audience={"kinds": ["association"]})
    a_clause(notice, "DG-19", "programme", {"code": "forum", "title": "论坛", "type": "forum"}, number="四")

    planned = venues("?place=441900").one("section", aria_labelledby="planned")

    assert planned.one("p").text == "东莞市主场活动，在石龙镇。 东莞市科协"
    assert planned.one("a")["href"] == "/notices/2023/plan/#DG-18"
    assert "通知里的安排" not in venues().text


def test_a_place_that_is_not_there_is_not_found(venues, world):
    assert venues("?place=1", status=404).one(class_="empty").one("h2").text == "没有这个地区"


def test_the_places_below_come_page_by_page(client, page, world, venue):
    venue("东莞主场")
    first = Publication.objects.get()
    copies = []
    for n in range(25):
        activity = an_activity(world, State.PUBLISHED, title=f"主场{n:02}")
        copies.append(activity.pk)
    Publication.objects.filter(pk__in=copies).update(venue_rank=4)

    found = page(client, "/venues/?place=441900")
    assert named(found)["东莞市主会场"] == [first.title]
    seen = named(found)["东莞市各地的主会场"]
    onward = page(client, "/venues/" + found.one("a", rel="next")["href"])
    assert named(onward) == {"东莞市各地的主会场": [f"主场{n:02}" for n in range(20, 25)]}
    assert seen == [f"主场{n:02}" for n in range(20)]
    assert len(list(onward.all("a", rel="prev"))) == 1


@pytest.mark.parametrize("many", [1, 5])
def test_the_queries_do_not_grow(client, venue, django_assert_num_queries, many):
    for n in range(many):
        venue(f"主场{n}")
        venue(f"镇主场{n}", "town")
    client.get("/venues/?place=441900")
    with django_assert_num_queries(6):
        client.get("/venues/?place=441900")


def test_of_a_season_only_its_main_venues_are_looked_at(venue, world):
    venue("东莞主场")
    with CaptureQueriesContext(connection) as caught:
        venues_of(world.season, [world.nation, world.province, world.city])
        venues_below(world.season, world.nation)
        venues_below(world.season, world.city)
    assert len(caught) == 3
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # of so few rows it would read all
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query in caught.captured_queries:
            plan = plan_of(cursor, query["sql"])
            assert set(re.findall(r"\bpublication_\w+|\bSCAN activities_publication\b", plan)) == {
                "publication_main_venue"
            }


def plan_of(cursor, sql):
    cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
    return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_an_activity_that_becomes_one_is_listed_from_then_on(venues, publish, world):
    activity = publish("普通讲座", activity_level="town")
    assert named(venues("?place=441900103")) == {}
    change_activity(activity, changes={"main_venue": True}, by=world.filer, at=china(2023, 9, 1))
    assert named(venues("?place=441900103")) == {}
    approve_change(loaded(activity), by=world.reviewer, at=china(2023, 9, 2))

    assert named(venues("?place=441900103")) == {"石龙镇主会场": ["普通讲座"]}


def test_of_another_season_nothing_is_shown(client, page, venue):
    venue("东莞主场")
    assert client.get("/venues/?season=1999").status_code == 404
