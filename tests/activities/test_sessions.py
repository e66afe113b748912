"""Sessions: written as plain data, cleaned without losing anything, and what they give the activity."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.models import Activity, Arrangement
from kepu.activities.sessions import (
    MOST,
    Session,
    cleaned_sessions,
    repeated,
    sessions_of,
    shifted,
    span_of_sessions,
    spanned,
)
from kepu.core.calendar import CHINA
from kepu.core.refusals import Incomplete
from tests.factories.notices import china

MORNING, NOON = china(2023, 9, 17, 9), china(2023, 9, 17, 12)
instants = st.datetimes(datetime(2023, 1, 1), datetime(2024, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=CHINA)
)


@st.composite
def sessions(draw):
    starts = draw(st.none() | instants)
    length = draw(st.integers(1, 60 * 24 * 3))
    return {
        "code": draw(st.sampled_from(["", "s1", "s2", "s7"])),
        "title": draw(st.text("科普讲座 ", max_size=8)),
        "starts_at": starts,
        "ends_at": starts and starts + timedelta(minutes=length),
        "place_id": draw(st.none() | st.integers(1, 9)),
        "venue": draw(st.text("礼堂 ", max_size=4)),
        "address": "",
        "note": "",
    }


@given(st.lists(sessions(), max_size=8))
def test_cleaning_keeps_all_that_was_written_gives_each_a_code_of_its_own_and_is_done_once(given_sessions):
    kept = cleaned_sessions(given_sessions)

    written = [s for s in given_sessions if any(str(s[k] or "").strip() for k in s if k != "code")]
    assert [(s["title"], s["venue"]) for s in kept] == [
        (s["title"].strip(), s["venue"].strip()) for s in written
    ]
    assert len({s["code"] for s in kept}) == len(kept)
    assert cleaned_sessions(kept) == kept


@given(st.lists(sessions(), max_size=8), st.timedeltas(timedelta(days=-9), timedelta(days=9)))
def test_all_sessions_move_by_the_same_time(given_sessions, by):
    kept = cleaned_sessions(given_sessions)
    before, after = (
        span_of_sessions(Session.from_plain(s) for s in found) for found in (kept, shifted(kept, by))
    )
    assert after == (before and (before[0] + by, before[1] + by))


@pytest.mark.parametrize(
    ("session", "where", "sentence"),
    [
        ({"starts_at": NOON, "ends_at": MORNING}, "sessions.0.ends_at", "第1场：结束时间要晚于开始时间。"),
        ({"starts_at": "明天"}, "sessions.0.starts_at", "第1场：这不是日期和时间。"),
        ({"title": "长" * 121}, "sessions.0.title", "第1场：“名称”最多120个字，现在有121个字。"),
        ({"venue": "礼\0堂"}, "sessions.0.venue", "第1场：“场地名称”里有不能保存的字符。"),
        ({"place_id": "石龙"}, "sessions.0.place_id", "第1场：请选“举办地”。"),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_number(session, where, sentence):
    with pytest.raises(Incomplete) as refused:
        cleaned_sessions([session])
    assert [(r.field, str(r.sentence)) for r in refused.value.reasons] == [(where, sentence)]


@pytest.mark.parametrize("value", ["每周六", [1], {"code": "s1"}, [{"title": "场"}] * (MOST + 1)])
def test_what_is_no_list_of_sessions_is_refused(value):
    with pytest.raises(Incomplete):
        cleaned_sessions(value)


def test_an_activity_begins_with_its_first_session_and_ends_with_its_last():
    plain = cleaned_sessions([
        {"title": "第二站", "starts_at": MORNING + timedelta(days=3), "ends_at": NOON + timedelta(days=3)},
        {"title": "第一站", "starts_at": MORNING, "ends_at": NOON},
    ])  # fmt: skip
    values = spanned({"arrangement": Arrangement.TOUR, "sessions": plain})
    assert (values["starts_at"], values["ends_at"]) == (MORNING, NOON + timedelta(days=3))
    activity = Activity(arrangement=Arrangement.TOUR, sessions=plain)
    assert [s.title for s in sessions_of(activity)] == ["第一站", "第二站"]


def test_what_was_written_before_the_host_chose_once_counts_for_nothing_and_stays():
    plain = cleaned_sessions([{"starts_at": MORNING, "ends_at": NOON}])
    activity = Activity(arrangement=Arrangement.ONCE, sessions=plain)
    assert sessions_of(activity) == []
    assert activity.sessions == plain
    assert "starts_at" not in spanned({"sessions": plain}, activity)


def test_a_recurring_activity_takes_place_at_the_same_hours_on_its_weekdays():
    found = repeated(MORNING, NOON, weekdays={5, 6}, until=date(2023, 9, 24))  # the 17th is a Sunday
    assert [s.starts_at.astimezone(CHINA).day for s in found] == [17, 23, 24]
    assert {s.ends_at - s.starts_at for s in found} == {timedelta(hours=3)}
    assert [s.code for s in found] == ["s1", "s2", "s3"]


def test_a_recurring_activity_has_an_end():
    assert len(repeated(MORNING, NOON, weekdays=set(range(7)), until=date(2030, 1, 1))) == MOST
