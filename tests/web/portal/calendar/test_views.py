"""The calendar: a month by the day, a day by the hour, bounded however much is on."""

import pytest

from kepu.activities.models import PublicationDay
from kepu.activities.workflow import State
from kepu.web.portal.calendar import hours
from tests.factories.notices import china
from tests.factories.orgs import a_place


def at(day, hour=9, length=2, month=9):
    return {"starts_at": china(2023, month, day, hour), "ends_at": china(2023, month, day, hour + length)}


@pytest.fixture
def days():
    """``days(page)``: the days on which something is on, and how many."""

    def said(found):
        return {
            a.one(class_="month-day").text: a.one(class_="month-count").text
            for a in found.one("table").all("a")
        }

    return said


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/calendar/").one(class_="empty").text.startswith("还没有开设届次")


def test_a_month_counts_what_is_on_on_each_day(client, page, publish, days):
    publish("讲座", **at(16))
    publish("另一场", **at(16, 14))
    publish("展览", starts_at=china(2023, 9, 16, 9), ends_at=china(2023, 9, 18, 17))
    publish("还没有发布", State.APPROVED, **at(20))
    publish("下个月的", **at(3, month=10))

    found = page(client, "/calendar/")

    assert found.h1 == "2023年9月的活动"
    assert days(found) == {"16": "3", "17": "1", "18": "1"}
    links = {a["aria-label"]: a["href"] for a in found.one("table").all("a")}
    assert links["9月16日 周六，3场活动"] == "/calendar/?day=2023-09-16"
    assert found.one("td", aria_current="date").text.startswith("11")
    assert [th.text for th in found.one("table").all("th")][:2] == ["周一", "周二"]
    assert days(page(client, "/calendar/?month=2023-10")) == {"3": "1"}


def test_an_empty_month_says_so(client, page, world):
    assert page(client, "/calendar/").one(class_="empty").one("h2").text == "这个月没有活动"


def test_a_place_counts_its_own(client, page, publish, world, days):
    a_place("441900104", "茶山镇", parent=world.city)
    publish("讲座", **at(16))

    for code, expected in (
        ("440000", {"16": "1"}),
        ("441900", {"16": "1"}),
        ("441900103", {"16": "1"}),
        ("441900104", {}),
    ):
        assert days(page(client, f"/calendar/?place={code}")) == expected
    town = page(client, "/calendar/?day=2023-09-16&place=441900104")
    assert town.one(class_="empty").one("h2").text == "这一天没有活动"


def test_a_day_goes_from_morning_to_night(client, page, publish):
    publish("晚上的", **at(16, 19))
    publish("早上的", **at(16, 9))
    publish("九点半的", starts_at=china(2023, 9, 16, 9, 30), ends_at=china(2023, 9, 16, 11))
    publish("展览", starts_at=china(2023, 9, 15, 9), ends_at=china(2023, 9, 18, 17))
    publish("零点的", **at(16, 0))
    publish("第二天的", **at(17))

    found = page(client, "/calendar/?day=2023-09-16")

    assert hours_of(found) == {
        "前几天开始，今天还在办": ["展览"], "0:00": ["零点的"], "9:00": ["早上的", "九点半的"], "19:00": ["晚上的"],
    }  # fmt: skip
    assert [a["href"] for a in found.one(class_="hour-jump").all("a")] == [
        "#hour-before", "#hour-0", "#hour-9", "#hour-19"
    ]  # fmt: skip
    nav = [(a.text, a["href"]) for a in found.one("nav", aria_label="换一天").all("a")]
    assert nav == [
        ("前一天", "/calendar/?day=2023-09-15"), ("看整个月", "/calendar/?month=2023-09"), ("后一天", "/calendar/?day=2023-09-17"),
    ]  # fmt: skip


def hours_of(found):
    return {
        section.one("h2").text: [title.text for title in section.all(class_="hour-title")]
        for section in found.all(class_="hour")
    }


def test_a_full_hour_shows_the_first_and_leads_on_to_the_rest(client, page, publish, titles):
    for n in range(hours.IN_AN_HOUR + 3):
        publish(f"第{n}场", starts_at=china(2023, 9, 16, 9, n), ends_at=china(2023, 9, 16, 11))
    publish("十点的", **at(16, 10))

    found = page(client, "/calendar/?day=2023-09-16")

    assert hours_of(found)["9:00"] == [f"第{n}场" for n in range(hours.IN_AN_HOUR)]
    nine = found.one(id="hour-9").inside("section")
    assert nine.one(class_="hour-head").one("p").text == "9场"
    rest = nine.one(class_="hour-rest").one("a")
    assert rest.text == "接着看9:00以后其余的"
    assert titles(page(client, rest["href"])) == ["第6场", "第7场", "第8场", "十点的"]


def test_counting_ends_where_nobody_counts_any_more(client, page, publish, world):
    activity = publish("很多场", **at(16))
    row = PublicationDay.objects.get(publication_id=activity.pk)
    copies = []
    for n in range(120):  # as many rows as an hour never has in a test that publishes each
        copies.append(PublicationDay(
            publication_id=row.publication_id, season_id=row.season_id, day=row.day, starts_at=row.starts_at, ends_at=row.ends_at,
            mode=row.mode, province="440000", city="441900", county=f"c{n}",
        ))  # fmt: skip
    PublicationDay.objects.bulk_create(copies)

    nine = page(client, "/calendar/?day=2023-09-16").one(id="hour-9").inside("section")

    assert nine.one(class_="hour-head").one("p").text == "99场以上"
    assert len(list(nine.all(class_="hour-title"))) == hours.IN_AN_HOUR


def test_a_cancelled_one_is_struck_out(client, page, publish):
    publish("不办了", State.CANCELLED, **at(16))
    event = page(client, "/calendar/?day=2023-09-16").one(class_="hour-event")
    assert event.has("data-off")
    assert "已取消" in event.text


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("month=2023-99", "/calendar/"), ("month=1999-01", "/calendar/?month=2023-07"), ("day=2199-12-31", "/calendar/?day=2023-12-31"),
        ("day=1901-01-01", "/calendar/?day=2023-07-01"), ("day=9999-12-31", "/calendar/"), ("day=0001-01-01", "/calendar/"), ("day=x&place=999999", "/calendar/"),
        ("q=中医&mode=online", "/calendar/"), ("day=2023-09-16&month=2023-08", "/calendar/?day=2023-09-16"),
    ],
)  # fmt: skip
def test_what_is_not_meant_is_put_right(client, world, query, meant):
    response = client.get(f"/calendar/?{query}")
    assert response.status_code == 302
    where = response["Location"]
    if "month" in meant or "day" in meant:  # the world's season decides how far months go
        assert where.split("=")[0] == meant.split("=")[0]
        assert client.get(where).status_code == 200
    else:
        assert where == meant


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("", 3),
        ("?place=441900", 5),
        ("?place=441900103", 5),
        ("?day=2023-09-16", 4),
        ("?day=2023-09-16&place=441900", 6),
    ],
)
def test_the_queries_are_fixed(client, publish, django_assert_num_queries, query, n):
    for k in range(3):
        publish(f"第{k}场", **at(16, 9 + k))
        with django_assert_num_queries(n):
            client.get(f"/calendar/{query}")
