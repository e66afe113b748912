"""The programme by day and the dial: which days there are, and how they are drawn."""

from datetime import date, timedelta
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core.calendar import at_hour
from kepu.web.portal.dial import MOST_DAYS, RADIUS, dial
from kepu.web.portal.programme import COLUMN, days_of, programme
from kepu.web.portal.season import Phase
from tests.factories.notices import china

FIRST = date(2023, 9, 17)


def a_phase(first, days, at):
    last = first + timedelta(days=days - 1)
    today = at.date()
    return Phase(
        first, last, "before" if today < first else "after" if today > last else "during", "", "", None
    )


def shown(days, at, counts=None):
    phase = a_phase(FIRST, days, at)
    return programme(phase, counts or {}, None, at=at)


def test_a_week_is_shown_as_it_is():
    found = shown(
        7, china(2023, 9, 19, 9), {date(2023, 9, 17): 1200, date(2023, 9, 18): 1, date(2023, 9, 20): 600}
    )

    assert [(d.day.day, d.count, d.height, d.top) for d in found.week] == [
        (17, 1200, COLUMN, 0), (18, 1, 1, COLUMN - 1), (19, 0, 0, COLUMN), (20, 600, 18, 18),
        (21, 0, 0, COLUMN), (22, 0, 0, COLUMN), (23, 0, 0, COLUMN),
    ]  # fmt: skip
    assert found.weeks == ()
    assert (found.week[0].words, found.week[2].words) == ("9月17日 周日，1,200场", "9月19日 周二，还没有活动")
    assert [d.past for d in found.week[:3]] == [True, True, False]


def test_a_month_shows_the_week_we_are_in_and_all_its_days_below_their_weekdays():
    found = shown(30, china(2023, 9, 27, 9))

    assert [d.day.day for d in found.week] == [26, 27, 28, 29, 30, 1, 2]
    assert [len(week) for week in found.weeks] == [7] * 6
    for week in found.weeks:
        assert [d.day.weekday() for d in week if d] == [n for n, d in enumerate(week) if d]
    assert sum(d is not None for week in found.weeks for d in week) == 30


def test_when_all_is_over_there_is_nothing_to_choose():
    assert shown(7, china(2023, 9, 24)) is None


@given(days=st.integers(1, 400), offset=st.integers(-500, 399))
def test_every_day_stands_once_and_the_week_is_part_of_it(days, offset):
    at = at_hour(FIRST + timedelta(days=min(offset, days - 1)), "9:00")
    found = shown(days, at)
    first, last = days_of(a_phase(FIRST, days, at), at=at)

    week = [d.day for d in found.week]
    assert week == [week[0] + timedelta(days=n) for n in range(min(7, days))]
    assert week[0] >= FIRST
    assert week[-1] <= FIRST + timedelta(days=days - 1)
    if found.weeks:
        drawn = [d.day for row in found.weeks for d in row if d]
        assert drawn == [first + timedelta(days=n) for n in range((last - first).days + 1)]
    if at.date() >= FIRST:
        assert [d.day for d in found.week if d.today] == [at.date()]


@given(days=st.integers(1, MOST_DAYS), now=st.integers(-3, 80))
def test_the_dial_has_a_mark_for_each_day_and_its_hand_on_today(days, now):
    last = FIRST + timedelta(days=days - 1)
    drawn = dial(FIRST, last, at=at_hour(FIRST + timedelta(days=now), "9:00"))

    assert [mark.number for mark in drawn.marks] == [(FIRST + timedelta(days=n)).day for n in range(days)]
    assert all(hypot(mark.x, mark.y) == pytest.approx(RADIUS, abs=0.2) for mark in drawn.marks)
    assert sum(mark.past for mark in drawn.marks) == min(max(now, 0), days)
    assert (drawn.hand is not None) == (0 <= now < days) == any(mark.now for mark in drawn.marks)
    assert len({mark.path for mark in drawn.marks}) == days


def test_a_season_of_a_year_has_no_dial():
    assert dial(FIRST, FIRST + timedelta(days=365), at=china(2023, 9, 19)) is None
