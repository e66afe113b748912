"""The feed as other programs read it: read back here with the same library that they use."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from kepu.activities.workflow import State
from kepu.core.calendar import CHINA
from kepu.notices.actions import end_feed_key, make_feed_key
from kepu.notices.models import Clause, Notice, Season
from kepu.orgs.models import Unit
from tests.factories.activities import a_world, an_activity
from tests.factories.notices import a_clause, china
from tests.factories.orgs import a_coordinator
from tests.factories.returns import PLAN, a_return, reporting

NOW = china(2023, 8, 25, 10)
SECRET_PAGE = "这个日历地址打不开了"


def rules(season, place, *, issuer_unit=None):
    notice = reporting(season, place, issuer_unit=issuer_unit)
    a_clause(notice, "W-1", "window", {"code": "voting", "title": "投票；一，二,三", "start": {"date": "2023-09-01", "time": "08:00"}, "end": {"date": "2023-09-10", "time": "20:00"}})  # fmt: skip
    a_clause(notice, "W-2", "window", {"code": "concentrated", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}})  # fmt: skip
    a_clause(notice, "P-1", "programme", {"code": "opening", "title": "启动仪式", "when": {"date": "2023-09-17", "time": "09:30"}})  # fmt: skip
    a_clause(
        notice, "P-2", "programme", {"code": "closing", "title": "闭幕式", "when": {"reference": "另行通知"}}
    )
    return notice


@pytest.fixture
def clock(monkeypatch):
    def on(instant):
        monkeypatch.setattr("kepu.core.clock.now", lambda: instant)

    on(NOW)
    return on


@pytest.fixture
def world(db, clock, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    return a_world(rules=rules)


@pytest.fixture
def key(world):
    return make_feed_key(world.town_office, by=a_coordinator(world.town_office), at=NOW).key


def fetched(key, **headers):
    return Client().get(f"/feeds/{key}.ics", headers=headers)


def events(key):
    calendar = Calendar.from_ical(fetched(key).content)
    return {str(event["UID"]).split(".2023.")[0]: event for event in calendar.events}


def test_it_is_a_calendar_that_other_programs_take(world, key):
    answer = fetched(key)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert not answer.cookies
    calendar = Calendar.from_ical(answer.content)
    assert (str(calendar["VERSION"]), str(calendar["METHOD"]), str(calendar["X-WR-CALNAME"])) == (
        "2.0", "PUBLISH", "石龙镇科协 · 2023年全国科普日"
    )  # fmt: skip
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    assert not [event.errors for event in calendar.walk() if event.errors]


def test_whole_days_and_hours_stand_where_the_clauses_say(key):
    found = {name: (event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None) for name, event in events(key).items()}  # fmt: skip
    assert found == {
        "activity.published_at.start": (date(2023, 8, 21), date(2023, 8, 22)),
        "window.voting": (china(2023, 9, 1, 8), china(2023, 9, 10, 20)),
        PLAN: (date(2023, 9, 8), date(2023, 9, 9)),
        "window.concentrated": (date(2023, 9, 17), date(2023, 9, 24)),
        "programme.opening": (china(2023, 9, 17, 9, 30), None),
        "duty.organisation_summary": (date(2023, 9, 23), date(2023, 9, 24)),
    }  # fmt: skip


def test_hours_are_chinas(key):
    event = events(key)["programme.opening"]
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=8)


def test_an_event_says_its_clause_its_state_and_where_to_go(key):
    event = events(key)[PLAN]
    assert (str(event["SUMMARY"]), str(event["URL"]), str(event["STATUS"]), str(event["TRANSP"])) == (
        "报送：分会场活动表", "https://kepu.example.cn/workspace/duties/duty.plan_table/", "CONFIRMED", "TRANSPARENT"
    )  # fmt: skip
    assert str(event["DESCRIPTION"]).split("\n") == [
        "2023年9月8日前报送分会场活动表（盖章PDF版、电子版），通过OA邮箱。", "依据：东科协〔2023〕17号 六（一）",
        "报给：东莞市科协科普部", "状态：待报送",
    ]  # fmt: skip


def test_texts_come_through_whole(key):
    assert str(events(key)["window.voting"]["SUMMARY"]) == "投票；一，二,三"


def test_deadlines_remind_the_day_before_and_nothing_else_does(key):
    alarms = {
        name: [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] for name, event in events(key).items()
    }
    day_before_at_nine = -timedelta(hours=15)
    assert {name: found for name, found in alarms.items() if found} == {
        PLAN: [day_before_at_nine], "duty.organisation_summary": [day_before_at_nine]
    }  # fmt: skip


def test_a_deadline_with_an_hour_reminds_one_day_before_it(world, key):
    Clause.objects.filter(code="DG-43").update(
        params={"what": "plan_table", "title": "表", "due": {"date": "2023-09-08", "time": "16:00"}}
    )
    Season.objects.update(edition=2)
    event = events(key)[PLAN]
    assert event["DTSTART"].dt == china(2023, 9, 8, 16)
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=1)]


def test_what_was_handed_in_says_so_and_reminds_no_more(world, key):
    a_return(world)
    event = events(key)[PLAN]
    assert (str(event["SUMMARY"]), list(event.walk("VALARM"))) == ("已办：报送：分会场活动表", [])
    assert "状态：已报送" in str(event["DESCRIPTION"])


def test_what_is_pending_is_no_event(key):
    assert "programme.closing" not in events(key)


def test_activities_stand_by_name(world):
    activity = an_activity(world, State.PUBLISHED)
    key = make_feed_key(world.school, by=world.filer, at=NOW).key
    event = events(key)[f"activity.{activity.pk}.duty.activity_summary"]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt, str(event["URL"])) == (
        "活动总结：走进中医药", date(2023, 9, 27), f"https://kepu.example.cn/workspace/activities/{activity.pk}/"
    )  # fmt: skip


def test_ids_stay_when_dates_move_and_differ_between_units(world, key):
    before = {str(event["UID"]) for event in Calendar.from_ical(fetched(key).content).events}
    Clause.objects.filter(code="DG-43").update(
        params={"what": "plan_table", "title": "表", "due": {"date": "2023-09-01"}}
    )
    Season.objects.update(edition=2)
    after = Calendar.from_ical(fetched(key).content).events
    assert {str(event["UID"]) for event in after} == before
    assert next(e for e in after if str(e["UID"]).startswith(PLAN))["DTSTART"].dt == date(2023, 9, 1)
    other = make_feed_key(world.school, by=world.filer, at=NOW).key
    assert before.isdisjoint(str(event["UID"]) for event in Calendar.from_ical(fetched(other).content).events)


def test_an_advance_notice_is_tentative(world, key):
    Notice.objects.update(status="advance")
    Season.objects.update(edition=2)
    assert {str(event["STATUS"]) for event in events(key).values()} == {"TENTATIVE"}


def test_an_unchanged_calendar_is_not_sent_again(world, key, clock):
    first = fetched(key)
    assert first["Cache-Control"] == "private, max-age=900"
    clock(NOW + timedelta(hours=3))
    again = fetched(key, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    a_return(world)
    changed = fetched(key, **{"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_a_stamp_is_no_hour_of_the_fetch(key, clock):
    stamps = {event["DTSTAMP"].dt for event in events(key).values()}
    assert stamps == {datetime(2023, 9, 16, 16, tzinfo=UTC)}  # the season's first day, in China
    assert stamps == {datetime(2023, 9, 17, tzinfo=CHINA)}


@pytest.mark.parametrize("wrong", ["x", "x" * 300, "%00", "' OR 1=1 --", "..%2f"])
def test_an_unknown_key_is_a_sentence(world, key, read, wrong):
    answer = fetched(wrong)
    assert answer.status_code in (400, 404)
    if answer.status_code == 404:
        assert answer["Cache-Control"] == "no-store"


def test_an_ended_key_is_the_same_sentence(world, key, read):
    assert SECRET_PAGE in read(fetched("nobody")).h1
    end_feed_key(world.town_office, by=a_coordinator(world.town_office), at=NOW)
    answer = fetched(key)
    assert (answer.status_code, read(answer).h1) == (404, SECRET_PAGE)


def test_a_unit_that_is_closed_has_no_calendar(world, key):
    Unit.objects.filter(pk=world.town_office.pk).update(closed_on=NOW.date())
    assert fetched(key).status_code == 404


def test_before_any_season_it_is_empty(world, key, monkeypatch):
    monkeypatch.setattr("kepu.web.feeds.views.shown_season", lambda: None)
    calendar = Calendar.from_ical(fetched(key).content)
    assert (calendar.events, str(calendar["X-WR-CALNAME"])) == ([], "石龙镇科协 · 全国科普日")


def test_nothing_can_be_sent_here(key):
    assert Client().post(f"/feeds/{key}.ics").status_code == 405


@pytest.mark.parametrize("n", [1, 20])
def test_it_costs_the_same_however_much_there_is(world, django_assert_num_queries, n):
    for number in range(n):
        an_activity(world, State.PUBLISHED, title=f"第{number}场")
    key = make_feed_key(world.school, by=world.filer, at=NOW).key
    fetched(key)
    with django_assert_num_queries(4):
        fetched(key)
