"""Days, months, codes, editions and words moved from one year to another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kepu.notices.kinds import kinds
from kepu.notices.kinds.moments import Moment
from kepu.notices.shifting import Shift, moments_in, moved, moved_days, suggested_days
from kepu.notices.shifting.ordinals import number_of, with_editions, words_of
from kepu.notices.shifting.texts import told
from tests.notices.building import dated

NEXT = Shift(2023, 2024, 364)
DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))


def made(kind, **params):
    return kinds()[kind].model_validate(dated(params))


def next_year(params, shift=NEXT):
    return moved(params, shift, moved_days(params, shift))


@pytest.mark.parametrize(("days", "year", "from_year"), [
    (364, 2024, 2023), (371, 2024, 2023), (-364, 2023, 2024), (728, 2025, 2023), (0, 2023, 2023), (7, 2024, 2024),
])  # fmt: skip
def test_the_days_tell_from_which_year(days, year, from_year):
    assert Shift.of(year=year, days=days) == Shift(from_year, year, days)


@pytest.mark.parametrize(("code", "new"), [
    ("dongguan-2023", "dongguan-2024"), ("2023-dongguan-formal", "2024-dongguan-formal"), ("dongguan", "dongguan-2024"),
    ("a20231", "a20231-2024"), ("x" * 60, "x" * 55 + "-2024"),
])  # fmt: skip
def test_a_code_changes_its_year_or_gets_it(code, new):
    assert NEXT.code(code) == new


@given(first=DAYS, year=st.integers(2024, 2040))
def test_what_is_suggested_keeps_the_weekday_and_comes_nearest(first, year):
    days = suggested_days(first, year)
    assert days % 7 == 0
    same_date = date(year, first.month, first.day)
    assert abs((first + timedelta(days=days) - same_date).days) <= 3
    if year == 2024:
        assert days in (364, 371)


def test_every_way_of_writing_a_time_moves_or_stays_as_it_must():
    moments = {
        Moment(date="2023-09-08", time="16:00"): Moment(date="2024-09-06", time="16:00"),
        Moment(month="2023-09", part="early"): Moment(month="2024-09", part="early"),
        Moment(reference="另行通知", outer="2023-10-10"): Moment(reference="另行通知", outer="2024-10-08"),
        Moment(days=10, after="activity_end"): Moment(days=10, after="activity_end"),
        Moment(working_days=5, before="window.main.start"): Moment(
            working_days=5, before="window.main.start"
        ),
        Moment(reference="以平台提示为准"): Moment(reference="以平台提示为准"),
    }
    assert {old: next_year(old) for old in moments} == moments


def test_days_at_any_depth_move():
    call = made(
        "call", code="works", title="2023年科普作品", opens="2023-08-01", closes={"month": "2023-08"}, since_year=2023,
        conditions=[{"code": "age", "label": "选手", "not_before": "2005-09-02"}],
    )  # fmt: skip
    assert next_year(call) == made(
        "call", code="works", title="2024年科普作品", opens="2024-07-30", closes={"month": "2024-08"}, since_year=2024,
        conditions=[{"code": "age", "label": "选手", "not_before": "2006-09-01"}],
    )  # fmt: skip


def test_the_calendar_year_stays_a_calendar_year():
    whole = made("window", code="year_round", title="全年", start="2023-01-01", end="2023-12-31")
    assert next_year(whole) == made(
        "window", code="year_round", title="全年", start="2024-01-01", end="2024-12-31"
    )
    open_ended = made("window", code="late", title="岁末", start="2023-11-01", end="2023-12-31")
    assert next_year(open_ended).end == Moment(date="2024-12-29")


def test_what_would_contradict_itself_is_refused():
    duty = made("duty", what="table", title="活动表", opens="2023-09-30", due={"month": "2023-09"})
    with pytest.raises(ValueError, match="早于开始报送的时间"):
        next_year(duty, Shift(2023, 2024, 371))


def test_a_day_at_the_end_of_the_calendar_does_not_go_round():
    with pytest.raises(OverflowError):
        moved_days(made("window", code="w", title="无期", end="9999-12-31"), NEXT)


@given(first=DAYS, length=st.integers(0, 300), weeks=st.integers(40, 60))
def test_by_whole_weeks_the_week_keeps_its_weekdays(first, length, weeks):
    last = first + timedelta(days=length)
    window = made("window", code="week", title="集中开展", start=first, end=last)
    new = next_year(window, Shift(2023, 2024, weeks * 7))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return  # a calendar year: its first and last day are nobody's choice of a weekday
    spans = [(w.start.date.weekday(), w.end.date.weekday(), w.end.date - w.start.date) for w in (window, new)]
    assert spans[0] == spans[1]


@pytest.mark.parametrize(("text", "new", "stayed"), [
    ("2023年全国科普日", "2024年全国科普日", ()),
    ("《纲要（2021—2035年）》和2022年的总结", "《纲要（2021—2035年）》和2022年的总结", ()),
    ("2020—2023年的成果", "2020—2023年的成果", ()),
    ("2023年至2024年", "2023年至2024年", ()),
    ("2023成都世界科幻大会", "2023成都世界科幻大会", ()),
    ("9月17日至23日集中举办", "9月15日至21日集中举办", ()),
    ("9月17日-9月23日", "9月15日-9月21日", ()),
    ("9月17—23日", "9月15—21日", ()),
    ("2023年9月17日到23日", "2024年9月15日到21日", ()),
    ("9月23日前交总结", "9月21日前交总结", ()),
    ("5月30日是全国科技工作者日", "5月30日是全国科技工作者日", ("5月30日",)),
    ("9月17日至25日", "9月17日至25日", ("9月17日至25日",)),
    ("2023年9月20日开会", "2024年9月18日开会", ()),
    ("2022年9月17日起", "2022年9月17日起", ("2022年9月17日",)),
    ("Concentrated week, 17 to 23 September.", "Concentrated week, 15 to 21 September.", ()),
    ("between 17 September and 23 September 2023", "between 15 September and 21 September 2024", ()),
    ("by 10 May", "by 10 May", ("10 May",)),
    ("13月40日，2月30日", "13月40日，2月30日", ("2月30日",)),
])  # fmt: skip
def test_words_for_years_and_days(text, new, stayed):
    held = {day: NEXT.day(day) for day in (date(2023, 9, 17), date(2023, 9, 23))}
    said = told(text, NEXT, held)
    assert (said.text, said.stayed) == (new, stayed)


@pytest.mark.parametrize(("days", "text"), [
    (8, "9月25日至10月1日"), (16, "10月3日至9日"), (-364, "9月17日至23日"),
])  # fmt: skip
def test_a_range_says_the_month_again_only_where_it_changes(days, text):
    shift = Shift(2023, 2023, days) if days > 0 else Shift(2024, 2023, days)
    first = date(2023, 9, 17) if days > 0 else date(2024, 9, 15)
    held = {day: shift.day(day) for day in (first, first + timedelta(days=6))}
    assert told(f"{first.month}月{first.day}日至{first.day + 6}日", shift, held).text == text


@given(first=DAYS, length=st.integers(1, 40), weeks=st.integers(40, 60), english=st.booleans())
def test_words_come_back_when_they_are_moved_back(first, length, weeks, english):
    last = first + timedelta(days=length)
    on, back = Shift(2023, 2024, weeks * 7), Shift(2024, 2023, -weeks * 7)
    if english:
        text = f"from {first.day} {first:%B} to {last.day} {last:%B}, and by {last.day} {last:%B}"
        if first.month == last.month:
            text = f"{first.day} to {last.day} {last:%B}"
    else:
        month = f"{last.month}月" if last.month != first.month else ""
        text = (
            f"2023年的活动{first.month}月{first.day}日至{month}{last.day}日，{last.month}月{last.day}日前报"
        )
    held = {day: on.day(day) for day in (first, last)}
    there = told(text, on, held)
    assume(not there.stayed)  # a day that goes two years on is left as it is, and named
    assert told(there.text, back, {new: old for old, new in held.items()}).text == text


@given(n=st.integers(1, 999))
def test_editions_in_words_are_read_as_they_are_written(n):
    assert number_of(words_of(n)) == n


def test_only_the_own_editions_move_and_keep_their_figures():
    text = "第二十届全国科普日暨第12届省科普日、第二届科幻大会"
    assert with_editions(text, {20: 21, 12: 13}) == "第二十一届全国科普日暨第13届省科普日、第二届科幻大会"


def test_moments_are_found_with_the_way_to_them():
    call = made("call", code="w", title="作品", closes="2023-08-31", conditions=[
        {"code": "age", "label": "选手", "not_after": "2023-01-05"},
    ])  # fmt: skip
    assert dict(moments_in(call)) == {
        ("closes",): Moment(date="2023-08-31"), ("conditions", 0, "not_after"): Moment(date="2023-01-05"),
    }  # fmt: skip
