from datetime import date

import pytest

from tests.notices.drafting.notice import only, proposals, proposed

APRIL, MAY = {"date": date(2024, 4, 20)}, {"date": date(2024, 5, 20)}


@pytest.mark.parametrize(("paragraphs", "code", "title"), [
    (("一、活动时间", "2024年4月20日至5月20日。"), "concentrated", "活动时间"),
    (("一、活动时间：4月20日—5月20日", "二、要求"), "concentrated", "活动时间"),
    (("一、时间", "定于4月20日-5月20日在全市集中开展。"), "concentrated", "集中开展"),
    (("一、时间", "系列活动：4月20日——5月20日期间"), "series", "系列活动"),
    (("一、活动", "（一）网上答题。4月20日至5月20日，组织职工参加答题。"), "contest", "网上答题"),
    (("一、阶段", "4月20日至5月20日为宣传发动阶段。"), "preparation", "宣传发动阶段"),
])  # fmt: skip
def test_a_stretch_of_days_for_activities(paragraphs, code, title):
    assert proposed("window", *paragraphs) == [{"code": code, "title": title, "start": APRIL, "end": MAY}]


@pytest.mark.parametrize(("sentence", "code", "purpose"), [
    ("作品征集时间为4月20日至5月20日。", "collection", "collection"), ("报名时间：4月20日至5月20日", "registration", "filing"),
    ("网络投票时间：4月20日至5月20日", "voting", "voting"), ("评审阶段（4月20日—5月20日）", "review", "review"),
])  # fmt: skip
def test_time_for_other_purposes(sentence, code, purpose):
    (window,) = proposed("window", "一、安排", sentence)

    assert (window["code"], window["purpose"], window["start"], window["end"]) == (code, purpose, APRIL, MAY)


def test_the_whole_year():
    assert proposed("window", "一、时间", "主题宣传活动贯穿全年。") == [{
        "code": "year_round", "title": "主题宣传活动", "start": {"date": date(2024, 1, 1)}, "end": {"date": date(2024, 12, 31)},
    }]  # fmt: skip


def test_from_a_day_on():
    assert proposed("window", "一、发布", "4月20日起，各活动举办单位可在平台发布推广重点活动。") == [
        {"code": "publishing", "title": "发布推广重点活动", "start": APRIL, "purpose": "publishing"}
    ]


def test_from_today_on_is_from_the_day_of_issue():
    (window,) = proposed("window", "一、征集", "照片征集时间为即日起至5月20日。")

    assert (window["start"], window["end"]) == ({"date": date(2024, 4, 2)}, MAY)


def test_months_and_parts_of_months():
    (window,) = proposed("window", "一、活动时间", "5月中旬至6月上旬。")

    assert (window["start"], window["end"]) == (
        {"month": "2024-05", "part": "middle"},
        {"month": "2024-06", "part": "early"},
    )


def test_a_day_of_its_own():
    (window,) = proposed("window", "一、活动", "6月16日，各县（市、区）同步开展“安全咨询日”活动。")

    assert (window["code"], window["start"], window["end"]) == (
        "day",
        {"date": date(2024, 6, 16)},
        {"date": date(2024, 6, 16)},
    )


def test_what_is_planned_is_tentative():
    assert only("window", "一、时间", "拟定于4月20日-5月20日在全市集中开展活动。").status == "tentative"


@pytest.mark.parametrize("sentence", [
    "请于4月20日至5月20日报送作品。", "2023年4月20日至5月20日，我市成功举办了首届读书月。", "即日起至5月20日，请将作品发送至邮箱。", "图书按2021—2035年规划配置。",
])  # fmt: skip
def test_what_is_handed_in_or_over_is_no_window(sentence):
    assert proposals("window", "一、活动", sentence) == []


def test_a_window_that_no_calendar_has_waits_for_a_person():
    one = only("window", "一、活动时间", "4月20日至4月31日。")

    assert (one.status, [f.code for f in one.flags], one.params["end"]) == (
        "pending",
        ["impossible_date"],
        {"reference": "2024年4月31日"},
    )


def test_a_timetable_is_no_list_of_windows():
    lines = ("9月17日（星期二） 东街小学", "9月18日（星期三） 北关小学", "9月19日（星期四） 南街小学")
    assert proposals("window", "一、时间安排", *lines) == []


def test_a_stretch_for_registering_is_a_duty():
    sentence = "登记发布：各单位于8月15日—9月28日期间，注册并登录读书网填报活动信息。"
    assert proposals("window", "一、登记", sentence) == []


def test_a_day_that_is_named_in_brackets():
    (day,) = proposals("window", "一、活动时间", "9月23日（世界读书纪念日）为集中开放日。")
    assert day.params["start"] == day.params["end"]
