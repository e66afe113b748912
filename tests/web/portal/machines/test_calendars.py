"""The list as a calendar, read back by another program."""

import pytest
from icalendar import Calendar

from kepu.activities.actions import cancel_activity, postpone_activity
from kepu.activities.workflow import State
from kepu.web.portal.machines import calendars
from tests.factories.notices import china


def at(day, hour=9, month=9):
    return {"starts_at": china(2023, month, day, hour), "ends_at": china(2023, month, day, hour + 2)}


SESSIONS = [
    {"title": f"第{n}站", "starts_at": china(2023, 9, day, 9).isoformat(), "ends_at": china(2023, 9, day, 11).isoformat()}
    for n, day in ((1, 16), (2, 20))
]  # fmt: skip


@pytest.fixture
def calendar(client):
    def read(query=""):
        response = client.get(f"/activities.ics{query and '?' + query}")
        assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
        return Calendar.from_ical(response.content)

    return read


def test_it_is_named_and_says_how_often_to_look(world, calendar):
    found = calendar("place=441900&mode=offline")
    assert found["X-WR-CALNAME"] == found["NAME"] == "东莞市 · 线下 · 2023年全国科普日"
    assert (found["METHOD"], found["X-PUBLISHED-TTL"].to_ical()) == ("PUBLISH", b"PT3H")
    assert (found["REFRESH-INTERVAL"].to_ical(), found["REFRESH-INTERVAL"].params["VALUE"]) == (
        b"PT3H",
        "DURATION",
    )
    assert found.events == []


def test_each_session_is_an_event_with_an_id_that_stays(publish, calendar, client, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    tour = publish("巡展", arrangement="tour", sessions=SESSIONS, **at(16))
    once = publish("讲座", **at(18))

    found = {str(event["UID"]): event for event in calendar().events}

    codes = [session["code"] for session in tour.publication.content["sessions"]]
    assert list(found) == [
        *(f"activity-{tour.pk}-{code}@kepu.example.cn" for code in codes), f"activity-{once.pk}@kepu.example.cn",
    ]  # fmt: skip
    assert [str(event["SUMMARY"]) for event in found.values()] == ["巡展 第1站", "巡展 第2站", "讲座"]
    assert [event.start for event in found.values()] == [china(2023, 9, day, 9) for day in (16, 20, 18)]
    alone = Calendar.from_ical(client.get(f"/activities/{once.pk}.ics").content).events[0]
    assert str(alone["UID"]) in found


def test_of_some_days_only_the_sessions_of_those_days(publish, calendar):
    publish("巡展", arrangement="tour", sessions=SESSIONS, **at(16))
    assert [str(event["SUMMARY"]) for event in calendar("when=weekend").events] == ["巡展 第1站"]


def test_what_began_earlier_and_is_on_today_is_there(publish, calendar):
    publish("展览", starts_at=china(2023, 9, 10, 9), ends_at=china(2023, 9, 20, 17))
    publish("讲座", **at(18))
    publish("昨天的", **at(10))
    assert [str(event["SUMMARY"]) for event in calendar().events] == ["展览", "讲座"]


def test_what_is_cancelled_is_taken_off(publish, calendar):
    publish("走进中医药", State.CANCELLED)
    (event,) = calendar().events
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 2)


def test_what_waits_for_its_time_is_not_there(publish, calendar, world):
    activity = publish("走进中医药")
    postpone_activity(activity, reason="台风", by=world.filer, at=china(2023, 9, 1))
    assert calendar().events == []


def test_the_same_activities_are_the_same_bytes(publish, client, clock):
    publish("走进中医药")
    first = client.get("/activities.ics").content
    clock(china(2023, 9, 13, 10))
    assert client.get("/activities.ics").content == first


def test_the_way_on_stands_in_a_header(publish, client):
    for day in range(12, 15):
        publish(f"{day}日的", **at(day))
    link = client.get("/activities.ics?size=2")["Link"]
    assert link.endswith('>; rel="next"')
    following = link[1:].partition(">")[0].removeprefix("http://localhost:8000")
    response = client.get(following)
    assert [str(e["SUMMARY"]) for e in Calendar.from_ical(response.content).events] == ["14日的"]
    assert "Link" not in response


def test_an_event_is_drawn_once_for_each_copy(publish, client, world, monkeypatch):
    activity = publish("走进中医药")
    publish("观星夜", **at(18))
    drawn = []
    draw = calendars._draw
    monkeypatch.setattr(calendars, "_draw", lambda one, at: drawn.append(one.title) or draw(one, at))

    first = client.get("/activities.ics").content
    assert client.get("/activities.ics?when=weekend&mode=offline").status_code == 200
    assert (client.get("/activities.ics").content, drawn) == (first, ["走进中医药", "观星夜"])

    cancel_activity(activity, reason="台风", by=world.filer, at=china(2023, 9, 11, 9))
    assert b"STATUS:CANCELLED" in client.get("/activities.ics").content
    assert drawn == ["走进中医药", "观星夜", "走进中医药"]
