"""When a link is looked at again, what an answer means, and when it is time to tell: for any times and any failures."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.links import (
    AGAIN,
    KEPT_AFTER,
    WEEKLY,
    Times,
    is_to_tell,
    next_look,
    seen,
    server_of,
    times_of,
)
from kepu.activities.models import LinkOutcome
from kepu.core.outgoing import NoEnd, NotReached, NotSafe, NotTrusted
from tests.factories.notices import china

NOON = china(2023, 9, 10, 12)
HOURS = st.integers(-2000, 2000).map(lambda n: timedelta(hours=n))


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (200, "fine"), (206, "fine"), (304, "fine"), (416, "fine"), (404, "gone"), (410, "gone"), (500, "broken"),
        (503, "broken"), (401, "unsure"), (403, "unsure"), (405, "unsure"), (429, "unsure"), (302, "unsure"),
        (NotSafe(""), "not_public"), (NotTrusted(""), "unsure"), (NoEnd(""), "no_end"), (NotReached(""), "unreached"),
    ],
)  # fmt: skip
def test_what_an_answer_means(answer, outcome):
    assert seen(answer).outcome == LinkOutcome(outcome)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://Live.Example.cn/room/7", "live.example.cn"), ("http://[::1]:80/", "::1"), ("http://[::1", ""), ("ftp://example.cn", ""),
        ("", ""), ("//example.cn", ""),
    ],
)  # fmt: skip
def test_the_server_of_an_address(url, name):
    assert server_of(url) == name


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (china(2023, 9, 1), china(2023, 9, 8)),  # weekly while it is far off
        (china(2023, 9, 15, 12), china(2023, 9, 16, 9)),  # a day before
        (china(2023, 9, 16, 9), china(2023, 9, 17, 7)),  # two hours before
        (china(2023, 9, 17, 8), china(2023, 9, 17, 8, 45)),  # a quarter of an hour before
        (china(2023, 9, 17, 9), china(2023, 9, 18, 9)),  # daily from then on
        (china(2023, 10, 16, 9), china(2023, 10, 17, 9)),
        (china(2023, 10, 17, 17), None),  # a month after the end
    ],
)
def test_one_that_opens_is_looked_at_when_it_matters(now, then):
    times = Times((china(2023, 9, 17, 9),), china(2023, 9, 17, 17))
    assert next_look(times, 0, at=now) == then


def test_one_that_fails_is_looked_at_ever_more_seldom():
    times = Times((china(2023, 9, 1),), china(2023, 9, 30))
    waits = [(next_look(times, n, at=NOON) - NOON) / timedelta(minutes=1) for n in range(1, 11)]
    assert waits == [10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]


def test_just_before_it_begins_one_that_fails_is_looked_at_every_ten_minutes():
    times = Times((NOON + timedelta(hours=1),), NOON + timedelta(hours=3))
    assert next_look(times, 6, at=NOON) == NOON + AGAIN


@given(st.lists(HOURS, max_size=4), st.integers(0, 50), HOURS)
def test_the_next_look_is_ahead_within_a_week_and_there_is_an_end(starts, failures, end):
    times = Times(tuple(sorted(NOON + one for one in starts)), NOON + end)
    then = next_look(times, failures, at=NOON)
    if NOON + end + KEPT_AFTER <= NOON:
        assert then is None
    else:
        assert NOON < then <= NOON + WEEKLY


def test_a_copy_tells_its_times_without_the_sessions_that_are_off():
    def session(day, **more):
        return {
            "starts_at": china(2023, 9, day).isoformat(),
            "ends_at": china(2023, 9, day, 17).isoformat(),
            **more,
        }

    content = {"starts_at": china(2023, 9, 17).isoformat(), "ends_at": china(2023, 9, 21, 17).isoformat()}
    assert times_of(content) == Times((china(2023, 9, 17),), china(2023, 9, 21, 17))
    content["sessions"] = [session(19), session(18, status="cancelled"), session(21)]
    assert times_of(content) == Times((china(2023, 9, 19), china(2023, 9, 21)), china(2023, 9, 21, 17))
    assert times_of(content, time_pending=True) == Times((), None)


@pytest.mark.parametrize(
    ("failures", "minutes", "told"), [(2, 90, False), (3, 59, False), (3, 60, True), (9, 600, True)]
)
def test_it_is_told_after_three_failures_and_an_hour(failures, minutes, told):
    assert is_to_tell(failures, NOON - timedelta(minutes=minutes), at=NOON) is told
    assert is_to_tell(0, None, at=NOON) is False
