"""The issuer's side: sending, counting, finding who has not looked, reminding."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.notices import actions
from kepu.notices.models import Delivery, Notice
from kepu.orgs.models import Message, Role
from tests.factories.orgs import a_unit, an_actor
from tests.factories.returns import more_towns
from tests.factories.sending import TOWNS, a_delivery, loaded, more_offices, with_recipients, work
from tests.web.workspace.conftest import DAY, somebody

LATER = DAY + timedelta(hours=1)


@pytest.fixture
def notice(people):
    more_towns(people.world)
    return with_recipients(Notice.objects.get(code="dg"), TOWNS, {"title": "各有关单位", "role": "cc"})


@pytest.fixture
def sent(people, notice):
    a_delivery(people.world, notice=notice)
    return notice


def address(notice, noun=""):
    return f"/workspace/sent/{notice.pk}/{noun}"


def figures(found):
    return {card.one("h3").text: card.one(class_="value").text for card in found.all(class_="figure-card")}


def listed(found):
    section = found.one(id="list")
    return [row.one("th").text for body in section.all("tbody") for row in body.all("tr")]


def rows_of(found, caption):
    table = next(t for t in found.all("table") if [c.text for c in t.all("caption")] == [caption])
    return [[cell.text for cell in row.children] for row in table.one("tbody").all("tr")]


def test_before_sending_it_is_shown_whom_each_line_finds(people, notice, page):
    found = page(people.reviewer, address(notice, "sending/"))
    assert "一共 4 个单位，其中 0 个已经有了，这次送到 4 个。" in found.text
    assert [[c.text for c in row.children] for row in found.one("tbody").all("tr")] == [
        ["各镇街科协", "4", "虎门镇科协、长安镇科协、石龙镇科协…"],
        ["各有关单位 抄送", "0", "只凭“各有关单位”不知道发给哪些单位。请写明单位类别、级别，或点名单位。"],
    ]  # fmt: skip
    assert "还没有送达任何单位" in page(people.reviewer, address(notice)).text

    answer = people.reviewer.post(address(notice, "sending/"))
    work(LATER)

    found = page(people.reviewer, answer["Location"])
    assert found.notices == ["正在发送。单位多的要几分钟，送到多少在这一页看。"]
    assert figures(found) == {"已送达": "4", "已打开": "0", "已签收": "0", "没打开": "4"}
    assert "2023年8月25日 10:00 · 发出 · 4 个单位 · 第 1 版" in found.text
    assert "找到的单位都已经有了这份通知" in page(people.reviewer, address(notice, "sending/")).text


def test_a_notice_that_names_nobody_says_so(people, page):
    notice = Notice.objects.get(code="dg")
    assert "没有写主送和抄送" in page(people.reviewer, address(notice, "sending/")).text
    answer = people.reviewer.post(address(notice, "sending/"))
    assert "没有写主送和抄送，不知道发给谁" in page(people.reviewer, answer["Location"]).text


def test_counts_by_level_and_place_and_who_stands_where(people, sent, page):
    first = loaded(Delivery.objects.get(unit=people.world.town_office))
    second = loaded(Delivery.objects.get(unit__name="虎门镇科协"))
    actions.receive_notice(first, by=people.world.town_coordinator, at=LATER)
    actions.open_delivery(second, by=an_actor(second.unit), at=LATER)
    found = page(people.reviewer, address(sent))
    assert figures(found) == {"已送达": "4", "已打开": "2", "已签收": "1", "没打开": "2"}
    assert rows_of(found, "按级别") == [["镇街级", "4", "2", "1", "2", "0"]]
    assert sorted(rows_of(found, "按地区")) == sorted(
        [["石龙镇", "1", "1", "1", "0", "0"], ["虎门镇", "1", "1", "0", "0", "0"], ["长安镇", "1", "0", "0", "1", "0"],
         ["茶山镇", "1", "0", "0", "1", "0"]]
    )  # fmt: skip
    assert [tab.text for tab in found.one(class_="tabs").all("a")] == [
        "没打开 2",
        "等签收 1",
        "已签收 1",
        "谁转发了",
    ]
    assert sorted(listed(found)) == ["茶山镇科协", "长安镇科协"]
    assert listed(page(people.reviewer, address(sent, "?tab=opened"))) == ["虎门镇科协"]
    assert listed(page(people.reviewer, address(sent, "?tab=received"))) == ["石龙镇科协"]


def test_one_part_of_the_area(people, sent, page):
    found = page(people.reviewer, address(sent))
    there = next(a for a in found.all("a") if a.text == "虎门镇")
    part = page(people.reviewer, address(sent, there["href"].split("#")[0]))
    assert listed(part) == ["虎门镇科协"]
    assert [tab.text for tab in part.one(class_="tabs").all("a")] == [
        "没打开 1",
        "等签收 0",
        "已签收 0",
        "谁转发了",
    ]
    assert part.one(id="list-title").text == "虎门镇的单位"


def test_units_at_the_notices_own_place_are_a_part_too(people, notice, page):
    with_recipients(notice, {"title": "市级学会", "kinds": ["society"]}, TOWNS)
    a_delivery(people.world, a_unit(people.world.city, "市天文学会", kind="society"), notice=notice)
    found = page(people.reviewer, address(notice))
    assert ["东莞市本级", "1", "0", "0", "1", "0"] in rows_of(found, "按地区")
    assert listed(page(people.reviewer, address(notice, "?part=self"))) == ["市天文学会"]


def test_those_who_have_not_looked_are_reminded_once_a_day(people, sent, page):
    found = page(people.reviewer, address(sent))
    assert [b.text for f in found.all("form") if "reminder" in f["action"] for b in f.all("button")] == [
        "催没打开的（4）", "催没签收的（4）"
    ]  # fmt: skip
    answer = people.reviewer.post(address(sent, "reminder/"), {"which": "unopened"})
    assert page(people.reviewer, answer["Location"]).notices == ["正在催办 4 个单位。今天已经催过的不再催。"]
    work(LATER)
    assert Message.objects.filter(kind="notice.reminded").count() == 4
    assert "1 次，最近 2023年8月25日 10:00" in page(people.reviewer, address(sent)).text
    answer = people.reviewer.post(address(sent, "reminder/"), {"which": "unreceived"})
    assert "一个单位一天只催一次" in page(people.reviewer, answer["Location"]).text
    assert "催过 1 次" in page(people.town, "/workspace/received/").text


def test_what_was_forwarded_is_counted_and_named(people, sent, page):
    mine = loaded(Delivery.objects.get(unit=people.world.town_office))
    from kepu.notices.format.schema import Recipient

    actions.forward_notice(
        mine, [Recipient(title="学校", kinds=("school",))], by=people.world.town_coordinator, at=DAY
    )
    work(LATER)
    actions.open_delivery(
        loaded(Delivery.objects.get(unit=people.world.school)), by=people.world.filer, at=LATER
    )
    found = page(people.reviewer, address(sent))
    assert "其中转发 1 个" in found.text
    assert rows_of(found, "按级别") == [["镇街级", "5", "2", "0", "3", "1"]]
    forwarders = page(people.reviewer, address(sent, "?tab=forwarded"))
    assert rows_of(forwarders, "谁转发了") == [["石龙镇科协", "1", "1", "0"]]
    opened = page(people.reviewer, address(sent, "?tab=opened"))
    assert "石龙中学 石龙镇科协转发" in listed(opened)


def test_whoever_oversees_reads_and_does_not_send(people, sent, page):
    Notice.objects.update(issuer_unit=people.world.city_office)
    found = page(people.auditor, address(sent))
    assert figures(found)["已送达"] == "4"
    assert found.one(id="send")["aria-disabled"] == "true"
    people.auditor.post(address(sent, "reminder/"), {"which": "unopened"})
    people.auditor.post(address(sent, "sending/"))
    work(LATER)
    assert not Message.objects.filter(kind="notice.reminded").exists()
    above = somebody("省里", people.world.province_office, Role.COORDINATOR)
    assert "东莞市全国科普日活动通知" in page(above, "/workspace/sent/").text
    assert "由发文单位（东莞市科协）的统筹人员发送和催办" in page(above, address(sent)).text


def test_the_list_of_notices_with_how_many_each_reached(people, sent, page):
    found = page(people.reviewer, "/workspace/sent/")
    assert [[cell.text for cell in row.children] for row in found.one("tbody").all("tr")] == [
        ["东莞市全国科普日活动通知", "东莞市科协 东科协〔2023〕17号", "正式通知", "4"]
    ]
    assert "还没有发出的通知" in page(people.town, "/workspace/sent/").text
    assert people.filer.get("/workspace/sent/").status_code == 403


@pytest.mark.parametrize(
    "query", ["?tab=x&part=x", "?cursor=x", "?part=%27", "?tab=forwarded&part=441900103"]
)
def test_strange_addresses_give_a_page(people, sent, page, query):
    assert figures(page(people.reviewer, address(sent, query)))["已送达"] == "4"


@pytest.mark.parametrize("more", [0, 60])
def test_the_page_costs_the_same_however_many_units(people, notice, more):
    more_offices(people.world, more)
    a_delivery(people.world, notice=notice)
    people.reviewer.get(address(notice))
    for tab in ("unopened", "opened", "received"):
        with CaptureQueriesContext(connection) as captured:
            people.reviewer.get(address(notice, f"?tab={tab}"))
        assert len([q for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == 10, tab


def test_a_long_list_has_pages_that_hold_everybody_once(people, notice, page):
    more_offices(people.world, 60)
    a_delivery(people.world, notice=notice)
    found = page(people.reviewer, address(notice))
    names = listed(found)
    found = page(people.reviewer, address(notice, found.one("a", rel="next")["href"]))
    names += listed(found)
    assert (len(names), len(set(names))) == (64, 64)
