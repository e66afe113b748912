from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.drafting.values.dates import dates_in
from kepu.notices.drafting.values.years import Years, years_of

YEARS = Years(2023, date(2023, 8, 20))


def day(month, number, **more):
    return {"date": date(2023, month, number), **more}


@pytest.mark.parametrize(("words", "first", "last", "edge"), [
    ("2023年9月17-23日", day(9, 17), day(9, 23), ""), ("9月17日—23日", day(9, 17), day(9, 23), ""), ("8月15日——10月15日期间", day(8, 15), day(10, 15), ""),
    ("8月21日起", day(8, 21), None, "from"), ("9月8日前", day(9, 8), None, "by"), ("9月8日之前", day(9, 8), None, "by"), ("截至9月8日", day(9, 8), None, "by"),
    ("9月8日下午5点前", day(9, 8, time="17:00"), None, "by"), ("9月上旬", {"month": "2023-09", "part": "early"}, None, ""),
    ("9月底前", {"month": "2023-09"}, None, "by"), ("十月底", {"month": "2023-10"}, None, ""),
    ("9.17-9.23", day(9, 17), day(9, 23), ""), ("5—6月", {"month": "2023-05"}, {"month": "2023-06"}, ""), ("另行通知", {"reference": "另行通知"}, None, ""),
    ("举办结束后10日内", {"days": 10, "after": "activity_end"}, None, "by"), ("活动举办前7日", {"days": 7, "before": "activity_start"}, None, "by"),
    ("收到通知后5个工作日内", {"working_days": 5, "after": "notice_received"}, None, "by"),
])  # fmt: skip
def test_ways_to_write_a_date(words, first, last, edge):
    (dated,) = dates_in(words, YEARS)

    assert (dated.first, dated.last, dated.edge) == (first, last, edge)


def test_from_today_on():
    (dated,) = dates_in("即日起至2023年8月30日", YEARS)

    assert (dated.now, dated.last) == (True, day(8, 30))


@pytest.mark.parametrize(("words", "code"), [
    ("9月8日（星期一）前", "wrong_weekday"), ("9月31日前", "impossible_date"), ("13月1日前", "impossible_date"), ("2023 9 28日前", "lost_characters"),
])  # fmt: skip
def test_what_is_wrong_with_a_date(words, code):
    assert [f.code for d in dates_in(words, YEARS) for f in d.faults] == [code]


def test_the_right_weekday_is_nothing_to_say():
    assert [f for d in dates_in("9月8日（星期五）前", YEARS) for f in d.faults] == []


def test_no_year_is_known():
    (dated,) = dates_in("9月8日前", Years())

    assert (dated.first, [f.code for f in dated.faults]) == ({"reference": "9月8日"}, ["year_unknown"])


@pytest.mark.parametrize(("text", "month", "year"), [
    ("2023年活动\n2023年11月20日", 12, 2023), ("2023年活动\n2023年11月20日", 1, 2024), ("时间：2023年12月1日起。", 2, 2024), ("2024年活动\n2023年12月1日", 5, 2024),
])  # fmt: skip
def test_the_year_rolls_over_new_year(text, month, year):
    assert years_of(text, None).of(month) == year


@given(st.text(alphabet="0123456789年月日.-—至前后起止（）星期一十旬底工作内 ", max_size=40))
def test_any_text_has_dates_inside_it(text):
    assert all(0 <= d.start < d.end <= len(text) for d in dates_in(text, YEARS))
