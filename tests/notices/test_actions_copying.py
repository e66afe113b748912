"""A season begun as a copy: who may, what comes of it, and a worker that dies anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from kepu.core import audit, outbox
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices import actions, queries
from kepu.notices.actions import copying
from kepu.notices.models import DraftClause, NoticeDraft, Season, SeasonCopy
from kepu.notices.queries import standing_of
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Message, Role
from tests.factories.notices import a_notice, a_season, china
from tests.factories.orgs import an_actor
from tests.factories.seasons import AT, a_year, carried_out, headed, next_header

pytestmark = pytest.mark.django_db
COPY = "season.copy"


@pytest.fixture
def year():
    return a_year()


def copied(year, *, by=None, days=364, **more):
    """The new season, with everything the worker does for it."""
    season = actions.copy_season(
        year.season, next_header(year.season, days), days=days, by=by or year.by, at=AT, **more
    )
    carried_out()
    return season


def made(season):
    drafts = NoticeDraft.objects.filter(season=season).order_by("pk")
    return [
        (d.header["code"], d.unit.code, [(c.code, str(c.state)) for c in d.clauses.order_by("position")])
        for d in drafts
    ]


def test_every_notice_becomes_a_draft_for_whoever_issued_it(year):
    season = copied(year)
    assert made(season) == [
        ("national-2024", "NATION", [("NA-1", "proposed"), ("NA-2", "proposed")]),
        ("dongguan-2024", "DG", [("DG-48", "confirmed"), ("DG-59", "confirmed")]),
        ("society-2024", "SOC", [("SO-1", "confirmed")]),
        ("education-2024", "NATION", []),  # nobody coordinates that line
        ("unseen-2024", "DG", []),
    ]
    assert (season.year, season.name, season.is_open, season.first_day) == (
        2024, "2024年全国科普日", True, year.season.first_day + timedelta(days=364),
    )  # fmt: skip


def test_a_draft_is_the_notice_shifted(year):
    season = copied(year)
    draft = NoticeDraft.objects.get(season=season, about=year.notices["dongguan-2023"])
    assert (draft.title, draft.origin, draft.place, draft.unit) == (
        "2024年通知：dongguan", "season", year.city, year.city_office,
    )  # fmt: skip
    assert draft.header == {
        "code": "dongguan-2024", "season": "kepuri-2024", "title": "2024年通知：dongguan", "issuer": "东莞市科协",
        "place": "441900", "parents": ["national-2024"],
    }  # fmt: skip
    assert [found["key"] for found in draft.found] == ["number"]
    duty = draft.clauses.get(code="DG-59").data["duty"]
    assert (duty["due"], duty["title"]) == ({"date": "2024-09-24"}, "2024年总结")
    standing = standing_of(draft)
    assert (standing.errors, standing.undecided) == ((), 0)


def test_a_copied_draft_can_be_looked_through_and_issued(year):
    season = copied(year)
    draft = NoticeDraft.objects.get(season=season, about=year.notices["national-2023"])
    actions.decide_clauses(draft, ["NA-1", "NA-2"], "confirmed", by=year.by, at=AT)
    file = queries.whole_file(draft, queries.clauses_in_order(draft))
    notice = actions.issue_draft(draft, seen=actions.digest_of(file), by=year.by, at=AT)
    assert (notice.code, notice.season, notice.number) == ("national-2024", season, "")
    assert queries.first_day_of_week(season) == china(2024, 9, 15).date()


def test_what_is_left_out_is_written_down_and_what_was_withdrawn_is_not_copied(year):
    season = copied(year)
    copy = SeasonCopy.objects.get(season=season)
    assert (copy.copied, copy.left_out) == (5, [{"notice": "broken-2023", "title": "2023年通知：broken"}])
    assert not NoticeDraft.objects.filter(about=year.notices["gone-2023"]).exists()


def test_units_are_told_once_what_waits_for_them_in_chinese(year):
    with override("en"):
        copied(year)
    said = (
        Message.objects.filter(kind="season.drafts")
        .order_by("unit__code")
        .values_list("unit__code", "subject", "link")
    )
    link = "/workspace/seasons/kepuri-2024/copying/"
    assert list(said) == [
        (unit, f"2024年全国科普日：照上一届备好了{n}份通知稿，请核对后发出", link) for unit, n in (("DG", 2), ("NATION", 2), ("SOC", 1))
    ]  # fmt: skip


def test_the_trace_of_a_copy(year):
    season = copied(year)
    assert [(e.event, e.person_id) for e in audit.of(season)] == [
        ("season.opened", year.by.person_id), ("season.copied", year.by.person_id), ("season.copy_finished", None),
    ]  # fmt: skip
    draft = NoticeDraft.objects.filter(season=season).first()
    assert [e.event for e in audit.of(draft)] == ["notice_draft.started"]


def test_the_system_copies_for_the_coordinator_of_the_nation_or_for_a_unit_that_is_named(year):
    assert made(copied(year, by=SYSTEM))[3][:2] == ("education-2024", "NATION")
    again = actions.copy_season(
        year.season, next_header(year.season, code="other"), days=364, by=SYSTEM, at=AT, heir=year.society
    )
    carried_out()
    assert made(again)[3][:2] == ("education-2024", "SOC")


def test_without_anybody_to_take_what_nobody_issued_it_says_so(year):
    year.nation_office.coordinations.all().delete()
    with pytest.raises(Incomplete, match="请指明一个单位（--unit）"):
        copied(year, by=SYSTEM)


def test_a_closed_unit_gets_nothing(year):
    year.society.closed_on = china(2024, 1, 1).date()
    year.society.save()
    assert made(copied(year))[2][:2] == ("society-2024", "DG")


@pytest.mark.parametrize("who", ["city", "reviewer", "filer"])
def test_only_the_nation_opens_a_season(year, who):
    by = {
        "city": year.city_by,
        "reviewer": an_actor(year.nation_office, Role.REVIEWER, places=[year.nation]),
        "filer": an_actor(year.nation_office),
    }[who]
    for act in (
        lambda: copied(year, by=by),
        lambda: actions.open_season(next_header(year.season), by=by, at=AT),
    ):
        with pytest.raises(NotAllowed, match="开设新一届由全国的统筹单位办理"):
            act()
    assert list(Season.objects.values_list("code", flat=True)) == ["kepuri-2023"]


def test_a_coordinator_of_the_nation_opens_but_does_not_close(year):
    season = actions.open_season(next_header(year.season), by=year.by, at=AT)
    with pytest.raises(NotAllowed, match="结束届次由系统管理员用命令完成"):
        actions.close_season(season, by=year.by, at=AT)


@pytest.mark.parametrize(("changes", "field", "said"), [
    ({"code": "kepuri.2024"}, "code", "届次代码用小写字母"),
    ({"code": "k" * 41}, "code", "最多40个字"),
    ({"name": "名" * 81}, "name", "届次名称太长"),
    ({"name_en": "n" * 121}, "name", "届次名称太长"),
    ({"last_day": china(2024, 1, 1).date()}, "first_day", "最后一天早于第一天"),
    ({"year": 2025}, "first_day", "到不了2025年"),
    ({"code": "kepuri-2023"}, "code", "已经有代码为“kepuri-2023”的一届"),
])  # fmt: skip
def test_what_is_no_season_is_refused_at_its_field(year, changes, field, said):
    header = next_header(year.season).model_copy(update=changes)
    with pytest.raises(Incomplete, match=said) as refusal:
        actions.copy_season(year.season, header, days=364, by=year.by, at=AT)
    assert refusal.value.reasons[0].field == field
    assert Season.objects.count() == 1


def test_nothing_is_done_before_the_worker_does_it(year):
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    assert NoticeDraft.objects.count() == 0
    progress = queries.copy_progress(season)
    assert (progress.done, progress.total, progress.stalled, progress.is_finished) == (0, 6, False, False)


def test_batches_are_small_and_each_carries_on_the_next(year, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    seen = []
    while outbox.deliver(at=AT, size=1):
        progress = queries.copy_progress(season)
        seen.append((progress.done, progress.total, progress.is_finished))
    assert seen[:4] == [(2, 6, False), (4, 6, False), (6, 6, False), (6, 6, True)]


def test_a_row_that_is_carried_out_twice_doubles_nothing(year, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    season = copied(year)
    before = made(season)
    for row in OutboxRow.objects.filter(kind=COPY):
        assert actions.copy_next_notices(**row.payload, by=SYSTEM, at=AT) == 0
    carried_out()
    assert made(season) == before
    assert Message.objects.filter(kind="season.drafts").count() == 3


@pytest.mark.parametrize("when", range(4))
def test_a_worker_that_dies_in_the_middle_of_a_batch_loses_and_doubles_nothing(year, monkeypatch, when):
    monkeypatch.setattr(copying, "AT_ONCE", 2)
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    for _ in range(when):
        outbox.deliver(at=AT, size=1)
    dies = monkeypatch.context()
    with dies as patch:
        patch.setattr("kepu.core.audit.record", _power_cut)
        outbox.deliver(at=AT, size=1)
    carried_out(AT + timedelta(hours=1))
    assert [code for code, _unit, _clauses in made(season)] == [
        "national-2024", "dongguan-2024", "society-2024", "education-2024", "unseen-2024",
    ]  # fmt: skip
    assert queries.copy_progress(season).is_finished


def _power_cut(*args, **kwargs):
    raise RuntimeError("power cut")


def test_a_copy_that_stopped_goes_on_when_it_is_asked_for_again(year):
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    OutboxRow.objects.filter(kind=COPY).update(state="failed")
    assert queries.copy_progress(season).stalled
    assert copied(year) == season
    assert len(made(season)) == 5
    assert copied(year) == season  # and a third time there is nothing to do
    assert (len(made(season)), DraftClause.objects.count()) == (5, 5)


def test_another_shift_under_the_same_code_is_another_season(year):
    copied(year)
    with pytest.raises(Incomplete, match="请换一个代码"):
        copied(year, days=371)


def test_nobody_but_the_worker_carries_a_copy_on(year):
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    with pytest.raises(NotAllowed, match="由后台办理"):
        actions.copy_next_notices(season.pk, 0, by=year.by, at=AT)


def test_a_season_in_preparation_takes_nobodys_place(year):
    season = copied(year)
    assert (queries.current_season(), queries.shown_season()) == (year.season, year.season)
    headed(_notice_in(season, year))
    assert (queries.current_season(), queries.shown_season()) == (season, season)


def test_of_two_seasons_of_one_year_the_later_one_is_current(year):
    twin = a_season("twin")
    headed(_notice_in(twin, year))
    assert queries.current_season() == year.season
    Season.objects.filter(pk=twin.pk).update(first_day=china(2023, 10, 1).date())
    assert queries.current_season() == twin
    Season.objects.filter(pk=twin.pk).update(is_open=False)
    assert (queries.current_season(), queries.shown_season()) == (year.season, year.season)


def _notice_in(season, year):
    return a_notice(season, year.nation, "first", number="")


@pytest.mark.parametrize("more", [0, 30])
def test_a_batch_costs_the_same_however_many_notices_there_are(
    year, more, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(copying, "AT_ONCE", 5)
    for n in range(more):
        headed(a_notice(year.season, year.city, f"more-{n}", number=""))
    season = actions.copy_season(year.season, next_header(year.season), days=364, by=year.by, at=AT)
    with django_assert_num_queries(15):
        assert actions.copy_next_notices(season.pk, 0, by=SYSTEM, at=AT) == 5
