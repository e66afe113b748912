"""Reports of errors: who answers, who is told, and that each is answered once."""

from uuid import uuid4

import pytest

from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Role
from kepu.support import rules
from kepu.support.actions import About, answer_error_report, close_error_report, report_error, show_reporter
from kepu.support.models import ErrorReport
from kepu.support.workflow import ErrorState
from tests.conftest import NOON
from tests.factories.notices import a_season
from tests.factories.orgs import an_actor
from tests.factories.support import an_error_report
from tests.support.conftest import events, reviewer_of

NOBODY = Actor(person_id=None, person_name="", unit=None)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(desk):
    return an_error_report(a_season(), desk.school, desk.city)


def about(desk, **changes):
    return About(
        **{
            "id": 7,
            "title": "走进中医药",
            "season": Season.objects.first() or a_season(),
            "host": desk.school,
            "reviewer": desk.city,
            **changes,
        }
    )


def test_the_host_answers_and_its_reviewer_hears_of_it(desk, report, worked):
    worked()
    answer_error_report(report, "改成上午了。", by=desk.teacher, at=NOON)
    assert (report.state, report.answer, report.answered_by, report.answered_at, report.version) == (
        ErrorState.ANSWERED, "改成上午了。", desk.school, NOON, 2,
    )  # fmt: skip
    assert worked()[0] == ("东莞市科协", "error_report.made", "有人指出活动页面有错：走进中医药（时间）")
    assert [row for row in worked() if row[1] == "error_report.answered"] == [
        ("东莞市科协", "error_report.answered", "纠错已处理：走进中医药")
    ]
    assert events() == ["error_report.made", "error_report.answered"]


def test_the_reviewer_may_answer_and_put_aside(desk, report, worked):
    close_error_report(report, "页面是对的。", by=reviewer_of(desk.city), at=NOON)
    assert (report.state, report.answered_by) == (ErrorState.CLOSED, desk.city)
    assert [row[0] for row in worked() if row[1] == "error_report.answered"] == ["石龙中学"]


@pytest.mark.parametrize("who", ["town_office", "province_office", "line_office"])
def test_nobody_else_sees_or_answers_it(desk, report, who):
    actor = getattr(desk, who)
    assert not rules.error_reports_visible_to(actor).exists()
    for act in (answer_error_report, close_error_report):
        with pytest.raises(NotAllowed, match="石龙中学"):
            act(report, "改了。", by=actor, at=NOON)
    with pytest.raises(NotAllowed):
        show_reporter(report, by=actor, at=NOON)


def test_a_filer_of_the_reviewing_unit_sees_nothing_of_it(desk, report):
    filer = an_actor(desk.city, Role.FILER)
    assert not rules.error_reports_visible_to(filer).exists()
    with pytest.raises(NotAllowed):
        answer_error_report(report, "改了。", by=filer, at=NOON)


def test_of_two_who_answer_one_is_told(desk, report):
    seen = ErrorReport.objects.get(pk=report.pk)
    answer_error_report(report, "改成上午了。", expected_version=1, by=desk.teacher, at=NOON)
    with pytest.raises(StaleState, match="已经处理过了"):
        close_error_report(seen, "页面是对的。", expected_version=1, by=reviewer_of(desk.city), at=NOON)
    assert ErrorReport.objects.get().answer == "改成上午了。"


@pytest.mark.parametrize("text", ["", "  ", "字" * 1001])
def test_an_answer_has_words(desk, report, text):
    with pytest.raises(Incomplete):
        answer_error_report(report, text, by=desk.teacher, at=NOON)
    assert ErrorReport.objects.get().state == ErrorState.OPEN


def test_a_look_at_the_contact_leaves_its_trace_without_it(desk, report):
    assert show_reporter(report, by=desk.teacher, at=NOON) == "13912345678"
    row = AuditEntry.objects.get(event="personal.shown")
    assert (row.thing, row.thing_id, row.detail["fields"]) == ("errorreport", report.pk, ["contact"])
    assert "13912345678" not in str(list(AuditEntry.objects.values("detail")))


def test_where_nothing_was_left_nothing_is_shown(desk):
    report = an_error_report(a_season(), desk.school, desk.city, contact="")
    with pytest.raises(Incomplete, match="没有留下联系方式"):
        show_reporter(report, by=desk.teacher, at=NOON)


def test_the_trace_lies_with_the_host(desk, report):
    row = AuditEntry.objects.get(event="error_report.made")
    assert (row.owner_id, row.place_path, row.person_id) == (desk.school.pk, desk.school.place_path, None)


def test_the_same_form_again_is_the_same_report(desk):
    key, season = uuid4(), a_season()
    made = [
        report_error(about(desk, season=season), key=key, wrong="time", words="错了", by=NOBODY, at=NOON)
        for _ in range(2)
    ]
    assert (made[0], ErrorReport.objects.count(), events()) == (made[1], 1, ["error_report.made"])


@pytest.mark.parametrize(
    "said", [{"wrong": "x"}, {"words": " "}, {"words": "字" * 1001}, {"contact": "1" * 121}]
)
def test_what_cannot_be_understood_is_refused(desk, said):
    with pytest.raises(Incomplete):
        report_error(
            about(desk), key=uuid4(), **{"wrong": "time", "words": "错了", **said}, by=desk.teacher, at=NOON
        )
    assert not ErrorReport.objects.exists()
