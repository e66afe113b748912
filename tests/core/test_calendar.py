from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import calendar
from kepu.core.calendar import CHINA


def test_by_a_day_includes_the_whole_day():
    end = calendar.end_of_day(date(2023, 9, 8))
    assert end == datetime(2023, 9, 8, 23, 59, 59, 999999, tzinfo=CHINA)
    assert end + timedelta(microseconds=1) == calendar.start_of_day(date(2023, 9, 9))


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        ("16:00", datetime(2023, 9, 8, 8, 0, tzinfo=UTC)),
        ("16", datetime(2023, 9, 8, 8, 0, tzinfo=UTC)),
        ("00:00", datetime(2023, 9, 7, 16, 0, tzinfo=UTC)),
        ("24:00", datetime(2023, 9, 8, 15, 59, 59, 999999, tzinfo=UTC)),
        ("24", datetime(2023, 9, 8, 15, 59, 59, 999999, tzinfo=UTC)),
    ],
)
def test_a_stated_hour_is_chinas(clock, instant):
    assert calendar.at_hour(date(2023, 9, 8), clock) == instant


@pytest.mark.parametrize("clock", ["25:00", "12:60", "noon", "", "24:01"])
def test_what_is_no_hour_is_refused(clock):
    with pytest.raises(ValueError, match=r"hour|minute|invalid literal|unpack"):
        calendar.at_hour(date(2023, 9, 8), clock)


def test_an_instant_falls_on_chinas_day():
    assert calendar.day_of(datetime(2023, 9, 8, 15, 59, tzinfo=UTC)) == date(2023, 9, 8)
    assert calendar.day_of(datetime(2023, 9, 8, 16, 0, tzinfo=UTC)) == date(2023, 9, 9)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2023, 9, 28), True),  # a Thursday
        (date(2023, 9, 29), False),  # Mid-Autumn, a Friday
        (date(2023, 10, 2), False),  # National Day, a Monday
        (date(2023, 10, 6), False),
        (date(2023, 10, 7), True),  # a Saturday made up for
        (date(2023, 10, 8), True),  # a Sunday made up for
        (date(2023, 9, 16), False),  # an ordinary Saturday
        (date(2023, 6, 25), True),  # the Sunday after the Dragon Boat days
    ],
)
def test_china_works_by_the_official_calendar(day, works):
    assert calendar.is_working_day(day) == works


@pytest.mark.parametrize(
    ("day", "count", "result"),
    [
        (date(2023, 9, 28), 1, date(2023, 10, 7)),  # over the holiday to the made-up Saturday
        (date(2023, 9, 28), 3, date(2023, 10, 9)),
        (date(2023, 9, 30), 1, date(2023, 10, 7)),
        (date(2023, 10, 9), -3, date(2023, 9, 28)),
        (date(2023, 9, 8), 5, date(2023, 9, 15)),
        (date(2023, 9, 8), 0, date(2023, 9, 8)),
    ],
)
def test_working_days_are_counted_without_the_day_itself(day, count, result):
    assert calendar.add_working_days(day, count) == result


@given(day=st.dates(date(2018, 1, 1), date(2024, 12, 1)), count=st.integers(-15, 15).filter(bool))
def test_as_many_working_days_lie_between_as_were_counted(day, count):
    other = calendar.add_working_days(day, count)
    step = 1 if count > 0 else -1
    between = [day + timedelta(days=step * i) for i in range(1, abs((other - day).days) + 1)]
    assert sum(map(calendar.is_working_day, between)) == abs(count)
    assert calendar.is_working_day(other)


@pytest.mark.parametrize(
    ("month", "part", "days"),
    [
        (2, "", (date(2024, 2, 1), date(2024, 2, 29))),
        (12, "", (date(2024, 12, 1), date(2024, 12, 31))),
        (9, "early", (date(2024, 9, 1), date(2024, 9, 10))),
        (9, "middle", (date(2024, 9, 11), date(2024, 9, 20))),
        (2, "late", (date(2024, 2, 21), date(2024, 2, 29))),
    ],
)
def test_the_parts_of_a_month(month, part, days):
    assert calendar.part_of_month(2024, month, part) == days


@pytest.mark.parametrize(
    ("day", "holiday", "made_up"),
    [
        (date(2024, 9, 14), False, True),  # Saturday, worked for the 16th
        (date(2024, 9, 15), False, False),  # an ordinary Sunday
        (date(2024, 9, 16), True, False),  # bridging day
        (date(2024, 9, 17), True, False),
        (date(2023, 10, 1), True, False),  # a Sunday that is the holiday itself
        (date(2024, 9, 18), False, False),
    ],
)
def test_holidays_and_the_days_worked_for_them(day, holiday, made_up):
    assert (calendar.is_public_holiday(day), calendar.is_made_up_workday(day)) == (holiday, made_up)


def test_a_year_is_known_once_its_calendar_is_published():
    assert [calendar.knows_holidays_of(year) for year in (2023, 2024, 2190)] == [True, True, False]
