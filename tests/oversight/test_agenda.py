"""What stands on a unit's calendar, and on which day."""

from datetime import date

import pytest

from kepu.activities.workflow import State
from kepu.notices.models import Clause
from kepu.oversight.agenda import Kind, agenda_of
from kepu.returns import actions
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import a_clause, china
from tests.factories.returns import HEADING, IN_TIME, LATE, PLAN, ROW, SEALED, reporting

pytestmark = pytest.mark.django_db
NOW = china(2023, 8, 25, 10)


def rules(season, place, *, issuer_unit=None):
    notice = reporting(season, place, issuer_unit=issuer_unit)
    for code, params in (
        ("W-1", {"code": "concentrated", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}}),
        ("W-2", {"code": "voting", "title": "投票", "start": {"date": "2023-09-01", "time": "08:00"}, "end": {"date": "2023-09-10", "time": "20:00"}}),
        ("W-3", {"code": "series", "title": "系列活动", "start": {"date": "2023-05-01"}}),
        ("W-4", {"code": "main", "title": "主场", "start": {"reference": "另行通知"}}),
    ):  # fmt: skip
        a_clause(notice, code, "window", params)
    for code, params in (
        ("P-1", {"code": "opening", "title": "启动仪式", "when": {"date": "2023-09-17", "time": "09:30"}}),
        ("P-2", {"code": "forum", "title": "论坛", "when": {"month": "2023-09", "part": "late"}}),
        ("P-3", {"code": "show", "title": "展览", "when": {"reference": "以网站为准", "outer": "2023-10-01"}}),
        ("P-4", {"code": "someday", "title": "没有写时间的"}),
        ("P-5", {"code": "closing", "title": "闭幕", "when": {"days": 3, "after": "window.concentrated.end"}}),
    ):  # fmt: skip
        a_clause(notice, code, "programme", params)
    a_clause(
        notice,
        "G-1",
        "gate",
        {"fact": "published_at", "not_after": {"date": "2023-09-30"}},
        key="activity.published_at.last",
    )
    return notice


@pytest.fixture
def world():
    return a_world(rules=rules)


def of(world, unit, at=NOW):
    return agenda_of(unit, world.season, at=at)


def days(agenda, kind):
    return [
        (e.key.split(".", 1)[1], e.span.first.isoformat(), e.span.last.isoformat(), e.span.all_day)
        for e in agenda.dated if e.kind is kind
    ]  # fmt: skip


def test_windows_programme_and_publishing_stand_on_the_days_their_clauses_name(world):
    agenda = of(world, world.town_office)
    assert days(agenda, Kind.WINDOW) == [
        ("series", "2023-05-01", "2023-05-01", True), ("voting", "2023-09-01", "2023-09-10", False),
        ("concentrated", "2023-09-17", "2023-09-23", True),
    ]  # fmt: skip
    assert days(agenda, Kind.PROGRAMME) == [
        ("opening", "2023-09-17", "2023-09-17", False), ("forum", "2023-09-21", "2023-09-30", True),
        ("closing", "2023-09-26", "2023-09-26", True),
    ]  # fmt: skip
    assert [(e.edge, e.span.first) for e in agenda.dated if e.kind is Kind.PUBLISHING] == [
        ("start", date(2023, 8, 21)), ("end", date(2023, 9, 30))
    ]  # fmt: skip


def test_what_has_no_date_is_on_no_day_and_says_what_it_waits_for(world):
    pending = of(world, world.town_office).pending
    assert [(e.kind, e.key, e.words) for e in pending] == [
        (Kind.WINDOW, "window.main", "另行通知"), (Kind.PROGRAMME, "programme.show", "以网站为准（最晚 2023-10-01）")
    ]  # fmt: skip


def test_duties_stand_on_their_last_day_and_say_how_they_stand(world):
    entries = {e.key: e for e in of(world, world.town_office).dated if e.kind is Kind.DUTY}
    assert {key: e.span.last for key, e in entries.items()} == {
        "duty.plan_table": date(2023, 9, 8), "duty.organisation_summary": date(2023, 9, 23)
    }  # fmt: skip
    plan = entries[PLAN]
    assert (plan.is_deadline, plan.span.all_day, plan.asks(), plan.is_done, plan.rule.cite) == (
        True, True, True, False, "东科协〔2023〕17号 六（一）"
    )  # fmt: skip


@pytest.mark.parametrize(("at", "late"), [(IN_TIME, False), (LATE, True)])
def test_what_was_handed_in_stays_on_its_day_and_asks_no_more(world, at, late):
    actions.hand_in_return(
        world.town_office, world.season, PLAN, sections=HEADING, rows=[ROW], parts=SEALED, by=world.town_coordinator, at=at
    )  # fmt: skip
    plan = next(e for e in of(world, world.town_office, LATE).dated if e.key == PLAN)
    assert (plan.is_done, plan.is_late, plan.asks(), plan.span.last) == (True, late, False, date(2023, 9, 8))


def test_what_was_not_handed_in_is_late(world):
    plan = next(e for e in of(world, world.town_office, LATE).dated if e.key == PLAN)
    assert (plan.is_late, plan.is_done, plan.asks()) == (True, False, True)


def test_a_duty_of_others_is_not_on_the_calendar(world):
    keys = {e.key for e in (*of(world, world.school).dated, *of(world, world.school).pending)}
    assert not {key for key in keys if key.startswith("duty.")}


def test_a_duty_that_only_invites_reminds_of_nothing(world):
    Clause.objects.filter(code="DG-43").update(strictness="strive")
    from kepu.notices import rulebook

    rulebook.forget()
    assert not next(e for e in of(world, world.town_office).dated if e.key == PLAN).asks()


def test_a_duty_without_a_date_waits_below(world):
    assert [(e.key, e.words) for e in of(world, world.city_office).pending if e.kind is Kind.DUTY] == [
        ("duty.season_summary", "")
    ]  # fmt: skip


class TestActivities:
    def entry(self, world, activity, at=NOW):
        found = [
            e
            for e in (*of(world, world.school, at).dated, *of(world, world.school, at).pending)
            if e.activity
        ]
        return next((e for e in found if e.activity.pk == activity.pk), None)

    def test_a_planned_one_owes_its_summary_ten_days_after_its_end(self, world):
        activity = an_activity(world, State.PUBLISHED)
        entry = self.entry(world, activity)
        assert (entry.key, entry.title, entry.span.last, entry.is_done, entry.rule.cite) == (
            f"activity.{activity.pk}.duty.activity_summary", "活动总结", date(2023, 9, 27), False, "东科协〔2023〕17号 六（二）5"
        )  # fmt: skip

    def test_one_that_was_held_owes_it_as_was_fixed_then(self, world):
        activity = an_activity(world, State.COMPLETED)
        assert self.entry(world, activity).span.last == date(2023, 9, 27)
        late = self.entry(world, activity, china(2023, 9, 28))
        assert (late.is_late, late.is_done) == (True, False)

    def test_one_that_was_summarised_is_done(self, world):
        entry = self.entry(world, an_activity(world, State.SUMMARISED))
        assert (entry.is_done, entry.asks(), entry.is_late) == (True, False, False)

    @pytest.mark.parametrize(
        "state", [State.DRAFT, State.RETURNED, State.CANCELLED, State.WITHDRAWN, State.ARCHIVED]
    )
    def test_what_is_not_on_its_way_owes_nothing(self, world, state):
        assert self.entry(world, an_activity(world, state)) is None

    def test_one_whose_time_is_to_be_told_stands_nowhere(self, world):
        activity = an_activity(world, State.PUBLISHED)
        type(activity).objects.filter(pk=activity.pk).update(time_pending=True)
        assert self.entry(world, activity) is None

    def test_what_names_no_date_is_not_listed_for_each_of_them(self, world):
        notice = world.season.notices.get()
        a_clause(notice, "D-1", "duty", {"what": "photos", "title": "照片", "about": "activity"})
        waits = {"what": "videos", "title": "视频", "about": "activity", "due": {"reference": "另行通知"}}
        a_clause(notice, "D-2", "duty", waits)
        an_activity(world, State.PUBLISHED)
        an_activity(world, State.HELD)
        pending = [
            (e.title, e.activity.state, e.words) for e in of(world, world.school).pending if e.activity
        ]
        assert pending == [("视频", State.PUBLISHED, "另行通知")]

    def test_another_units_is_not_here(self, world):
        an_activity(world, State.PUBLISHED)
        assert not [e for e in of(world, world.town_office).dated if e.activity]


def test_they_come_in_the_order_of_time(world):
    an_activity(world, State.PUBLISHED)
    dated = of(world, world.school).dated
    times = [e.span.ends if e.is_deadline else e.span.begins for e in dated]
    assert times == sorted(times)


def test_a_stretch_of_days_takes_in_what_touches_it(world):
    agenda = of(world, world.school)
    assert {e.key for e in agenda.between(date(2023, 9, 10), date(2023, 9, 16))} == {"window.voting"}
    assert "window.concentrated" in {e.key for e in agenda.between(date(2023, 9, 23), date(2023, 9, 23))}


@pytest.mark.parametrize("n", [1, 12])
def test_it_costs_three_queries_however_much_there_is(world, django_assert_num_queries, n):
    for number in range(n):
        an_activity(world, State.PUBLISHED, title=f"第{number}场")
    of(world, world.town_office)
    with django_assert_num_queries(3):
        of(world, world.town_office)
    with django_assert_num_queries(2):  # the school owes nothing to a receiver
        of(world, world.school)
