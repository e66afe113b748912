"""The order by how well activities fit the words: where it is offered, what it says, and that its pages reach everything."""

from urllib.parse import urlencode

import pytest

from tests.factories.notices import china


def at(day, hour=9):
    return {"starts_at": china(2023, 9, day, hour), "ends_at": china(2023, 9, day, hour + 2)}


@pytest.fixture
def sorts(client, page):
    return lambda query: [
        one.text for one in page(client, f"/activities/?{query}").one(class_="sorts").all("li")
    ]


def test_a_title_goes_before_what_is_said_elsewhere(client, page, titles, publish):
    publish("科学集市", summary="有观星夜的展位", **at(16))
    publish("市民观星夜", **at(18))
    publish("观星夜", **at(19))
    assert titles(page(client, "/activities/?q=观星夜")) == ["科学集市", "市民观星夜", "观星夜"]
    found = page(client, "/activities/?q=观星夜&sort=relevance")
    assert titles(found) == ["观星夜", "市民观星夜", "科学集市"]
    assert "共3场活动 · 相关的在前" in found.text


def test_it_is_offered_where_words_are_asked(client, page, publish, sorts):
    publish("市民观星夜", **at(17))
    assert sorts("q=观星夜")[:3] == ["按相关程度", "时间先后", "新发布的在前"]
    assert sorts("")[:2] == ["时间先后", "新发布的在前"]
    for query in ("sort=relevance", "q=&sort=relevance", "near=23.0,113.8&sort=relevance&q=观星夜"):
        assert "sort" not in client.get(f"/activities/?{query}")["Location"]


def test_the_search_box_asks_for_it_unless_another_order_was_chosen(client, page, publish):
    publish("市民观星夜", **at(17))

    def sent(url):
        return [
            field["value"] for field in page(client, url).one("form", role="search").all("input", name="sort")
        ]

    assert sent("/") == sent("/activities/") == sent("/activities/?q=观星夜") == ["relevance"]
    assert sent("/activities/?q=观星夜&sort=new") == ["new"]
    response = client.get("/activities/?sort=relevance&q=周末")
    assert response["Location"] == "/activities/?when=weekend"


def test_with_the_words_their_order_goes_and_feeds_do_without(client, page, publish):
    publish("市民观星夜", **at(17))
    found = page(client, "/activities/?q=观星夜&field=health&sort=relevance")
    words = next(found.one(class_="chips").all("a", class_="chip"))
    assert words["href"] == "/activities/?field=health"
    feed = found.one("link", type="application/atom+xml")["href"]
    assert feed.endswith("q=%E8%A7%82%E6%98%9F%E5%A4%9C&field=health")


def test_pages_reach_what_was_ranked_exactly_once_and_say_so(client, page, titles, publish, monkeypatch):
    monkeypatch.setattr("kepu.activities.lists.RANKED", 23)
    monkeypatch.setattr("kepu.web.portal.activities.relevance.RANKED", 23)
    for n in range(25):
        publish(f"观星夜第{n:02}场", **at(17 + n // 20))
    first = page(client, "/activities/?q=观星夜&sort=relevance")
    second = page(client, f"/activities/{first.one('a', rel='next')['href']}")
    back = page(client, f"/activities/{second.one('a', rel='prev')['href']}")

    assert "共25场活动 · 时间最近的23场里，相关的在前" in first.text
    assert sorted(titles(first) + titles(second)) == [f"观星夜第{n:02}场" for n in range(23)]
    assert list(second.all("a", rel="next")) == []
    assert titles(back) == titles(first)
    for cursor in ("x", "2", "-1", "bnVsbA", "WzEsMl0", "999999999999999999999"):
        assert titles(page(client, f"/activities/?q=观星夜&sort=relevance&cursor={cursor}")) == titles(first)


def test_where_nothing_has_all_the_words_those_that_have_some_are_a_step_away(client, page, titles, publish):
    publish("市民观星夜", **at(17))
    publish("讲座", summary="观星", **at(16))
    nothing = page(client, "/activities/?q=观星夜晚")
    assert nothing.one(class_="empty").text.startswith("没有一场活动写全这些词")

    found = page(client, nothing.one(class_="empty").one("a")["href"])

    assert titles(found) == ["市民观星夜"]
    assert "没有一场活动写全这些词，下面是写到一部分的" in found.text
    assert titles(page(client, "/activities/?q=机器人&sort=relevance")) == []


def test_on_a_day_with_conditions_it_is_the_same(client, page, titles, publish):
    publish("集市", summary="观星夜", fields=["health"], **at(17, 8))
    publish("观星夜", fields=["health"], **at(17, 10))
    publish("观星夜（加场）", fields=["health"], **at(18, 10))
    query = "q=观星夜&day=2023-09-17&place=441900&field=health&sort=relevance"
    assert titles(page(client, f"/activities/?{query}")) == ["观星夜", "集市"]


def test_the_queries_do_not_grow(client, publish, django_assert_num_queries):
    for rows in (1, 30):
        for n in range(rows):
            publish(f"观星夜第{n:02}场", **at(17))
        for words in ("观星夜", "观星夜晚"):
            asked = f"/activities/?{urlencode({'q': words, 'sort': 'relevance'})}"
            client.get(asked)
            with django_assert_num_queries(7):
                assert client.get(asked).status_code == 200
