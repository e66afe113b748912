"""A month in whole weeks; no robot walks further than the season's neighbours."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.calendar.months import month_asked, month_of, reach

SEASON = (date(2023, 9, 1), date(2023, 9, 30))
TODAY = date(2023, 9, 11)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_of_a_month_stands_once_under_its_weekday(day):
    first = day.replace(day=1)
    month = month_of(first, {day: 3}, today=TODAY, asked=Asked(), season=SEASON)

    inside = [d for week in month.weeks for d in week if d.is_inside]
    assert [d.day for d in inside] == [
        first + timedelta(days=n) for n in range((month.last - first).days + 1)
    ]
    assert all(week[0].day.weekday() == 0 and len(week) == 7 for week in month.weeks)
    assert [(d.day, d.count, d.step) for d in inside if d.count] == [(day, 3, 1)]
    assert month.total_days == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", "2023-09"), ("2023-10", "2023-10"), ("2023-07", "2023-07"), ("2023-01", "2023-07"), ("9999-12", "2023-12"),
        ("0000-01", "2023-09"), ("2023-13", "2023-09"), ("2023-9", "2023-09"), ("昨天", "2023-09"),
    ],
)  # fmt: skip
def test_the_month_asked_for_or_the_nearest_that_is_drawn(asked, shown):
    assert f"{month_asked(asked, TODAY, SEASON):%Y-%m}" == shown


@pytest.mark.parametrize(
    ("today", "shown"), [(date(2023, 1, 1), "2023-09"), (date(2024, 5, 1), "2023-09"), (TODAY, "2023-09")]
)
def test_where_nothing_is_asked_it_is_the_season_as_it_is_now(today, shown):
    assert f"{month_asked('', today, SEASON):%Y-%m}" == shown


def test_the_last_months_lead_no_further():
    earliest, latest = reach(SEASON)
    assert month_of(earliest, {}, today=TODAY, asked=Asked(), season=SEASON).previous == ""
    assert month_of(latest, {}, today=TODAY, asked=Asked(), season=SEASON).next == ""
    middle = month_of(date(2023, 9, 1), {}, today=TODAY, asked=Asked(), season=SEASON)
    assert (middle.previous, middle.next) == ("2023-08", "2023-10")
