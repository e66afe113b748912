"""今日, the rules, the messages, and the board of an area."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.workflow import State
from kepu.core import outbox
from kepu.orgs import jobs  # noqa: F401  delivers messages
from kepu.orgs.models import Message
from tests.factories.activities import a_draft, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_place
from tests.factories.returns import PLAN, SUMMARY, a_return
from tests.web.workspace.conftest import DAY, somebody


def cards(found):
    return {card.one("h3").text: card.one(class_="value").text for card in found.all("li", class_="card")}


def test_nothing_to_do_is_said(people, page):
    assert "今天没有要办的事" in page(people.filer, "/workspace/").text


def test_when_the_season_is_over_nothing_presses(people, now, page):
    now(china(2023, 9, 7))
    people.world.season.is_open = False
    people.world.season.save()
    assert "今天没有要办的事" in page(people.town, "/workspace/").text


def test_before_any_season_nothing_breaks(staff, page):
    found = page(staff, "/workspace/")
    assert found.h1 == "今日"
    for address in ("activities", "duties", "rules", "activities/new"):
        assert page(staff, f"/workspace/{address}/").h1 == "还没有开设届次"


def test_the_host_sees_whose_turn_it_is(people, page):
    for state in (State.DRAFT, State.RETURNED, State.APPROVED, State.FILED):
        an_activity(people.world, state)
    assert cards(page(people.filer, "/workspace/")) == {
        "被退回，等修改": "1",
        "已通过，等发布": "1",
        "草稿，还没有填报": "1",
    }


def test_the_reviewer_sees_what_waits_and_since_when(people, now, page):
    an_activity(people.world, State.FILED)
    an_activity(people.world, State.CHANGED)
    now(china(2023, 9, 5))
    a_return(people.world)
    found = page(people.reviewer, "/workspace/")
    assert cards(found) == {"等我们审核": "1", "变更等审核": "1", "报送等接收": "1"}
    assert "等得最久的 2023年8月25日 09:00 填报" in found.text


def test_what_waits_is_counted_so_far_and_no_further(people, page, monkeypatch):
    monkeypatch.setattr("kepu.activities.queries.COUNTED_TO", 2)
    for _ in range(2):
        an_activity(people.world, State.FILED)
    assert cards(page(people.reviewer, "/workspace/"))["等我们审核"] == "2"
    for _ in range(2):
        an_activity(people.world, State.FILED)
    with CaptureQueriesContext(connection) as asked:
        assert cards(page(people.reviewer, "/workspace/"))["等我们审核"] == "2+"
    looked = [
        one["sql"] for one in asked if one["sql"].startswith('SELECT "activities_activity"."turn_since"')
    ]
    assert len(looked) == 2
    assert all("LIMIT 3" in sql and "COUNT" not in sql for sql in looked)


def test_what_is_due_stands_with_its_deadline_and_its_clause(people, now, page):
    now(china(2023, 9, 7))
    todo = [item.text for item in page(people.town, "/workspace/").all("li", class_="todo")]
    assert len(todo) == 1  # the summary is not due for a fortnight
    assert todo[0].startswith("分会场活动表 待报送 期限 2023年9月8日 23:59 还有1天")
    assert "六（一） 为什么？" in todo[0]


def test_after_the_day_the_host_is_asked_for_the_rest(people, now, page):
    an_activity(people.world, State.PUBLISHED)
    an_activity(people.world, State.COMPLETED, title="月球")
    now(china(2023, 9, 30))
    todo = [item.text for item in page(people.filer, "/workspace/").all("li", class_="todo")]
    assert "提交总结 已过期限 月球" in todo[0]
    assert todo[1].startswith("确认已经举办 走进中医药")


def test_messages_lead_on_and_are_read_once(people, page):
    an_activity(people.world, State.RETURNED)
    while outbox.deliver(at=china(2023, 8, 27)):
        pass
    found = page(people.filer, "/workspace/")
    assert "已退回，请修改后再填报：走进中医药" in found.text

    message = Message.objects.get(kind="activity.returned")
    answer = people.filer.post(f"/workspace/messages/{message.pk}/reading/")
    assert answer["Location"] == message.link
    message.refresh_from_db()
    assert message.read_at == DAY
    assert "没看过的 0" in page(people.filer, "/workspace/messages/").text


def test_a_page_of_messages_is_read_at_once(people, page):
    for number in range(3):
        Message.objects.create(
            unit=people.world.school, kind="x", subject=f"第{number}条", sent_at=DAY, outbox_key=f"k{number}"
        )
    other = Message.objects.create(
        unit=people.world.city_office, kind="x", subject="别人的", sent_at=DAY, outbox_key="k9"
    )
    pks = [m.pk for m in Message.objects.all()]

    people.filer.post("/workspace/messages/reading/", {"pk": pks})

    assert Message.objects.filter(read_at__isnull=True).get() == other


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", ""])
def test_a_message_leads_only_to_our_own_pages(people, link):
    message = Message.objects.create(
        unit=people.world.school, kind="x", subject="消息", link=link, sent_at=DAY, outbox_key="k"
    )
    assert (
        people.filer.post(f"/workspace/messages/{message.pk}/reading/")["Location"] == "/workspace/messages/"
    )


def test_every_rule_says_why_it_holds_for_us(people, page):
    found = page(people.filer, "/workspace/rules/")
    lead = found.one(id="rule-activity.lead_days").text
    assert "必须做到 填报时、发布时，距活动开始的天数不少于7天。" in lead
    assert "东科协〔2023〕17号 六（二）1 为什么？" in lead
    assert "东莞市科协" in lead


def test_rules_are_found_by_a_word(people, page):
    found = page(people.filer, "/workspace/rules/?q=不少于50人")
    assert [item["id"] for item in found.all("li") if item["id"].startswith("rule-")] == [
        "rule-activity.participants_expected.offline"
    ]
    assert "没有这样的规定。" in page(people.filer, "/workspace/rules/?q=没有的").text


def test_rules_of_another_kind_of_unit_are_not_shown(people, page):
    assert "rule-quota.activities" not in page(people.filer, "/workspace/rules/").html
    assert "rule-quota.activities" in page(people.town, "/workspace/rules/").html


def test_the_board_of_an_area(people, now, page):
    an_activity(people.world, State.PUBLISHED)
    an_activity(people.world, State.PUBLISHED, mode="mixed", online_link="https://live.example.cn/1")
    now(china(2023, 9, 5))
    a_return(people.world)
    found = page(people.reviewer, "/workspace/area/441900/")

    figures = {card.one("h3").text: card.one(class_="value").text for card in found.all(class_="figure-card")}
    assert (figures["已填报"], figures["已发布"], figures["线上活动"], figures["已举办"]) == (
        "2",
        "2",
        "1",
        "0",
    )
    quota = found.one(class_="quota-grid").text
    assert "石龙镇" in quota
    assert "2 / 5 项" in quota
    assert "离最低要求还差 3 项。" in quota
    assert "东科协〔2023〕17号 四（三）" in quota
    uncounted = found.one(class_="uncounted").text
    assert "暂不能自动统计" in uncounted
    assert "不是零" in uncounted
    quiet = [day.text for day in found.one(class_="chips").all("li")]
    assert quiet == [f"9月{day}日" for day in range(18, 24)]  # on the 17th something is online
    assert "石龙镇 2 2 0 0 0" in found.text
    assert "还没有填报的" not in found.text
    assert "截至 2023年9月5日 09:00" in found.text


def test_areas_in_which_nothing_is_filed_are_named_apart(people, page):
    silent = a_place("441900104", "石碣镇", parent=people.world.city)
    an_activity(people.world, State.FILED)
    found = page(people.reviewer, "/workspace/area/441900/")
    fold = found.one("details", class_="disclosure")
    assert fold.one("summary").text == "还没有填报的 1 个地区"
    assert [(link.text, link["href"]) for link in fold.all("a")] == [
        ("石碣镇", f"/workspace/area/{silent.code}/")
    ]
    assert all("石碣镇" not in body.text for body in found.all("tbody"))


def test_below_the_board_who_has_not_answered(people, now, page):
    now(china(2023, 9, 5))
    found = page(people.reviewer, f"/workspace/area/441900/duties/{PLAN}/")
    assert [row.one("th").text for row in found.one("tbody").all("tr")] == ["石龙镇科协"]
    a_return(people.world)
    assert "都答复了" in page(people.reviewer, f"/workspace/area/441900/duties/{PLAN}/").text


def test_a_unit_is_released_with_a_reason(people, now, page, read):
    now(china(2023, 9, 5))
    release = f"/workspace/area/441900/duties/{SUMMARY}/{people.world.town_office.pk}/release/"
    assert "请填写“为什么免报”。" in read(people.reviewer.post(release, {"reason": ""})).text
    answer = people.reviewer.post(release, {"reason": "今年不办"})
    assert page(people.reviewer, answer["Location"]).notices == ["“石龙镇科协”这一项可以不报。"]


def test_nobody_releases_itself(people, now, page):
    now(china(2023, 9, 5))
    release = f"/workspace/area/441900103/duties/{SUMMARY}/{people.world.town_office.pk}/release/"
    assert page(people.town, release).one(id="release")["aria-disabled"] == "true"


def test_a_duty_that_nobody_owes_is_not_there(people):
    assert people.reviewer.get("/workspace/area/441900/duties/duty.nothing/").status_code == 404


def test_with_one_area_there_is_nothing_to_choose(people):
    assert people.reviewer.get("/workspace/area/")["Location"] == "/workspace/area/441900/"


def test_without_an_area_it_is_said(people, page):
    lonely = somebody("评审", people.world.school, "evaluator")
    assert "本单位没有统筹的地区" in page(lonely, "/workspace/area/").text


def test_the_list_of_activities_counts_by_turn_and_finds_by_name(people, page):
    an_activity(people.world, State.FILED, title="走进气象台")
    a_draft(people.world, title="月球")
    found = page(people.filer, "/workspace/activities/")
    assert [tab.text for tab in found.one(class_="tabs").all("a")] == [
        "全部 2",
        "轮到我们 1",
        "等审核 1",
        "已发布 0",
        "已了结 0",
    ]
    assert [
        row.one("th").text
        for row in page(people.filer, "/workspace/activities/?q=气象").one("tbody").all("tr")
    ] == ["走进气象台"]
    assert [
        row.one("th").text
        for row in page(people.filer, "/workspace/activities/?tab=ours").one("tbody").all("tr")
    ] == ["月球"]


def test_a_long_list_has_pages(people, page):
    for number in range(32):
        a_draft(people.world, title=f"第{number}场")
    found = page(people.filer, "/workspace/activities/")
    assert len(list(found.one("tbody").all("tr"))) == 30
    found = page(people.filer, f"/workspace/activities/{found.one('a', rel='next')['href']}")
    assert [row.one("th").text for row in found.one("tbody").all("tr")] == ["第1场", "第0场"]


@pytest.mark.parametrize("asked", ["?cursor=x", "?tab=x", "?q=%00", "?mode=x&sort=x", "?v=x", "?cursor=W10"])
def test_strange_addresses_give_a_page(people, page, asked):
    for address in (
        "activities/",
        "reviews/",
        "returns/",
        "messages/",
        "area/441900/",
        "area/441900/quotas/",
        "rules/",
        "duties/",
    ):
        page(people.reviewer, f"/workspace/{address}{asked}")
