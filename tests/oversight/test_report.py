"""The season's report tells what happened, by clause, and whether the books are right."""

import pytest

from kepu.activities.workflow import State as ActivityState
from kepu.core.models import TallyEntry
from kepu.notices.models import Notice
from kepu.oversight.report import DutyOutcome, QuotaOutcome, season_report
from kepu.returns.workflow import State
from tests.factories.activities import an_activity
from tests.factories.notices import a_clause, china
from tests.factories.orgs import a_coordinator
from tests.factories.returns import LATE, PLAN, a_reporting_world, a_return, more_towns

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 25)


@pytest.fixture
def world():
    world = a_reporting_world()
    for state in (ActivityState.RETURNED, ActivityState.CANCELLED, ActivityState.SUMMARISED):
        an_activity(world, state)
    a_return(world, State.ACCEPTED)
    unit = more_towns(world)[0]
    world.town_office, world.town_coordinator = unit, a_coordinator(unit)
    a_return(world, at=LATE)
    notice = Notice.objects.get()
    a_clause(
        notice,
        "Q1",
        "quota",
        {"of": "activities", "min": 1},
        number="七",
        audience={"kinds": ["association"], "levels": ["town"]},
    )
    a_clause(notice, "Q2", "quota", {"of": "materials", "min": 2}, audience={"kinds": ["school"]})
    return world


def test_the_report_of_a_season(world):
    report = season_report(world.season, at=AT)
    assert (report.season, report.as_of, report.books_are_right) == ("2023", AT, True)
    assert (report.figures.filed, report.figures.published, report.figures.cancelled) == (3, 1, 1)
    assert (report.sent_back, report.summaries_in_time, report.summaries_late) == (1, 1, 0)
    assert report.duties == (
        DutyOutcome(
            PLAN, "分会场活动表", "dg", "DG-43", "东科协〔2023〕17号 六（一）", on_time=1, late=1, accepted=1
        ),
    )
    assert [(p.key, p.bound, p.outstanding) for p in report.progress if p.key == PLAN] == [(PLAN, 4, 2)]
    assert report.quotas == (
        QuotaOutcome(
            "quota.activities", "活动", "dg", "Q1", "东科协〔2023〕17号 七", "每个单位活动不少于1。", met=1, short=3, not_counted=0
        ),
        QuotaOutcome(
            "quota.materials", "宣传素材", "dg", "Q2", "东科协〔2023〕17号", "每个单位宣传素材不少于2。", met=0, short=0, not_counted=1
        ),
    )  # fmt: skip


def test_books_that_are_wrong_are_told(world):
    TallyEntry.objects.filter(measure="return.late").update(n=5)
    report = season_report(world.season, at=AT)
    assert not report.books_are_right
    assert {d.measure for d in report.tally_differences} == {"return.late"}
    assert season_report(world.season, at=AT, verify=False).books_are_right
