"""What visitors read of how to come, of places and of accessibility: on the page, in lists, and in what machines take."""

import csv
import io
import json
from datetime import timedelta

import pytest

from kepu.activities.actions import tell_places
from kepu.activities.workflow import State
from kepu.web.portal.activities import storing
from tests.factories.notices import china

AT = china(2023, 9, 1)
BOOKED = {
    "taking_part": "booking", "booking_link": "https://book.example.cn/7", "booking_note": "也可打场馆电话", "capacity": 50,
    "accessibility": ["wheelchair", "sign_language"], "accessibility_note": "从东门进",
}  # fmt: skip
WHEELS = {"taking_part": "walk_in", "accessibility": ["wheelchair"]}


@pytest.fixture
def three(publish):
    """One to be booked, one to walk into, one only for groups."""
    booked = publish("要预约的", **BOOKED)
    publish("直接来的", **WHEELS)
    publish("团体的", taking_part="groups")
    return booked


def ticket(found):
    return {row.one("dt").text: row.one("dd").text for row in found.one(class_="ticket").children}


def facets(found, title):
    """The choices of one kind, each with its number."""
    (section,) = (part for part in found.all("section") if part["aria-labelledby"] == f"f-{title}")
    return [link.text for link in section.all("a")]


def event_of(found):
    return json.loads(next(s for s in found.all("script") if s["type"] == "application/ld+json").text)


@pytest.mark.parametrize("drawn", [False, True])
def test_nobody_is_led_to_book_what_is_over(client, page, publish, monkeypatch, drawn):
    activity = publish("走进中医药", **BOOKED)
    if drawn:
        storing.store([activity.pk], at=AT)

    def link():
        found = page(client, f"/activities/{activity.pk}/")
        return next(a for a in found.all("a") if a["href"] == BOOKED["booking_link"])

    for at, hidden in ((activity.ends_at - timedelta(seconds=1), False), (activity.ends_at, True)):
        monkeypatch.setattr("kepu.core.clock.now", lambda at=at: at)
        assert link().has("hidden") == hidden


def test_the_page_says_how_to_come_and_once_full_leads_nowhere(client, page, publish, world):
    activity = publish("走进中医药", **BOOKED)
    address = f"/activities/{activity.pk}/"
    found = page(client, address)
    said = ticket(found)
    assert said["怎么参加"] == "线下 · 需要预约 也可打场馆电话 到 book.example.cn 预约"
    assert (said["名额"], said["无障碍"]) == ("50人", "轮椅可以进出、手语翻译 从东门进")
    link = next(a for a in found.all("a") if a["href"] == BOOKED["booking_link"])
    assert link["rel"] == "noopener nofollow external"

    tell_places(activity, full=True, by=world.filer, at=AT)

    found = page(client, address)
    assert ticket(found)["名额"] == "50人 名额已满"
    assert ticket(found)["怎么参加"] == "线下 · 需要预约 也可打场馆电话"
    assert "名额已满" in found.one(class_="activity-head").text
    assert BOOKED["booking_link"] not in [a["href"] for a in found.all("a")]


def test_search_engines_are_told(client, publish, world):
    activity = publish("走进中医药", **BOOKED)

    def event():
        html = client.get(f"/activities/{activity.pk}/").content.decode()
        return json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])

    said = event()
    assert (said["maximumAttendeeCapacity"], "remainingAttendeeCapacity" in said) == (50, False)
    assert said["offers"] == {
        "@type": "Offer", "availability": "https://schema.org/InStock", "url": BOOKED["booking_link"]
    }  # fmt: skip
    assert said["location"]["amenityFeature"][0] == {
        "@type": "LocationFeatureSpecification", "name": "轮椅可以进出", "value": True
    }  # fmt: skip
    tell_places(activity, full=True, by=world.filer, at=AT)
    said = event()
    assert (said["remainingAttendeeCapacity"], said["offers"]["availability"]) == (
        0,
        "https://schema.org/SoldOut",
    )


def test_lists_find_what_has_places_and_what_is_accessible(client, page, titles, three, world):
    def listed(query):
        return titles(page(client, f"/activities/?{query}"))

    found = page(client, "/activities/")
    assert facets(found, "vacant") == ["有名额 2"]
    assert facets(found, "access") == ["有无障碍安排 2", "轮椅可以进出 2", "手语翻译 1"]
    assert listed("vacant=1") == listed("q=有名额") == ["要预约的", "直接来的"]
    assert listed("access=sign_language") == ["要预约的"]
    assert listed("access=any&vacant=1") == listed("q=无障碍&vacant=1") == ["要预约的", "直接来的"]
    assert listed("q=轮椅+直接来") == ["直接来的"]

    tell_places(three, full=True, by=world.filer, at=AT)

    found = page(client, "/activities/")
    assert facets(found, "vacant") == ["有名额 1"]
    marks = [mark.text for mark in found.all(class_="event-marks")]
    assert marks == ["名额已满 无障碍", "无障碍", ""]
    assert listed("vacant=1") == ["直接来的"]
    chips = [chip.text for chip in page(client, "/activities/?vacant=1&access=wheelchair").all(class_="chip")]
    assert chips == ["去掉条件： 有名额", "去掉条件： 轮椅可以进出"]


def test_machines_read_and_ask_the_same(client, three, world):
    tell_places(three, full=True, by=world.filer, at=AT)
    (row,) = csv.DictReader(
        io.StringIO(client.get("/activities.csv?access=sign_language").content.decode("utf-8-sig"))
    )
    assert [row[name] for name in ("参加方式", "预约网址", "怎么预约", "名额", "名额已满", "无障碍")] == [
        "需要预约", BOOKED["booking_link"], "也可打场馆电话", "50", "是", "轮椅可以进出、手语翻译、从东门进",
    ]  # fmt: skip
    (one,) = client.get("/api/v1/activities?access=sign_language").json()["items"]
    assert {name: one[name] for name in BOOKED} | {"full": one["full"]} == {**BOOKED, "full": True}
    assert [it["title"] for it in client.get("/api/v1/activities?vacant=1").json()["items"]] == ["直接来的"]
    (fed,) = client.get("/activities.json?access=sign_language").json()["items"]
    assert (fed["_kepu"]["full"], fed["_kepu"]["taking_part"]) == (True, "booking")
    assert client.get("/api/v1/activities?access=wings").status_code == 400
    words = {it["code"]: it["terms"] for it in client.get("/api/v1/vocabularies").json()["items"]}
    assert [term["code"] for term in words["taking_part"]] == ["walk_in", "booking", "groups"]
    assert words["access"][0]["name"] == "轮椅可以进出"


def test_the_cancelled_has_no_places(client, page, titles, publish):
    publish("取消了的", State.CANCELLED, **BOOKED)
    found = page(client, "/activities/")
    assert [
        part["aria-labelledby"] for part in found.all("section") if part["aria-labelledby"] == "f-vacant"
    ] == []
    assert titles(page(client, "/activities/?vacant=1")) == []
