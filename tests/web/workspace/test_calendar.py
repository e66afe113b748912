"""The unit's calendar on the page: a month, a list, what is pending, and the address for other programs."""

import pytest

from kepu.activities.workflow import State
from kepu.notices.models import FeedKey, Notice
from kepu.orgs.models import Role
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, china
from tests.factories.returns import PLAN, a_return
from tests.web.workspace.conftest import DAY, somebody


def cells(found):
    """The days of the month that hold something: {number: titles}."""
    return {
        next(cell.all(class_="day-number")).text: [a.text for a in cell.one("ul").all("a")]
        for cell in found.one("table", class_="month").all("td") if list(cell.all("ul"))
    }  # fmt: skip


def days(found):
    """What the list below says, by day."""
    return {
        h.text: [one.one("h3").text for one in h.parent.all(class_="todo")]
        for h in found.all("h2", class_="day-title")
    }


def test_a_month_with_what_is_due_and_what_is_on(people, page):
    found = page(people.town, "/workspace/calendar/?month=2023-09")
    assert found.one(id="month-title").text == "2023年9月"
    concentrated = {str(n): ["集中开展"] for n in range(17, 23)}
    assert cells(found) == {
        "8": ["报送：分会场活动表"], **concentrated, "23": ["报送：科普日活动总结材料", "集中开展"]
    }  # fmt: skip
    assert days(found) == {
        "9月8日 周五": ["报送：分会场活动表"], "9月17日 周日": ["集中开展"], "9月23日 周六": ["报送：科普日活动总结材料"]
    }  # fmt: skip


def test_each_entry_has_its_clause_and_its_chain_and_leads_on(people, page):
    found = page(people.town, "/workspace/calendar/?month=2023-09")
    entry = found.one(id=f"entry-{PLAN}")
    assert next(entry.all("a"))["href"] == f"/workspace/duties/{PLAN}/"
    assert "待报送" in entry.text
    assert "9月8日截止 还有14天" in entry.text
    assert "东科协〔2023〕17号 六（一） 为什么？" in entry.text
    assert "东莞市科协" in entry.one(class_="clause-chain").text


def test_today_is_marked_and_opens_by_itself(people, page):
    found = page(people.town, "/workspace/calendar/")
    assert found.one(id="month-title").text == "2023年8月"
    assert [cell.text for cell in found.all("td", aria_current="date")] == ["25"]
    assert days(found) == {"8月21日 周一": ["活动可以发布了"]}


def test_other_months(people, page):
    found = page(people.town, "/workspace/calendar/?month=2023-12")
    assert (found.one("a", rel="prev")["href"], found.one("a", rel="next")["href"]) == (
        "?month=2023-11",
        "?month=2024-01",
    )
    assert "这个月没有有日期的事" in found.text
    assert next(a for a in found.all("a") if a.text == "去有事的那个月")["href"] == "?month=2023-09"


@pytest.mark.parametrize("asked", ["2023-13", "x", "0000-01", "9999-01", "2023-9", "%00", "2023-09-01"])
def test_strange_months_give_this_one(people, page, asked):
    assert page(people.town, f"/workspace/calendar/?month={asked}").one(id="month-title").text == "2023年8月"


@pytest.mark.parametrize("asked", ["1900-01", "2200-12", "2024-02"])
def test_far_months_are_drawn_whole(people, page, asked):
    found = page(people.town, f"/workspace/calendar/?month={asked}")
    numbers = [
        cell.text for cell in found.one("table", class_="month").all("td") if not cell.has("data-outside")
    ]
    assert len(numbers) == {"1900-01": 31, "2200-12": 31, "2024-02": 29}[asked]


def test_how_a_duty_stands_shows(people, now, page):
    now(china(2023, 9, 9, 10))
    entry = page(people.town, "/workspace/calendar/?month=2023-09").one(id=f"entry-{PLAN}")
    assert entry.has("data-pressing")
    assert "过期1天" in entry.text
    a_return(people.world, at=china(2023, 9, 9, 11))
    entry = page(people.town, "/workspace/calendar/?month=2023-09").one(id=f"entry-{PLAN}")
    assert [badge.text for badge in entry.all(class_="badge")] == ["已报送", "逾期"]


def test_the_list_has_the_whole_season_and_what_presses_first(people, now, page):
    now(china(2023, 9, 18, 10))
    found = page(people.town, "/workspace/calendar/?view=list")
    assert [
        one.one("h3").text for one in found.one("section", aria_labelledby="waits-title").all(class_="todo")
    ] == ["报送：分会场活动表"]
    past = found.one("details", class_="disclosure")
    ahead = {day: found_ for day, found_ in days(found).items() if day not in days(past)}
    assert ahead == {"9月18日 周一 今天": ["集中开展"], "9月23日 周六": ["报送：科普日活动总结材料"]}
    assert days(past) == {"8月21日 周一": ["活动可以发布了"]}
    assert "正在进行" in found.one(id="entry-window.concentrated").text


def test_what_lasts_through_a_month_stands_above_it(people, page):
    notice = Notice.objects.get(code="dg")
    a_clause(
        notice, "W-9", "window",
        {"code": "year", "title": "全年活动", "start": {"date": "2023-05-01"}, "end": {"date": "2023-12-31"}},
    )  # fmt: skip
    found = page(people.town, "/workspace/calendar/?month=2023-09")
    assert [li.text for li in found.one(class_="lasting").all("li")] == ["全年活动 5月1日—12月31日"]
    assert "全年活动" not in found.one("table", class_="month").text
    assert cells(page(people.town, "/workspace/calendar/?month=2023-05")) == {"1": ["全年活动"]}


def test_a_crowded_day_says_how_many_more(people, page):
    for number in range(5):
        an_activity(people.world, State.PUBLISHED, title=f"第{number}场")
    found = page(people.filer, "/workspace/calendar/?month=2023-09")
    field = next(cell for cell in found.all("td") if [n.text for n in cell.all(class_="day-number")] == ["27"] and list(cell.all("ul")))  # fmt: skip
    assert [li.text for li in field.all("li")][3:] == ["另有 2 件"]
    assert len(days(found)["9月27日 周三"]) == 5


def test_what_has_no_date_is_listed_apart(people, page):
    notice = Notice.objects.get(code="dg")
    a_clause(
        notice, "P-9", "programme", {"code": "x", "title": "闭幕式", "when": {"reference": "时间另行通知"}}
    )
    found = page(people.town, "/workspace/calendar/")
    pending = found.one("section", aria_labelledby="pending-title")
    assert [(one.one("h3").text, "时间另行通知" in one.text) for one in pending.all(class_="todo")] == [
        ("闭幕式", True)
    ]
    assert "闭幕式" not in found.one("table", class_="month").text


def test_a_unit_for_which_nothing_has_a_date(people, page):
    Notice.objects.update(withdrawn_at=DAY)
    found = page(people.town, "/workspace/calendar/?view=list").text
    assert "还没有有日期的事" in found
    assert "通知对本单位定了日期，会列在这里。" in page(people.town, "/workspace/calendar/").text


class TestAddress:
    URL = "/workspace/calendar/feed/"

    def test_made_renewed_and_stopped(self, people, page, settings):
        settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
        assert "现在没有日历地址" in page(people.town, self.URL).text

        people.town.post(self.URL, {"act": "make"})
        found = page(people.town, self.URL)
        key = FeedKey.objects.get().key
        assert found.one(id="address")["value"] == f"https://kepu.example.cn/feeds/{key}.ics"
        assert f"webcal://kepu.example.cn/feeds/{key}.ics" in [a["href"] for a in found.all("a")]
        assert people.town.get(f"/feeds/{key}.ics").status_code == 200

        people.town.post(self.URL, {"act": "make"})
        assert people.town.get(f"/feeds/{key}.ics").status_code == 404
        answer = people.town.post(self.URL, {"act": "end"})
        assert page(people.town, answer["Location"]).notices[-1] == "日历地址已经停用，原来的地址打不开了。"
        assert not FeedKey.objects.filter(ended_at=None).exists()

    def test_each_unit_has_its_own(self, people, page):
        people.town.post(self.URL, {"act": "make"})
        assert FeedKey.objects.get().key not in page(people.filer, self.URL).html

    def test_who_only_looks_on_sees_no_address(self, people, page):
        people.town.post(self.URL, {"act": "make"})
        auditor = somebody("查账", people.world.town_office, Role.AUDITOR)
        found = page(auditor, self.URL)
        assert FeedKey.objects.get().key not in found.html
        assert "由该单位的填报、审核或统筹人员生成和停用" in found.text
        auditor.post(self.URL, {"act": "end"})
        assert FeedKey.objects.filter(ended_at=None).exists()
