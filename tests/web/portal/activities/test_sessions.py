"""An activity of several sessions before the public: every day and every stop is found, and it is one activity all the same."""

import json
import re
from datetime import timedelta

import pytest

from kepu.activities.actions import postpone_activity
from kepu.activities.models import PublicationDay
from kepu.activities.sessions import cleaned_sessions
from kepu.core import tallies
from tests.factories.activities import PUBLISHED
from tests.factories.notices import china
from tests.factories.orgs import a_place


@pytest.fixture
def elsewhere(world):
    """A county of another city of the province."""
    city = a_place("441300", "惠州市", kind="city", parent=world.province)
    return a_place("441322", "博罗县", kind="county", parent=city)


@pytest.fixture
def tour(publish, elsewhere):
    sessions = [
        {"title": "第一站", "starts_at": china(2023, 9, 16, 9), "ends_at": china(2023, 9, 16, 11)},
        {"title": "第二站", "starts_at": china(2023, 9, 17, 14), "ends_at": china(2023, 9, 17, 16), "place_id": elsewhere.pk, "venue": "罗阳街道广场"},
        {"title": "第二站加场", "starts_at": china(2023, 9, 17, 19), "ends_at": china(2023, 9, 17, 20), "place_id": elsewhere.pk, "venue": "罗阳街道广场"},
        {"title": "第三站", "starts_at": china(2023, 9, 23, 9), "ends_at": china(2023, 9, 23, 11), "note": "雨天改室内"},
    ]  # fmt: skip
    return publish("科普大篷车", arrangement="tour", sessions=cleaned_sessions(sessions))


def lines(client, page, query):
    found = page(client, f"/activities/?{query}")
    return [
        (row.one(class_="event-title").text, row.one(class_="event-time").text)
        for row in found.all(class_="event")
    ]


def test_each_day_lists_the_session_of_that_day_where_it_is(client, page, tour):
    assert lines(client, page, "day=2023-09-16") == [("科普大篷车", "9:00—11:00")]
    assert lines(client, page, "day=2023-09-17") == [("科普大篷车", "14:00—16:00 当天共2场")]
    assert lines(client, page, "day=2023-09-17&place=441322") == [("科普大篷车", "14:00—16:00 当天共2场")]
    assert lines(client, page, "day=2023-09-16&place=441322") == []
    assert lines(client, page, "day=2023-09-20") == []  # between two stops nothing is on


def test_a_weekend_lists_both_of_its_days(client, page, tour):
    assert [time for _title, time in lines(client, page, "when=weekend")] == [
        "9:00—11:00",
        "14:00—16:00 当天共2场",
    ]


def test_two_stops_on_one_day_are_found_in_both_counties(client, page, publish, elsewhere):
    sessions = [
        {"starts_at": china(2023, 9, 17, 9), "ends_at": china(2023, 9, 17, 11)},
        {"starts_at": china(2023, 9, 17, 9), "ends_at": china(2023, 9, 17, 11), "place_id": elsewhere.pk},
    ]
    publish("两地同时开讲", arrangement="series", sessions=cleaned_sessions(sessions))

    assert lines(client, page, "day=2023-09-17&place=441322") == [("两地同时开讲", "9:00—11:00")]
    assert lines(client, page, "day=2023-09-17&place=441900") == [("两地同时开讲", "9:00—11:00")]
    assert len(lines(client, page, "day=2023-09-17")) == 2


def test_its_page_tells_every_session(client, page, tour, clock):
    clock(china(2023, 9, 17, 10))
    found = page(client, f"/activities/{tour.pk}/")

    assert "巡回（多站），共4场" in found.one(class_="ticket").text
    assert [li.text for li in found.one(class_="sessions").all("li")] == [
        "9月16日 周六 9:00—11:00 第一站 已结束",
        "9月17日 周日 14:00—16:00 第二站 广东省惠州市博罗县 罗阳街道广场",
        "9月17日 周日 19:00—20:00 第二站加场 广东省惠州市博罗县 罗阳街道广场",
        "9月23日 周六 9:00—11:00 第三站 雨天改室内",
    ]
    assert found.one(class_="ticket").text.startswith("时间 2023年9月16日 周六 9:00 至 9月23日 周六 11:00")


def test_a_reader_who_has_the_page_gets_a_new_one_when_a_session_is_over(client, tour, clock):
    clock(china(2023, 9, 17, 15, 59))
    seen = client.get(f"/activities/{tour.pk}/")
    clock(china(2023, 9, 17, 16))
    again = client.get(f"/activities/{tour.pk}/", headers={"if-none-match": seen["ETag"]})
    assert (again.status_code, again.content.decode().count("已结束")) == (200, 2)


def test_it_is_found_by_what_its_stops_are_called(client, page, titles, tour):
    assert titles(page(client, "/activities/?q=罗阳街道")) == ["科普大篷车"]


def test_a_calendar_takes_every_session_and_machines_read_them(client, tour):
    calendar = client.get(f"/activities/{tour.pk}.ics").content.decode().replace("\r\n ", "")
    assert re.findall(r"UID:activity-\d+-(s\d)@", calendar) == ["s1", "s2", "s3", "s4"]
    assert re.findall(r"SUMMARY:(.*)\r", calendar)[1] == "科普大篷车 第二站"
    assert re.findall(r"LOCATION:(.*)\r", calendar)[:2] == [
        "广东省东莞市石龙镇 石龙中学礼堂", "广东省惠州市博罗县 罗阳街道广场",
    ]  # fmt: skip

    script = re.search(
        r'<script type="application/ld\+json">(.*?)</script>',
        client.get(f"/activities/{tour.pk}/").content.decode(),
    )
    events = json.loads(script[1])["subEvent"]
    assert [(e["name"], e["startDate"]) for e in events][2] == ("第二站加场", "2023-09-17T19:00:00+08:00")
    assert events[1]["location"]["name"] == "罗阳街道广场"


def test_postponed_all_its_sessions_move_with_the_first(tour, world):
    postpone_activity(tour, reason="台风", starts_at=china(2023, 9, 30, 9), by=world.filer, at=PUBLISHED)

    days = PublicationDay.objects.filter(publication_id=tour.pk).order_by("day").values_list("day", flat=True)
    assert [f"{day:%m-%d}" for day in days] == ["09-30", "10-01", "10-07"]
    assert (tour.starts_at, tour.ends_at - tour.starts_at) == (
        china(2023, 9, 30, 9),
        timedelta(days=7, hours=2),
    )


def test_it_is_counted_once(tour, world):
    assert tallies.in_place(world.season.pk, world.nation.path)["activity.published", ""] == 1
