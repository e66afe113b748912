"""Atom and JSON Feed, read by a reader of other people's making; the same activities as the list, in its order."""

import json
from datetime import UTC, datetime
from xml.dom import minidom

import feedparser
import pytest

from kepu.activities.actions import publish_activity
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from tests.factories.notices import china

HOSTILE = 'a]]>b <b onclick="x()">&amp;</b> \x00\x07\x1b\x0b\ufffe\ufdd0 😀 \u202eRTL\u2069 \u2028行 "引号"'
SHOWN = 'a]]>b <b onclick="x()">&amp;</b>  😀 \u202eRTL\u2069 \u2028行 "引号"'


def at(day, hour=9):
    return {"starts_at": china(2023, 9, day, hour), "ends_at": china(2023, 9, day, hour + 2)}


@pytest.fixture
def atom(client):
    """``atom("place=441900")``: the feed as a reader reads it, which has nothing to complain of."""

    def read(query=""):
        response = client.get(f"/activities.atom{query and '?' + query}")
        assert (response.status_code, response["Content-Type"]) == (
            200,
            "application/atom+xml; charset=utf-8",
        )
        found = feedparser.parse(response.content)
        assert (found.bozo, found.version) == (False, "atom10")
        return found

    return read


@pytest.fixture
def feed(client):
    def read(query=""):
        response = client.get(f"/activities.json{query and '?' + query}")
        assert (response.status_code, response["Content-Type"]) == (
            200,
            "application/feed+json; charset=utf-8",
        )
        return json.loads(response.content)

    return read


def test_before_any_season_a_feed_is_empty(client, db, clock, atom, feed):
    assert (atom().entries, feed()["items"]) == ([], [])
    assert atom().feed.title == feed()["title"] == "全国 · 全国科普日"


def test_a_feed_lists_what_the_page_lists_in_its_order(publish, atom, feed):
    publish("第二天", **at(18))
    publish("第一天", **at(17))
    publish("取消了的", State.CANCELLED, **at(19))
    publish("没有公布的", State.APPROVED, **at(17))

    for query, titles in {
        "": ["第一天", "第二天", "取消了的"], "when=weekend": ["第一天"], "mode=online": [],
    }.items():  # fmt: skip
        assert sorted(entry.title for entry in atom(query).entries) == sorted(titles)
        assert [item["title"] for item in feed(query)["items"]] == titles


def test_a_reader_of_news_gets_the_newest_first_where_no_day_is_asked_for(publish, atom, feed, world):
    publish("先公布，先举办", **at(16))
    late = publish("后公布，后举办", State.APPROVED, **at(17))
    publish_activity(late, by=world.filer, at=china(2023, 9, 10))

    news, days = ["后公布，后举办", "先公布，先举办"], ["先公布，先举办", "后公布，后举办"]
    assert [entry.title for entry in atom().entries] == news
    assert [entry.title for entry in atom("when=weekend").entries] == days
    assert [item["title"] for item in feed("sort=new")["items"]] == news
    assert [item["title"] for item in feed()["items"]] == days


def test_an_entry_says_when_where_and_by_whom(publish, atom, feed, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    activity = publish("走进中医药", summary="讲座\n和体验")
    page = f"https://kepu.example.cn/activities/{activity.pk}/"

    (entry,) = atom().entries
    (item,) = feed()["items"]

    lines = [
        "时间：2023年9月17日 周日 9:00—17:00", "地点：广东省东莞市石龙镇 石龙中学礼堂", "举办单位：石龙中学", "讲座", "和体验",
    ]  # fmt: skip
    assert (entry.id, entry.link, entry.author) == (page, page, "石龙中学")
    assert entry.summary == "<br />".join(lines)
    assert entry.published_parsed[:6] == entry.updated_parsed[:6] == (2023, 8, 28, 1, 0, 0)
    assert [tag.term for tag in entry.tags] == item["tags"] == ["健康"]
    assert (item["id"], item["url"], item["content_text"]) == (page, page, "\n".join(lines))
    assert item["authors"] == [{"name": "石龙中学"}]
    assert item["_kepu"] == {
        "id": activity.pk, "when": "2023年9月17日 周日 9:00—17:00", "starts_at": "2023-09-17T09:00:00+08:00",
        "ends_at": "2023-09-17T17:00:00+08:00", "time_pending": False, "status": "on", "mode": "offline",
        "where": "广东省东莞市石龙镇 石龙中学礼堂", "taking_part": "", "full": False, "accessibility": [],
    }  # fmt: skip


def test_what_is_cancelled_says_so_first(publish, atom, feed):
    publish("走进中医药", State.CANCELLED)
    assert atom().entries[0].summary.startswith("取消<br />台风<br />")
    assert feed()["items"][0]["content_text"].startswith("取消\n台风\n")


def test_a_feed_is_called_by_what_was_asked(world, publish, atom, feed):
    publish("走进中医药")
    for query, name in (
        ("", "全国"), ("place=441900", "东莞市"), ("place=441900&mode=offline&when=weekend", "本周末 · 东莞市 · 线下"),
        ("place=441900&lang=en&mode=offline", "东莞市 · On site"),
    ):  # fmt: skip
        assert atom(query).feed.title == feed(query)["title"]
        assert feed(query)["title"].startswith(f"{name} · ")


def test_hostile_texts_stay_text(publish, atom, feed, client):
    activity = publish("标题")
    row = Publication.objects.get(pk=activity.pk)
    content = {**row.content, "summary": HOSTILE, "venue": HOSTILE}
    title = HOSTILE.replace("\x00", "")  # no database keeps it
    Publication.objects.filter(pk=activity.pk).update(
        title=title, host_name=title, content={**content, "summary": title, "venue": title}
    )

    assert minidom.parseString(client.get("/activities.atom").content).documentElement.tagName == "feed"
    (entry,) = atom().entries
    assert (entry.title, entry.author) == (SHOWN, SHOWN)
    assert "onclick" not in entry.summary.replace("&lt;b onclick", "")
    (item,) = feed()["items"]
    assert (item["title"], item["summary"]) == (SHOWN, SHOWN)


def test_a_list_goes_on_from_page_to_page(publish, client, feed, atom):
    for day in range(12, 19):
        publish(f"{day}日的", **at(day))

    seen, address = [], "/activities.json?size=3&mode=offline"
    while address:
        said = json.loads(client.get(address).content)
        seen += [item["title"] for item in said["items"]]
        address = said.get("next_url", "").removeprefix("http://localhost:8000")

    assert seen == [f"{day}日的" for day in range(12, 19)]
    following = [link.href for link in atom("size=3").feed.links if link.rel == "next"]
    later = feedparser.parse(client.get(following[0].removeprefix("http://localhost:8000")).content)
    assert later.entries[0].title == "15日的"
    assert [link.rel for link in atom("size=7").feed.links if link.rel == "next"] == []


def test_of_several_days_an_activity_comes_once(publish, feed):
    publish("展览", starts_at=china(2023, 9, 16, 9), ends_at=china(2023, 9, 17, 17))
    publish("讲座", **at(16))
    assert [item["title"] for item in feed("when=weekend")["items"]] == ["展览", "讲座"]


def test_an_empty_feed_is_the_same_tomorrow(client, world, clock):
    first = client.get("/activities.atom")["ETag"]
    clock(china(2023, 9, 12, 10))
    assert client.get("/activities.atom")["ETag"] == first


@pytest.mark.parametrize(
    ("ending", "plain", "asking"), [("atom", 4, 5), ("json", 3, 5), ("csv", 3, 5), ("ics", 4, 6)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_long(
    client, publish, ending, plain, asking, count, django_assert_num_queries
):
    """What asks for more than a place and a time, or for the newest first, is found by the search table first."""
    for day in range(count):
        publish(f"第{day}场", **at(15 + day))
    client.get("/activities/")  # the rule book is warm
    with django_assert_num_queries(plain):
        client.get(f"/activities.{ending}")
    with django_assert_num_queries(asking):
        client.get(f"/activities.{ending}?place=441900&field=health")


@pytest.mark.parametrize("ending", ["atom", "json", "csv", "ics"])
def test_anybody_may_keep_and_read_it(client, publish, ending, settings):
    activity = publish("走进中医药")
    client.cookies["kepu_session"], client.cookies["kepu_language"] = "somebody", "en"

    first = client.get(f"/activities.{ending}")
    again = client.get(f"/activities.{ending}", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"].startswith("public, max-age=")
    assert (first["Access-Control-Allow-Origin"], first["Content-Language"]) == ("*", "zh-hans")
    assert "Access-Control-Allow-Credentials" not in first
    assert (first["X-Robots-Tag"], first.cookies) == ("noindex", {})
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")

    Publication.objects.filter(pk=activity.pk).update(
        title="走进西医药", updated_at=datetime(2023, 9, 1, tzinfo=UTC)
    )
    assert client.get(f"/activities.{ending}", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("ending", ["atom", "json", "csv", "ics"])
def test_it_comes_packed_where_that_is_understood(client, publish, ending):
    for day in range(12, 19):
        publish(f"{day}日的", **at(day))
    packed = client.get(f"/activities.{ending}", headers={"Accept-Encoding": "gzip"})
    plain = client.get(f"/activities.{ending}")
    assert (packed["Content-Encoding"], packed.content[:2]) == ("gzip", b"\x1f\x8b")
    assert len(packed.content) < len(plain.content) / 2
    tag = packed["ETag"]
    assert (
        client.get(
            f"/activities.{ending}", headers={"Accept-Encoding": "gzip", "If-None-Match": tag}
        ).status_code
        == 304
    )
