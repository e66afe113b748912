"""Dates as notices write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kepu.core.calendar import CHINA, end_of_day, is_working_day
from kepu.notices.kinds.moments import Moment, later_than

END = datetime(2023, 9, 23, 17, 30, tzinfo=CHINA)


def last(**moment):
    return (
        Moment(**moment)
        .resolve({"activity_end": END, "activity_start": END, "results_published": date(2023, 9, 28)})
        .at
    )


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ({"date": date(2023, 9, 8)}, "2023-09-08 23:59:59"),
        ({"date": date(2023, 9, 8), "time": "16:00"}, "2023-09-08 16:00:00"),
        ({"date": date(2023, 9, 8), "time": "24:00"}, "2023-09-08 23:59:59"),
        ({"month": "2023-09"}, "2023-09-30 23:59:59"),
        ({"month": "2023-09", "part": "early"}, "2023-09-10 23:59:59"),
        ({"month": "2023-09", "part": "middle"}, "2023-09-20 23:59:59"),
        ({"month": "2024-02", "part": "late"}, "2024-02-29 23:59:59"),
        ({"days": 10, "after": "activity_end"}, "2023-10-03 23:59:59"),
        ({"days": 7, "before": "activity_start"}, "2023-09-16 23:59:59"),
        ({"days": 0, "before": "activity_start"}, "2023-09-23 17:30:00"),
        # 28 September 2023 is followed by the long holiday; 7 and 8 October are working days made up for it
        ({"working_days": 5, "after": "results_published"}, "2023-10-11 23:59:59"),
        ({"reference": "以平台提示为准", "outer": date(2023, 10, 10)}, "2023-10-10 23:59:59"),
    ],
)
def test_a_moment_resolves_to_the_last_instant_in_time(moment, expected):
    assert last(**moment).strftime("%Y-%m-%d %H:%M:%S") == expected


def test_a_reference_pretends_nothing():
    answer = Moment(reference="另行通知").resolve()

    assert (answer.at, answer.settled, answer.words) == (None, False, "另行通知")


@pytest.mark.parametrize(
    "moment",
    [
        {}, {"date": date(2023, 9, 8), "month": "2023-09"}, {"days": 3}, {"days": 3, "before": "activity_start", "after": "activity_end"},
        {"date": date(2023, 9, 8), "after": "activity_end"}, {"part": "early", "date": date(2023, 9, 1)}, {"month": "2023-13"},
        {"date": date(2023, 9, 8), "time": "25:00"}, {"days": 3, "after": "the_moon"}, {"date": date(2023, 9, 8), "outer": date(2023, 9, 9)},
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(moment):
    with pytest.raises(ValidationError):
        Moment(**moment)


@given(st.dates(date(2022, 1, 1), date(2026, 12, 1)), st.integers(1, 15))
def test_working_days_end_on_a_working_day_and_count_each_once(start, count):
    answer = Moment(working_days=count, after="results_published").resolve({"results_published": start}).at

    days = [start + timedelta(days=i) for i in range(1, (answer.date() - start).days + 1)]
    assert sum(is_working_day(d) for d in days) == count
    assert is_working_day(days[-1])


@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_later_than_agrees_with_the_calendar(a, b):
    assert later_than(Moment(date=a), Moment(date=b)) == (end_of_day(a) > end_of_day(b))


def test_moments_of_different_sorts_are_not_compared():
    assert later_than(Moment(days=3, after="activity_end"), Moment(date=date(2023, 9, 1))) is None
