"""The cloud hall: each thing online in exactly the list where it belongs at this instant, with host, state and link."""

from datetime import timedelta

import pytest

from kepu.activities.models import LinkHost, OnlineLink
from kepu.activities.workflow import State
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_place

ONLINE = {
    "mode": "online",
    "online_link": "https://live.example.cn/room/7",
    "participants_expected": 200,
    "venue": "",
}
MEANS = {
    "code": "online_means", "title": "线上方式",
    "items": [{"code": "live", "label": "直播"}, {"code": "vr", "label": "VR", "label_en": "virtual reality"}],
}  # fmt: skip
NOW = china(2023, 9, 17, 10)


@pytest.fixture
def online(publish):
    """``online("观星", (17, 9), (17, 12))``: published, online, from one (day, hour) of September to another."""

    def published(title, starts=(17, 9), ends=(17, 12), state=State.PUBLISHED, **changes):
        times = {"starts_at": china(2023, 9, *starts), "ends_at": china(2023, 9, *ends)}
        return publish(title, state, **ONLINE | times | changes)

    return published


@pytest.fixture
def lists():
    """``lists(page)``: the titles in each list of the hall."""

    def listed(found):
        return {
            one["data-list"]: [title.text for title in one.all(class_="event-title")]
            for one in found.all(class_="cloud-list")
        }

    return listed


def test_before_any_season_it_says_so(client, page):
    assert page(client, "/cloud/").one(class_="empty").text.startswith("还没有开设届次")


def test_with_nothing_online_it_says_so_and_leads_to_all_activities(client, page, world, publish):
    publish("走进中医药")
    empty = page(client, "/cloud/").one(class_="empty")
    assert empty.text.startswith("还没有线上活动")
    assert empty.one("a")["href"] == "/activities/"


def test_each_stands_where_it_belongs_now(client, page, clock, online, publish, lists):
    online("早课", (17, 9), (17, 10))
    online("正在讲", (17, 9), (17, 12))
    online("刚开始", (17, 10), (17, 11))
    online("下午讲", (17, 14), (17, 15))
    online("云看展", (15, 9), (20, 17))
    online("明天的", (18, 9), (18, 10))
    online("明天的展", (18, 9), (21, 10))
    online("取消的", (17, 9), (17, 12), State.CANCELLED)
    online("没发布的", (17, 9), (17, 12), State.APPROVED)
    online("线上线下", (17, 9), (17, 13), mode="mixed", venue="礼堂", online_expected=20)
    publish("走进中医药")
    clock(NOW)

    assert lists(page(client, "/cloud/")) == {
        "live": ["刚开始", "线上线下", "正在讲"],
        "open": ["云看展"],
        "next": ["下午讲", "明天的", "明天的展"],
        "replay": ["早课"],
    }


@pytest.mark.parametrize(
    ("now", "where"),
    [
        (china(2023, 9, 17, 8, 59), "next"), (china(2023, 9, 17, 9), "live"), (china(2023, 9, 17, 11, 59), "live"),
        (china(2023, 9, 17, 12), "replay"), (china(2023, 12, 1), "replay"), (china(2023, 8, 29), "next"),
    ],
)  # fmt: skip
def test_it_moves_from_list_to_list_to_the_minute(client, page, clock, online, lists, now, where):
    online("观星")
    clock(now)
    assert [name for name, titles in lists(page(client, "/cloud/")).items() if titles] == [where]


def test_a_line_says_place_host_time_state_and_leads_to_the_activity_and_on(client, page, clock, online):
    activity = online("观星", topics=["live"])
    clock(NOW)
    row = page(client, "/cloud/").one(class_="cloud-row")

    assert row.text == (
        "9:00—12:00 观星 广东省东莞市石龙镇 石龙中学 正在进行 现在打开 ：观星 live.example.cn"
    )
    assert [(a["href"], a["rel"]) for a in row.all("a")] == [
        (f"/activities/{activity.pk}/", ""), ("https://live.example.cn/room/7", "noopener nofollow external")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "word", "opens"),
    [
        (china(2023, 9, 17, 8), "还没开始", []),
        (china(2023, 9, 17, 10), "正在进行", ["现在打开 ：观星"]),
        (china(2023, 9, 17, 13), "已结束，可以看看有没有回放", ["打开回看 ：观星"]),
    ],
)
def test_what_to_expect_behind_the_link(client, page, clock, online, now, word, opens):
    online("观星")
    clock(now)
    row = page(client, "/cloud/").one(class_="cloud-row")
    assert row.one(class_="badge").text == word
    assert [a.text for a in row.all(class_="button")] == opens


def test_a_link_that_does_not_open_says_so_once_the_host_knows(client, page, clock, online):
    told, trying = online("坏了的"), online("还在试的")
    host = LinkHost.objects.create(name="live.example.cn")
    for activity, told_at in ((told, NOW), (trying, None)):
        OnlineLink.objects.create(
            activity=activity, host=host, url="https://live.example.cn/room/7", failures=4, outcome="gone",
            failing_since=NOW - timedelta(hours=2), told_at=told_at,
        )  # fmt: skip
    clock(NOW)
    broken = {
        row.one(class_="event-title").text: [one.text for one in row.all(class_="cloud-broken")]
        for row in page(client, "/cloud/").all(class_="cloud-row")
    }
    assert broken == {"坏了的": ["链接暂时打不开，已告诉举办单位"], "还在试的": []}


def test_only_a_web_address_becomes_a_link(client, page, clock, online):
    from kepu.activities.models import Publication

    activity = online("观星")
    copy = Publication.objects.get(pk=activity.pk)
    copy.content["online_link"] = "javascript:alert(1)"
    copy.save()
    clock(NOW)
    found = page(client, "/cloud/")
    assert "javascript:" not in found.html
    assert list(found.one(class_="cloud-row").all(class_="button")) == []


def test_a_series_stands_there_by_its_sessions(client, page, clock, online, lists):
    def session(day, hour):
        return {
            "starts_at": china(2023, 9, day, hour).isoformat(), "ends_at": china(2023, 9, day, hour + 1).isoformat(), "title": f"第{day}讲"
        }  # fmt: skip

    online(
        "系列课",
        (17, 9),
        (19, 10),
        arrangement="series",
        sessions=[session(17, 8), session(18, 8), session(19, 8)],
    )
    clock(NOW)
    assert lists(page(client, "/cloud/")) == {
        "live": [], "open": [], "next": ["系列课", "系列课"], "replay": ["系列课"]
    }  # fmt: skip


# By place


def test_by_place_there_is_what_is_held_there(client, page, clock, online, world, lists):
    online("观星")
    a_place("440300", "深圳市", kind="city", parent=world.province)
    clock(NOW)
    for code in ("440000", "441900", "441900103"):
        found = page(client, f"/cloud/?place={code}")
        assert lists(found)["live"] == ["观星"]
    elsewhere = page(client, "/cloud/?place=440300")
    assert elsewhere.h1 == "云上科普日·深圳市"
    assert elsewhere.one(class_="empty").text.startswith("还没有线上活动")
    trail = page(client, "/cloud/?place=441900").one(class_="facet-trail")
    assert [a["href"] for a in trail.all("a")] == ["/cloud/", "/cloud/?place=440000"]


# By day and by kind


def test_the_strip_counts_each_day_and_leads_to_it(client, page, clock, online, world):
    notice = a_notice(world.season, world.nation, "na")
    week = {
        "code": "concentrated",
        "title": "集中开展",
        "start": {"date": "2023-09-17"},
        "end": {"date": "2023-09-23"},
    }
    a_clause(notice, "NA-06", "window", week)
    online("观星")
    online("云看展", (17, 9), (19, 17))
    online("取消的", state=State.CANCELLED)
    days = list(page(client, "/cloud/").one(class_="cloud-strip").all("a"))
    counts = [day.one(class_="strip-count").text for day in days]
    assert counts == ["2场 线上活动", "1场 线上活动", "1场 线上活动", *["— 没有线上活动"] * 4]
    assert [day["href"] for day in days[:2]] == ["/cloud/?day=2023-09-17", "/cloud/?day=2023-09-18"]


def test_a_day_shows_its_hours_and_what_is_open_all_day(client, page, clock, online, lists):
    online("晚场", (18, 19), (18, 20))
    online("早场", (18, 9), (18, 10))
    online("云看展", (17, 9), (19, 17))
    online("别的一天", (19, 9), (19, 10))
    clock(NOW)
    found = page(client, "/cloud/?day=2023-09-18")
    assert lists(found) == {"day": ["早场", "晚场"], "open": ["云看展"]}
    assert [one.text for one in found.all("h2") if one["id"].startswith("list-")] == [
        "明天，按钟点",
        "明天，整天都能看",
    ]
    assert page(client, "/cloud/?day=2023-11-18").one(class_="empty").text.startswith("这一天没有线上活动")


def test_the_kinds_are_the_notices_own_and_pick_out_theirs(client, page, clock, online, world, lists):
    a_clause(world.season.notices.get(), "DG-33", "list", MEANS)
    online("直播课", topics=["live"])
    online("全景", topics=["vr"])
    online("没说", topics=[])
    clock(NOW)
    found = page(client, "/cloud/?place=441900&kind=vr")
    assert lists(found) == {"day": ["全景"], "open": []}
    kinds = [(a.text, a["href"]) for a in found.one(class_="facet-list").all("a")]
    assert kinds == [("直播", "/cloud/?place=441900&kind=live"), ("VR", "/cloud/?place=441900")]
    assert [badge.text for badge in found.one(class_="cloud-row").all(class_="badge")] == ["正在进行", "VR"]
    client.cookies["kepu_language"] = "en"
    assert "virtual reality" in page(client, "/cloud/?place=441900").text


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("?place=nowhere-at-all", "/cloud/"), ("?place=999999", "/cloud/"), ("?day=2023-13-40", "/cloud/"),
        ("?day=9999-12-31", "/cloud/"), ("?kind=%00", "/cloud/"), ("?cursor=x&x=1", "/cloud/"),
        ("?kind=vr&day=2023-09-17", "/cloud/?day=2023-09-17&kind=vr"), ("?place=CN", "/cloud/"),
    ],
)  # fmt: skip
def test_one_question_has_one_address(client, world, asked, meant):
    response = client.get(f"/cloud/{asked}")
    assert (response.status_code, response["Location"]) == (302, meant)


# The whole lists


@pytest.mark.parametrize("part", ["live", "next", "open", "replay", "day"])
def test_a_whole_list_goes_on_page_by_page(client, page, clock, online, monkeypatch, part):
    monkeypatch.setattr("kepu.web.portal.cloud.finding.coming.__kwdefaults__", {"cursor": "", "size": 2})
    times = {
        "live": [((17, 9), (17, 12))] * 3, "next": [((18, 9), (18, 10)), ((18, 9), (20, 10)), ((24, 9), (24, 10))],
        "open": [((16, 9), (18, 12))] * 3, "replay": [((17, 8), (17, 9)), ((12, 8), (16, 9)), ((11, 8), (11, 9))],
        "day": [((17, 9), (17, 10))] * 3,
    }[part]  # fmt: skip
    for name in ("live", "open_all_day", "of_the_day", "replay"):
        monkeypatch.setattr(f"kepu.web.portal.cloud.finding.{name}.__kwdefaults__", {"cursor": "", "size": 2})
    for n, (starts, ends) in enumerate(times):
        online(f"第{n}场", starts, ends)
    clock(NOW)
    address, seen = f"/cloud/{part}/", []
    while address:
        found = page(client, address)
        seen += [title.text for title in found.all(class_="event-title")]
        address = next((f"/cloud/{part}/{a['href']}" for a in found.all("a", rel="next")), "")
    assert sorted(seen) == ["第0场", "第1场", "第2场"]


def test_a_list_with_more_leads_to_all_of_it(client, page, clock, online):
    for n in range(7):
        online(f"第{n}场")
    clock(NOW)
    found = page(client, "/cloud/?place=441900")
    ways = [a["href"] for head in found.all(class_="list-head") for a in head.all("a")]
    assert ways == ["/cloud/live/?place=441900"]
    whole = page(client, ways[0])
    assert whole.h1 == "云上科普日·东莞市：正在进行"
    assert len(list(whole.all(class_="cloud-row"))) == 7


def test_an_empty_list_says_what_to_do(client, page, world):
    empty = page(client, "/cloud/live/").one(class_="empty")
    assert empty.text.startswith("这里现在是空的 这会儿没有正在进行的。")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/cloud/live/?day=2023-09-17", "/cloud/live/"), ("/cloud/next/?kind=vr&place=441900", "/cloud/next/?place=441900"),
        ("/cloud/open/?place=999999", "/cloud/open/"),
    ],
)  # fmt: skip
def test_a_whole_list_has_one_address_too(client, world, asked, meant):
    assert client.get(asked)["Location"] == meant


def test_a_broken_cursor_is_the_first_page(client, page, clock, online):
    online("观星")
    clock(NOW)
    for cursor in ("x", "WzFd", "%00", "W2ZhbHNlLCJhIiwiYiIsMV0"):
        assert [t.text for t in page(client, f"/cloud/live/?cursor={cursor}").all(class_="event-title")] == [
            "观星"
        ]


def test_there_is_no_other_list(client, world):
    assert client.get("/cloud/everything/").status_code == 404


# What it costs, and for how long it may be kept


QUERIES = {"/cloud/": 16, "/cloud/?place=441900": 12, "/cloud/?day=2023-09-17": 8, "/cloud/live/": 4, "/cloud/next/?place=441900": 5}  # fmt: skip


def test_the_queries_are_as_many_with_one_and_with_nine(client, clock, online, django_assert_num_queries):
    clock(NOW)
    for number in range(9):
        for starts, ends in (
            ((17, 9), (17, 12)),
            ((16, 4), (18, 6)),
            ((18, 9), (18, 10)),
            ((17, 8), (17, 9)),
        ):
            online(f"第{number}场", starts, ends)
        if number not in (0, 8):
            continue
        for address, queries in QUERIES.items():
            client.get(address)  # the rule book is warm
            with django_assert_num_queries(queries, info=address):
                client.get(address)


def test_anybody_may_keep_it_for_a_moment(client, world):
    response = client.get("/cloud/")
    assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=3")
    assert client.get("/cloud/", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert "Set-Cookie" not in response
