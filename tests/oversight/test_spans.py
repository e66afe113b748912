"""Days and instants as notices write them, as stretches of a calendar."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core.calendar import CHINA, day_of, end_of_day, part_of_month
from kepu.notices.kinds import kinds
from kepu.notices.kinds.moments import Moment
from kepu.oversight.spans import dates_of, deadline, of_window, span_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
HOURS = st.times().map(lambda t: f"{t:%H:%M}")


@given(DAYS)
def test_a_day_is_the_whole_day(day):
    span = span_of(Moment(date=day), {})
    assert (span.first, span.last, span.all_day) == (day, day, True)
    assert (span.begins.hour, span.ends) == (0, end_of_day(day))


@given(DAYS, HOURS)
def test_a_named_hour_is_an_instant(day, hour):
    span = span_of(Moment(date=day, time=hour), {})
    assert (span.begins, span.all_day) == (span.ends, False)
    assert f"{span.begins.astimezone(CHINA):%Y-%m-%d %H:%M}" == f"{day} {hour}"


@given(DAYS)
def test_midnight_at_the_end_is_the_whole_day(day):
    assert span_of(Moment(date=day, time="24:00"), {}) == span_of(Moment(date=day), {})


@given(DAYS, st.sampled_from(["early", "middle", "late", None]))
def test_part_of_a_month_is_all_its_days(day, part):
    span = span_of(Moment(month=f"{day:%Y-%m}", part=part), {})
    assert ((span.first, span.last), span.all_day) == (part_of_month(day.year, day.month, part or ""), True)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda t: t.replace(tzinfo=CHINA)))
def test_a_deadline_falls_on_its_own_day(instant):
    assert deadline(instant).last == day_of(instant)
    assert deadline(end_of_day(day_of(instant))).all_day


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        ({"reference": "另行通知"}, None), ({"reference": "另行通知", "outer": "2023-10-01"}, None),
        ({"days": 3, "after": "window.x.end"}, date(2023, 9, 4)), ({"days": 3, "after": "window.y.end"}, None),
        ({"working_days": 1, "before": "window.x.end"}, date(2023, 8, 31)),
    ],
)  # fmt: skip
def test_relative_days_count_from_what_is_known(moment, first):
    span = span_of(Moment.model_validate(moment), {"window.x.end": datetime(2023, 9, 1, 12, tzinfo=CHINA)})
    assert (span.first if span else None) == first


def a_window(**fields):
    return kinds()["window"].model_validate({"code": "x", "title": "x", **fields})


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, None), ({"start": {"reference": "待定"}}, None),
        ({"start": {"date": "2023-09-17"}}, ("2023-09-17", "2023-09-17", True)),
        ({"end": {"date": "2023-09-23"}}, ("2023-09-23", "2023-09-23", True)),
        ({"end": {"date": "2023-09-23", "time": "18:00"}}, ("2023-09-23", "2023-09-23", False)),
        ({"start": {"month": "2023-09"}, "end": {"month": "2023-10", "part": "early"}}, ("2023-09-01", "2023-10-10", True)),
        ({"start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23", "time": "18:00"}}, ("2023-09-17", "2023-09-23", False)),
    ],
)  # fmt: skip
def test_a_window_is_from_its_beginning_to_its_end(fields, found):
    span = of_window(a_window(**fields))
    assert (span and (f"{span.first}", f"{span.last}", span.all_day)) == found


@pytest.mark.parametrize(
    ("kind", "params", "first"),
    [
        ("duty", {"what": "x", "title": "x", "due": {"date": "2023-09-08"}}, date(2023, 9, 8)),
        ("gate", {"fact": "published_at", "not_before": {"date": "2023-08-21"}}, date(2023, 8, 21)),
        ("gate", {"fact": "lead_days", "min": 7}, None),
        ("programme", {"code": "x", "title": "x", "when": {"date": "2023-09-17"}}, date(2023, 9, 17)),
        ("call", {"code": "x", "title": "x", "materials": ["picture"], "closes": {"date": "2023-09-30"}}, date(2023, 9, 30)),
        ("text", {"topic": "x", "code": "x", "title": "x"}, None),
    ],
)  # fmt: skip
def test_the_day_of_any_kind_of_rule(kind, params, first):
    span = dates_of(kinds()[kind].model_validate(params), {})
    assert (span.first if span else None) == first
