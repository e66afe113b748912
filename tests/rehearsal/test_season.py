"""A small season from end to end, twice: once in one go, once left in the middle and taken up again."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from kepu.activities.models import Activity
from kepu.cli.loading import seasons_folder
from kepu.cli.rehearse import loaded, rehearse, told
from kepu.core import tallies
from kepu.core.calendar import start_of_day
from kepu.notices import rulebook
from kepu.notices.models import Delivery, Sending
from kepu.orgs.models import Unit
from kepu.rehearsal.cast import set_up_cast
from kepu.rehearsal.figures import Figures
from kepu.rehearsal.models import RehearsalState
from kepu.rehearsal.report import outcome
from kepu.rehearsal.script import span_of
from kepu.rehearsal.season import open_rehearsal, play_until

pytestmark = pytest.mark.django_db

FOLDER = seasons_folder() / "2023"
UNITS, ACTIVITIES, SEED = 120, 60, 5
FIVE = {"national-2023", "liaoning-2023", "chengdu-2023", "tangshan-2023", "dongguan-2023"}


@contextmanager
def undone_afterwards():
    """All of it in one transaction that is rolled back, as a test case does, so that acts may open their own inside."""
    atomic = transaction.atomic()
    atomic._from_testcase = True
    rulebook.forget()
    with atomic:
        yield
        transaction.set_rollback(True)
    rulebook.forget()


def sent():
    """What became of every notice: by its code and the unit, when it came, was opened and received, and from whom."""
    rows = Delivery.objects.order_by("notice__code", "unit__code")
    return list(
        rows.values_list(
            "notice__code", "unit__code", "sent_at", "opened_at", "received_at", "forwarded_from__unit__code"
        )
    )


@pytest.fixture(scope="module")
def in_one_go(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        result = rehearse(FOLDER, units=UNITS, activities=ACTIVITIES, seed=SEED)
        state = RehearsalState.objects.get()
        again = play_until(start_of_day(state.last_day) + timedelta(days=9))
        strangers = list(Activity.objects.exclude(unit__made_up=True).values_list("pk", flat=True))
        names = list(Unit.objects.order_by("pk").values_list("name", flat=True))
        sendings = list(Sending.objects.filter(kind="send").values_list("notice__code", flat=True))
        deliveries = sent()
    return result, {
        "again": again, "strangers": strangers, "names": names, "sendings": sendings, "deliveries": deliveries
    }  # fmt: skip


@pytest.fixture(scope="module")
def in_two_halves(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone_afterwards():
        season = loaded(FOLDER)
        span = span_of(season)
        set_up_cast(UNITS, seed=SEED, at=start_of_day(span.first) - timedelta(hours=15))
        open_rehearsal(season, seed=SEED, activities=ACTIVITIES)
        figures, middle = Figures(), start_of_day(span.week_start - timedelta(days=6))
        days = [play_until(middle, figures=figures), play_until(middle, figures=figures)]
        end = start_of_day(span.last + timedelta(days=1))
        days.append(play_until(end, figures=figures))
        while tallies.fold():
            pass
        result = outcome(season, figures, at=end, seconds=1.0) | {"deliveries": sent()}
    return result, days, span


def test_the_books_are_right_at_the_end(in_one_go):
    result, _more = in_one_go
    assert (result["audit"], result["tallies"]) == ("ok", "ok")


def test_a_late_filing_is_refused_by_the_lead_time_clause_of_dongguan(in_one_go):
    result, _more = in_one_go
    refusals = [r for r in result["refused"] if r["clause"] == "DG-48"]
    assert [(r["cite"], r["key"], r["notice"]) for r in refusals] == [
        ("东科协〔2023〕17号 六（二）1", "activity.lead_days", "dongguan-2023")
    ]
    assert refusals[0]["count"] > 0


def test_every_refusal_by_a_clause_says_which_and_in_a_sentence(in_one_go):
    result, _more = in_one_go
    by_clause = [r for r in result["refused"] if r["clause"]]
    assert [r for r in by_clause if not (r["cite"] and r["notice"] and r["key"] and r["sentence"])] == []


def test_duties_of_all_five_notices_are_handed_in_on_time_late_and_not_at_all(in_one_go):
    result, _more = in_one_go
    assert {d["notice"] for d in result["duties"] if d["on_time"]} == FIVE
    for answer in ("on_time", "late", "missing"):
        assert sum(d[answer] for d in result["duties"]) > 0
    assert [d for d in result["duties"] if d["bound"] != d["on_time"] + d["late"] + d["missing"]] == []


def test_activities_go_all_the_way(in_one_go):
    result, _more = in_one_go
    a = result["activities"]
    assert (
        ACTIVITIES
        >= a["filed"]
        >= a["approved"]
        >= a["published"]
        >= a["held"]
        >= a["completed"]
        >= a["summarised"]
        > 30
    )
    assert (a["returned"] > 0, a["cancelled"] > 0) == (True, True)


def test_only_made_up_units_take_part_and_nobody_takes_them_for_real(in_one_go):
    _result, more = in_one_go
    assert more["strangers"] == []
    assert [name for name in more["names"] if not (name.startswith("演练·") and "样例" in name)] == []


def test_playing_on_after_the_end_plays_nothing(in_one_go):
    _result, more = in_one_go
    assert more["again"] == 0


def test_playing_the_same_days_twice_plays_them_once(in_two_halves):
    _result, (first, second, rest), span = in_two_halves
    assert second == 0
    assert first + rest == (span.last - span.first).days + 1


def test_the_same_seed_gives_the_same_season_even_when_it_was_left_in_the_middle(in_one_go, in_two_halves):
    one, two = in_one_go[0], in_two_halves[0]
    same = ("units", "activities", "refused", "waived", "duties", "quotas", "acts")
    assert {name: two[name] for name in same} == {name: one[name] for name in same}


def test_the_report_for_people_names_clauses_and_books(in_one_go):
    result, _more = in_one_go
    text = "\n".join(told(result))
    assert "东科协〔2023〕17号 六（二）1" in text
    assert "留痕：ok；计数：ok。" in text


def test_every_notice_goes_out_once_and_is_opened_received_passed_on_or_left_lying(in_one_go):
    _result, more = in_one_go
    assert sorted(more["sendings"]) == sorted(FIVE)
    rows = more["deliveries"]
    assert {row[0] for row in rows} == FIVE
    steps = {(opened is not None, received is not None) for _n, _u, _at, opened, received, _from in rows}
    assert steps == {(False, False), (True, False), (True, True)}
    assert all(sent_at < opened for _n, _u, sent_at, opened, _r, _f in rows if opened is not None)
    passed_on = {(code, source) for code, _u, _s, _o, _r, source in rows if source}
    assert "national-2023" in {code for code, _source in passed_on}


def test_left_in_the_middle_the_same_units_have_the_same_notices(in_one_go, in_two_halves):
    result, _days, _span = in_two_halves
    _one, more = in_one_go
    days = [
        [(n, u, *(at and at.date() for at in (s, o, r)), f) for n, u, s, o, r, f in rows]
        for rows in (more["deliveries"], result["deliveries"])
    ]
    assert days[0] == days[1]
