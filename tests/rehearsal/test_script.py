from datetime import date

from kepu.rehearsal.script import Span, script_of

SPAN = Span(date(2023, 7, 21), date(2023, 9, 17), date(2023, 9, 23), date(2023, 10, 18))
HOSTS = {"A": 1.0, "B": 2.0, "C": 0.5}


def test_the_same_seed_writes_the_same_script_and_another_seed_another():
    assert script_of(HOSTS, 40, span=SPAN, seed=1) == script_of(HOSTS, 40, span=SPAN, seed=1)
    assert script_of(HOSTS, 40, span=SPAN, seed=1) != script_of(HOSTS, 40, span=SPAN, seed=2)


def test_a_longer_script_begins_like_a_shorter_one():
    assert script_of(HOSTS, 90, span=SPAN, seed=1)[:40] == script_of(HOSTS, 40, span=SPAN, seed=1)


def test_every_activity_lies_in_the_season_and_is_filed_before_it_begins():
    parts = script_of(HOSTS, 300, span=SPAN, seed=1)
    strange = [
        part
        for part in parts
        if not (SPAN.first <= part.files_on < part.starts_at.date() and part.ends_at.date() <= SPAN.last)
        or part.ends_at <= part.starts_at
        or part.host not in HOSTS
    ]
    assert strange == []


def test_two_thirds_are_in_the_week_itself():
    parts = script_of(HOSTS, 600, span=SPAN, seed=1)
    within = sum(SPAN.week_start <= part.starts_at.date() <= SPAN.week_end for part in parts)
    assert 0.6 < within / len(parts) < 0.72
