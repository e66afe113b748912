"""One activity before the public: what it says, what it never says, and what comes first when plans change."""

import json

import pytest

from kepu.activities.actions import approve_change, change_activity, postpone_activity
from kepu.activities.workflow import State
from kepu.web.portal.activities import storing
from tests.factories.notices import china

ONLINE = {"mode": "online", "online_link": "https://live.example.cn/room/7", "venue": ""}


@pytest.fixture
def shown(client, page):
    return lambda activity, **options: page(client, f"/activities/{activity.pk}/", **options)


def test_it_says_when_where_for_whom_and_by_whom(shown, publish):
    found = shown(
        publish("走进中医药", address="东江大道1号", undertakers=["石龙镇卫生院"], co_hosts=["东莞市中医院"])
    )

    assert found.h1 == "走进中医药"
    assert {row.one("dt").text: row.one("dd").text for row in found.one(class_="ticket").children} == {
        "时间": "2023年9月17日 周日 9:00—17:00 还有6天",
        "地点": "石龙中学礼堂 广东省东莞市石龙镇 东江大道1号",
        "怎么参加": "线下 到现场参加。是否要预约，请看下面的介绍。",
    }
    assert found.one(class_="who").text == "主办 石龙中学 东莞市中医院 承办 石龙镇卫生院"
    assert found.one(class_="facts").text == "行业领域 健康 预计参加 120人"
    theme = found.one(class_="card-theme")
    assert theme.text.startswith(
        "主题 提升全民科学素质，助力科技自立自强 东科协〔2023〕17号 第一部分 为什么？"
    )
    assert next(theme.all("a"))["href"] == "/notices/2023/dg/#DG-07"
    assert found.one(class_="sources").one("ul").text == "石龙中学填报 东莞市科协审核 8月28日发布"


def test_the_way_leads_to_the_place_and_to_the_host(shown, publish, world):
    found = shown(publish("走进中医药"))

    trail = found.one(class_="breadcrumb")
    assert [(a.text, a["href"]) for a in trail.all("a")] == [
        ("活动", "/activities/"), ("广东省", "/activities/?place=440000"), ("东莞市", "/activities/?place=441900"),
        ("石龙镇", "/activities/?place=441900103"),
    ]  # fmt: skip
    assert f"/activities/?unit={world.school.pk}" in [a["href"] for a in found.all("a")]


def test_no_person_and_no_phone_is_ever_shown(client, publish):
    activity = publish(
        "走进中医药", contact_name="王联络", contact_phone="13912345678", safety_person="张安全",
        host_place_person="李场地", content_person="赵内容", risk_plan="疏散预案", participants_note="按签到表",
    )  # fmt: skip
    for url in (f"/activities/{activity.pk}/", f"/activities/{activity.pk}.ics", "/activities/", "/"):
        said = client.get(url).content.decode()
        secrets = ("王联络", "13912345678", "张安全", "李场地", "赵内容", "疏散预案", "按签到表")
        assert [secret for secret in secrets if secret in said] == []


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.FILED, State.RETURNED, State.APPROVED, State.WITHDRAWN, None]
)
def test_what_is_not_public_is_not_there(client, read, publish, state):
    pk = publish("还不能看的", state).pk if state else 10**30

    for url in (f"/activities/{pk}/", f"/activities/{pk}.ics"):
        response = client.get(url)
        assert response.status_code == 404
        found = read(response)
        assert found.h1 == "没有找到这项活动"
        assert "可能地址写错了，也可能活动还没有发布。" in found.text
        assert "还不能看的" not in found.html


def test_while_a_change_waits_the_old_copy_is_read(shown, publish, world):
    activity = publish("走进中医药")
    changes = {"title": "走进西医药", "venue": "石龙镇文化馆"}
    change_activity(activity, changes=changes, reason="礼堂维修", by=world.filer, at=china(2023, 9, 1))

    found = shown(activity)

    assert (found.h1, list(found.all(class_="activity-alert"))) == ("走进中医药", [])
    assert "石龙镇文化馆" not in found.html


def test_a_cancelled_one_says_so_first_and_why(shown, publish):
    found = shown(publish("走进中医药", State.CANCELLED, **ONLINE))

    assert found.one("main").text.index("活动已取消 台风") < found.one("main").text.index("走进中医药")
    assert "live.example.cn" not in found.html
    assert "加到我的日历" not in found.text


def test_a_postponed_one_says_to_when_and_why(shown, publish):
    found = shown(publish("走进中医药", State.POSTPONED))
    assert found.one(class_="activity-alert").text == "活动延期到9月19日 周二 9:00—17:00 台风"
    assert found.one(class_="ticket").text.startswith("时间 2023年9月19日 周二 9:00—17:00")


def test_a_postponed_one_without_a_new_time_pretends_none(client, shown, publish, world):
    activity = publish("走进中医药")
    postpone_activity(activity, reason="洪水", by=world.filer, at=china(2023, 9, 1))

    found = shown(activity)

    assert found.one(class_="activity-alert").text == "活动延期，新的时间待定 洪水"
    assert found.one(class_="ticket").children[0].text == "时间 时间待定"
    assert "9月17日" not in found.one("main").text
    assert client.get(f"/activities/{activity.pk}.ics").status_code == 404


def test_an_agreed_change_says_since_when(shown, publish, world):
    activity = publish("走进中医药")
    change_activity(activity, changes={"venue": "石龙镇文化馆"}, by=world.filer, at=china(2023, 9, 1))
    approve_change(activity, by=world.reviewer, at=china(2023, 9, 2))

    found = shown(activity)

    said = "活动信息有变更 举办单位9月2日更新了信息，请以现在的内容为准。"
    assert found.one(class_="activity-alert").text == said
    assert found.one(class_="ticket").children[1].text == "地点 石龙镇文化馆 广东省东莞市石龙镇"


def test_a_small_correction_shows_only_when_it_was_made(shown, publish, world):
    activity = publish("走进中医药")
    change_activity(activity, changes={"summary": "加一场体验"}, by=world.filer, at=china(2023, 9, 2))

    found = shown(activity)

    assert list(found.all(class_="activity-alert")) == []
    assert found.one(id="about").parent.text == "介绍 加一场体验"
    assert found.one(class_="sources").text.endswith("8月28日发布 9月2日更新")


@pytest.mark.parametrize(
    ("now", "badge", "state"),
    [
        (china(2023, 9, 11), [], "9月17日 周日 9:00开始，到时打开。"),
        (china(2023, 9, 17, 9), ["正在进行"], "正在进行，现在就可以打开。"),
        (china(2023, 9, 17, 17), ["已结束"], "已经结束，有的链接可以回看。"),
    ],
)
def test_the_online_link_says_what_to_expect_behind_it(shown, publish, clock, now, badge, state):
    activity = publish("云看展", **ONLINE)
    clock(now)

    found = shown(activity)

    row = found.one(class_="ticket").children[1]
    assert row.one("dd").text == f"线上 {state} 打开 live.example.cn"
    assert row.one("a")["rel"] == "noopener nofollow external"
    assert [b.text for b in found.one(class_="activity-head").all(class_="badge")] == badge


def test_what_a_host_writes_is_text_and_nothing_else(shown, publish):
    evil = "</script><script>alert(1)</script><b>&"
    found = shown(publish(f"中医{evil}", summary=evil))

    assert [script["type"] for script in found.all("script")] == ["application/ld+json", "module"]
    assert (found.h1, found.one(id="about").parent.one("p").text) == (f"中医{evil}", evil)
    assert _event(found)["name"] == f"中医{evil}"


def test_search_engines_read_an_event(shown, publish, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    activity = publish("走进中医药", address="东江大道1号", co_hosts=["东莞市中医院"])
    found = shown(activity)

    assert _event(found) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "走进中医药",
        "url": f"https://kepu.example.cn/activities/{activity.pk}/",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "startDate": "2023-09-17T09:00:00+08:00",
        "endDate": "2023-09-17T17:00:00+08:00",
        "location": {
            "@type": "Place",
            "name": "石龙中学礼堂",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "CN",
                "streetAddress": "广东省东莞市石龙镇东江大道1号",
            },
        },
        "organizer": [
            {"@type": "Organization", "name": "石龙中学"}, {"@type": "Organization", "name": "东莞市中医院"}
        ],
        "inLanguage": "zh-CN",
        "description": "讲座和体验",
    }  # fmt: skip
    assert found.one("link", rel="canonical")["href"] == f"https://kepu.example.cn/activities/{activity.pk}/"
    graph = {meta["property"]: meta["content"] for meta in found.all("meta") if meta["property"]}
    assert graph["og:title"] == "走进中医药"
    assert (
        graph["og:description"]
        == "2023年9月17日 周日 9:00—17:00 · 广东省东莞市石龙镇石龙中学礼堂 · 讲座和体验"
    )


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (State.CANCELLED, "EventCancelled"),
        (State.POSTPONED, "EventRescheduled"),
        (State.HELD, "EventScheduled"),
    ],
)
def test_search_engines_are_told_of_changed_plans(shown, publish, state, status):
    assert _event(shown(publish("云看展", state, **ONLINE)))["eventStatus"] == f"https://schema.org/{status}"


def test_in_english_the_days_are_english(client, shown, publish):
    activity = publish("走进中医药")
    client.cookies["kepu_language"] = "en"
    first = next(shown(activity).all(class_="ticket-main"))
    assert first.text == "Sun 17 Sep 2023 9:00–17:00"


def test_the_query_is_one_once_it_is_drawn(client, publish, django_assert_num_queries):
    activity = publish("走进中医药")
    with django_assert_num_queries(4):
        first = client.get(f"/activities/{activity.pk}/").content
    storing.store([activity.pk], at=china(2023, 9, 1))
    with django_assert_num_queries(1):
        assert client.get(f"/activities/{activity.pk}/").content == first


def _event(found):
    script = next(script for script in found.all("script") if script["type"] == "application/ld+json")
    return json.loads(script.pieces[0])
