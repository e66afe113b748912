"""The list of activities: each filter gives exactly its own, page by page, and nothing that is not public."""

from urllib.parse import urlencode

import pytest

from kepu.activities.workflow import State
from kepu.orgs.models import PlaceKind
from kepu.web.models import Drawn
from kepu.web.portal.activities import finding, storing
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_place, a_unit, an_actor

SATURDAY, SUNDAY = 16, 17


def at(day, hour=9, month=9):
    return {"starts_at": china(2023, month, day, hour), "ends_at": china(2023, month, day, hour + 2)}


@pytest.fixture
def listed(client, page, titles):
    """``listed("q=中医")``: the titles that the list gives for a query."""
    return lambda query="": titles(page(client, f"/activities/?{query}" if query else "/activities/"))


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/activities/").one(class_="empty").text.startswith("还没有开设届次")


def test_only_what_is_published_is_listed_soonest_first(publish, listed):
    publish("第二天的讲座", **at(18))
    publish("第一天的讲座", **at(17))
    for state in (State.DRAFT, State.FILED, State.RETURNED, State.APPROVED, State.WITHDRAWN):
        publish(f"讲座：{state}", state, **at(17))

    assert listed() == ["第一天的讲座", "第二天的讲座"]
    assert listed("q=讲座") == ["第一天的讲座", "第二天的讲座"]
    assert listed("day=2023-09-17") == ["第一天的讲座"]


def test_while_a_change_waits_the_old_title_is_listed(publish, listed, world):
    from kepu.activities.actions import change_activity

    activity = publish("走进中医药", **at(17))
    change_activity(activity, changes={"title": "走进西医药"}, by=world.filer, at=china(2023, 9, 1))

    assert listed() == ["走进中医药"]
    assert listed("q=西医") == []


@pytest.mark.parametrize("word", ["天文", "观星夜", "石龙中学", "讲座和体验", "石龙镇"])
def test_a_word_of_two_characters_or_more_is_found(publish, listed, word):
    publish("天文馆观星夜", **at(17))
    publish("机器人大赛", summary="比赛", **at(18))

    found = listed(f"q={word}")

    assert found == (["天文馆观星夜", "机器人大赛"] if word in ("石龙中学", "石龙镇") else ["天文馆观星夜"])


def test_a_text_without_words_finds_nothing_and_says_what_to_write(client, page, publish):
    publish("天文馆观星夜", **at(17))
    found = page(client, "/activities/?q=？！")
    assert found.one(class_="empty").text.startswith("没有看懂要找什么 请写两个字以上的词")


def test_days_are_exact(publish, listed, clock):
    publish("展览", starts_at=china(2023, 9, 12, 9), ends_at=china(2023, 9, SUNDAY, 17))
    publish("昨天", **at(13))
    publish("今天", **at(14))
    publish("明天", **at(15))
    publish("周六", **at(SATURDAY))
    publish("周日", **at(SUNDAY))
    publish("周一零点", starts_at=china(2023, 9, 18, 0), ends_at=china(2023, 9, 18, 2))
    publish("到周五半夜", starts_at=china(2023, 9, 15, 22), ends_at=china(2023, 9, SATURDAY, 0))
    clock(china(2023, 9, 14, 8))

    assert listed("when=today") == ["展览", "今天"]
    assert listed("when=tomorrow") == ["展览", "明天", "到周五半夜"]
    assert listed("when=weekend") == ["展览", "周六", "周日"]
    assert listed("day=2023-09-17") == ["展览", "周日"]
    assert listed() == ["今天", "明天", "到周五半夜", "周六", "周日", "周一零点"]
    assert listed("when=past") == ["昨天", "展览"]


@pytest.mark.parametrize("words", ["", f"{urlencode({'q': '讲座'})}&"])
def test_what_is_new_comes_at_whatever_time_it_lies_and_is_counted_so(
    client, page, publish, titles, clock, words
):
    for title, day in (("昨天的讲座", 13), ("周日的讲座", 17), ("今天的讲座", 14)):
        publish(title, **at(day))
    clock(china(2023, 9, 14, 8))

    found = page(client, f"/activities/?{words}sort=new")
    assert titles(found) == ["今天的讲座", "周日的讲座", "昨天的讲座"]
    assert "共3场" in found.text.replace(" ", "")
    tabs = found.one("nav", aria_label="日子")
    assert [tab["href"] for tab in tabs.all("a") if "sort=new" in tab["href"]] == [
        f"/activities/?{words}when={when}&sort=new" for when in ("today", "tomorrow", "weekend")
    ]
    assert not any(tab.has("aria-current") for tab in tabs.all("a"))
    past = page(client, f"/activities/?{words}when=past")
    assert (titles(past), "新发布" in past.text) == (["昨天的讲座"], False)
    assert (
        client.get(f"/activities/?{words}when=past&sort=new")["Location"] == f"/activities/?{words}when=past"
    )


@pytest.mark.parametrize(("today", "expected"), [(SATURDAY, ["周六", "周日"]), (SUNDAY, ["周日"])])
def test_at_the_weekend_it_is_what_is_left_of_it(publish, listed, clock, today, expected):
    publish("周六", **at(SATURDAY))
    publish("周日", **at(SUNDAY))
    publish("下周六", **at(23))
    clock(china(2023, 9, today, 8))

    assert listed("when=weekend") == expected


def test_places_hold_what_lies_in_them(world, publish, listed):
    shenzhen = a_place("440300", "深圳市", kind=PlaceKind.CITY, parent=world.province)
    futian = a_place("440304", "福田区", kind=PlaceKind.COUNTY, parent=shenzhen)
    a_unit(shenzhen, "深圳市科协", coordinates=[shenzhen])
    museum = a_unit(futian, "福田科技馆", kind="museum")
    publish("石龙镇的", **at(17))
    activity = an_activity(world, title="福田区的", by=an_actor(museum), place=futian.pk, **at(18))
    _publish_as_its_host(activity, museum)

    assert listed("place=440000") == ["石龙镇的", "福田区的"]
    assert listed("place=441900") == ["石龙镇的"]
    assert listed("place=441900103") == ["石龙镇的"]
    assert listed("place=440300") == ["福田区的"]
    assert listed("place=440304") == ["福田区的"]
    assert listed("place=440304&day=2023-09-18") == ["福田区的"]
    assert listed("place=441900103&day=2023-09-18") == []


def test_way_field_host_and_mark(world, publish, listed):
    online = {"mode": "online", "online_link": "https://live.example.cn/1"}
    publish("线下健康", fields=["health"], **at(17))
    publish("线上航天", fields=["space"], **online, **at(18))
    publish(
        "都有", mode="mixed", online_link="https://live.example.cn/2", fields=["health", "space"], **at(19)
    )

    assert listed("mode=offline") == ["线下健康"]
    assert listed("mode=online") == ["线上航天"]
    assert listed("mode=mixed") == ["都有"]
    assert listed("field=health") == ["线下健康", "都有"]
    assert listed("field=health&mode=offline&q=健康&day=2023-09-17") == ["线下健康"]
    assert listed(f"unit={world.school.pk}&field=space") == ["线上航天", "都有"]
    assert listed(f"unit={world.city_office.pk}") == []
    assert listed("key=1") == []


def test_each_condition_can_be_taken_away(client, page, world, publish):
    publish("线下健康", fields=["health"], **at(17))

    found = page(client, f"/activities/?q=健康&place=441900&mode=offline&field=health&unit={world.school.pk}")

    rest = {chip.text.removeprefix("去掉条件： "): chip["href"] for chip in found.all(class_="chip")}
    assert list(rest) == ["“健康”", "东莞市", "线下", "健康", "石龙中学"]
    assert (
        rest["东莞市"]
        == f"/activities/?q=%E5%81%A5%E5%BA%B7&mode=offline&field=health&unit={world.school.pk}"
    )


def test_the_trail_leads_up_and_down(client, page, publish):
    publish("走进中医药", **at(17))
    found = page(client, "/activities/?place=441900")

    assert found.h1 == "东莞市的活动"
    assert [(a.text, a["href"]) for a in found.one(class_="facet-trail").all("a")] == [
        ("全国", "/activities/"), ("广东省", "/activities/?place=440000"),
    ]  # fmt: skip
    assert [a["href"] for a in found.one(class_="facet-places").all("a")] == ["/activities/?place=441900103"]
    assert found.one(class_="facet-places").text == "石龙镇 1"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("q=&when=&mode=", ""),
        ("when=never&mode=somehow&unit=x&field=UPPER%00", ""),
        ("place=999999", ""),
        ("unit=123456789", ""),
        ("season=1999", ""),
        ("day=20230917", "?day=2023-09-17"),
        ("day=17.9.", ""),
        ("day=2023-09-17&when=today", "?day=2023-09-17"),
        ("mode=online&q=%20%20天文%20", "?q=%E5%A4%A9%E6%96%87&mode=online"),
        ("utm_source=x&when=today", "?when=today"),
    ],
)
def test_one_question_has_one_address(client, page, world, asked, meant):
    response = client.get(f"/activities/?{asked}")

    assert (response.status_code, response["Location"]) == (302, f"/activities/{meant}")
    page(client, response["Location"])


def test_pages_reach_everything_exactly_once(client, page, titles, publish):
    expected = [f"第{n:02}场" for n in range(45)]
    for n, title in enumerate(expected):
        publish(title, **at(17 + n // 20, 9))

    for query, size in (("", 45), ("?day=2023-09-17", 20), ("?when=weekend", 20), ("?q=石龙中学", 45)):
        seen, url = [], f"/activities/{query}"
        while url:
            found = page(client, url)
            seen += titles(found)
            following = [a["href"] for a in found.all("a", rel="next")]
            url = f"/activities/{following[0]}" if following else ""
        assert seen == expected[:size]


def test_back_again_is_the_first_page(client, page, titles, publish):
    for n in range(25):
        publish(f"第{n:02}场", **at(17))
    first = page(client, "/activities/")
    second = page(client, f"/activities/{first.one('a', rel='next')['href']}")

    back = page(client, f"/activities/{second.one('a', rel='prev')['href']}")

    assert titles(back) == titles(first)


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WzEsMl0"])
def test_a_cursor_that_is_none_gives_the_first_page(publish, listed, cursor):
    publish("走进中医药", **at(17))
    assert listed(f"cursor={cursor}") == ["走进中医药"]


def test_how_many_there_are_is_said_exactly(client, page, publish):
    for n in range(21):
        publish(f"第{n:02}场", **at(17))
    for query in ("", "?day=2023-09-17", "?q=石龙中学", "?mode=offline"):
        assert "共21场活动" in page(client, f"/activities/{query}").text


def test_beyond_what_anybody_counts_it_says_more_than(client, page, publish, monkeypatch):
    monkeypatch.setattr("kepu.activities.lists.LOOKED_THROUGH", 2)
    monkeypatch.setattr("kepu.activities.lists.TOGETHER", 3)
    for n in range(4):
        publish(f"第{n:02}场", **at(17))
    found = page(client, "/activities/?q=石龙中学")
    assert "超过3场" in found.text
    assert list(found.all(class_="tally")) == []


def test_a_cancelled_one_stays_and_says_so(client, page, publish):
    publish("走进中医药", State.CANCELLED, **at(17))
    row = page(client, "/activities/").one(class_="event")
    assert (row.has("data-off"), row.one(class_="badge").text) == (True, "已取消")


def test_an_empty_answer_says_what_to_do(client, page, world):
    found = page(client, "/activities/?place=441900&mode=online")
    assert (
        found.one(class_="empty").text == "没有找到合适的活动 换个词，或者去掉上面的一个条件再看。 看全部活动"
    )
    assert found.one(class_="empty").one("a")["href"] == "/activities/"


def test_a_place_comes_with_those_above_and_below_it(client, publish, django_assert_num_queries):
    publish("石龙")
    with django_assert_num_queries(1):
        trail, inside = finding.around("441900")
    assert [place.name for place in trail][-2:] == ["广东省", "东莞市"]
    assert trail == finding.trail_to("441900")
    assert inside == finding.children_of(trail[-1])
    assert "石龙镇" in [place.name for place in inside]
    assert finding.around("999999") == ([], [])


QUERIES = {
    "": 4,
    "?day=2023-09-17": 4,
    "?when=past": 3,
    "?q=%E7%9F%B3%E9%BE%99%E4%B8%AD%E5%AD%A6": 6,
    "?place=441900": 4,
    "?mode=offline": 6,
    "?sort=new": 5,
}


@pytest.mark.parametrize("rows", [1, 60])
def test_the_queries_do_not_grow(client, publish, django_assert_num_queries, rows):
    for n in range(rows):
        publish(f"第{n:02}场", **at(17))
    for query, queries in QUERIES.items():
        client.get(f"/activities/{query}")
        with django_assert_num_queries(queries, info=query):
            assert client.get(f"/activities/{query}").status_code == 200


def _publish_as_its_host(activity, host):
    from kepu.activities import actions
    from kepu.orgs.models import Role
    from tests.factories.activities import FILED, PUBLISHED, REVIEWED

    filer = an_actor(host)
    actions.file_activity(activity, by=filer, at=FILED)
    reviewing = activity.reviewing_unit
    reviewer = an_actor(reviewing, Role.REVIEWER, places=[reviewing.place])
    actions.approve_activity(activity, by=reviewer, at=REVIEWED)
    actions.publish_activity(activity, by=filer, at=PUBLISHED)


def test_cards_drawn_beforehand_and_cards_drawn_now_stand_in_one_list(client, page, publish, titles):
    first, second, third = (publish(f"第{n}场", **at(17, 9 + n)) for n in range(3))
    storing.store([second.pk], at=second.starts_at)
    Drawn.objects.exclude(publication=second.pk).delete()
    Drawn.objects.filter(publication=second.pk).update(card="<p class='event-title'>画好的</p>")

    assert titles(page(client, "/activities/")) == [first.title, "画好的", third.title]
