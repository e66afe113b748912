"""Sessions of the rehearsal: from the hours its script gives, never beyond them, and drawn from the part alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kepu.activities.sessions import Session, cleaned_sessions, span_of_sessions, spanned
from kepu.rehearsal.script import Span, script_of
from kepu.rehearsal.sessions import arranged, at_hours
from tests.factories.notices import china

SPAN = Span(date(2023, 8, 20), date(2023, 9, 17), date(2023, 9, 23), date(2023, 10, 15))
PARTS = script_of({"a": 1.0}, 300, span=SPAN, seed=7)


def content_of(part):
    return {"mode": part.mode, "starts_at": part.starts_at, "ends_at": part.ends_at}


def test_several_sessions_begin_and_end_when_the_script_says():
    kinds = set()
    for part in PARTS:
        content = content_of(part)
        made = arranged(content, part)
        kinds.add(made.get("arrangement", "once"))
        assert (
            spanned({**made, "sessions": cleaned_sessions(made.get("sessions"))}).items() >= content.items()
        )
        assert arranged(content, part) == made
    assert kinds == {"once", "tour", "recurring", "series"}


def test_what_is_moved_later_and_what_has_no_hours_is_held_once():
    part = replace(PARTS[0], luck=0, mode="offline", turn="")
    assert "sessions" in arranged({**content_of(part), "ends_at": part.starts_at + timedelta(hours=2)}, part)
    for other, content in (
        (replace(part, turn="postpone"), content_of(part)),
        (part, {"starts_at": None, "ends_at": None}),
    ):
        assert arranged(content, other) == content


@pytest.mark.parametrize("days", [0, 4])
def test_the_sessions_move_with_the_hours(days):
    starts, ends = china(2023, 9, 17, 9), china(2023, 9, 17, 11)
    later = timedelta(days=days)
    rows = [Session("s1", starts_at=starts, ends_at=ends).as_plain()]
    moved = at_hours(starts, rows, starts + later, ends + later)
    assert span_of_sessions(map(Session.from_plain, moved["sessions"])) == (starts + later, ends + later)
    assert at_hours(starts, [], starts, ends) == {"starts_at": starts, "ends_at": ends}
