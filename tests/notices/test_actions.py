"""Taking notices over from files, and the rule book that comes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.notices import actions, queries, rulebook
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.format.writing import write_notice
from kepu.notices.models import Clause, Notice, Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place
from tests.factories.orgs import a_unit
from tests.notices.test_format import HEAD, LEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def season(system, noon):
    header = SeasonHeader(
        code="kepuri-2023",
        campaign="kepuri",
        year=2023,
        name="2023年全国科普日",
        first_day="2023-01-01",
        last_day="2023-12-31",
    )
    return actions.open_season(header, by=system, at=noon)


@pytest.fixture
def city():
    nation = Place.objects.create(code="CN", name="中国", kind="nation", level="nation", path="/")
    return Place.objects.create(
        code="441900", name="样例市", kind="city", level="city", parent=nation, path="/441900/"
    )


def take_over(text, *, by, at):
    return actions.take_over_notice(read_notice(text, "n.toml"), text, "n.toml", by=by, at=at)


def test_a_notice_taken_over_is_in_force_for_the_units_it_binds(season, city, system, noon):
    done = take_over(HEAD + LEAD, by=system, at=noon)

    unit = a_unit(place=city)
    rule = rules_in_force(unit, Season.objects.get(), at=noon)["activity.lead_days"]
    assert (done.added, rule.value, rule.cite) == (("S-1",), 7, "《关于举办样例活动的通知》 六（二）1")


def test_the_same_file_twice_changes_nothing_and_leaves_one_trace(season, city, system, noon):
    first = take_over(HEAD + LEAD, by=system, at=noon)
    edition = Season.objects.get().edition

    second = take_over(HEAD + LEAD, by=system, at=noon)

    assert (second.is_new, Season.objects.get().edition) == (False, edition)
    assert [e.event for e in audit.of(first.notice)] == ["notice.taken_over"]


def test_a_changed_file_changes_the_rules_and_says_which_clauses(season, city, system, noon):
    take_over(HEAD + LEAD, by=system, at=noon)
    unit = a_unit(place=city)
    before = rules_in_force(unit, Season.objects.get(), at=noon).value("activity.lead_days")

    more = LEAD.replace("S-1", "S-2").replace("lead_days", "participants_expected")
    done = take_over(HEAD + LEAD.replace("min = 7", "min = 9") + more, by=system, at=noon)

    after = rules_in_force(unit, Season.objects.get(), at=noon)
    assert (before, after.value("activity.lead_days")) == (7, 9)
    assert (done.added, done.changed, done.removed) == (("S-2",), ("S-1",), ())
    assert take_over(HEAD + LEAD, by=system, at=noon).removed == ("S-2",)


def test_export_gives_back_a_file_with_the_same_rules(season, city, system, noon):
    done = take_over(HEAD + LEAD, by=system, at=noon)

    again = write_notice(queries.file_of(done.notice))

    assert take_over(again, by=system, at=noon).is_new is False


def test_a_child_that_loosens_its_parent_is_not_taken_over(season, city, system, noon):
    take_over(HEAD.replace("441900", "CN").replace("sample-2023", "nation-2023") + LEAD, by=system, at=noon)

    with pytest.raises(NoticeFileRefused, match="S-1 比上级放宽了"):
        take_over(HEAD + LEAD.replace("min = 7", "min = 2"), by=system, at=noon)

    assert list(Notice.objects.values_list("code", flat=True)) == ["nation-2023"]


def test_only_who_coordinates_the_place_takes_a_notice_over(season, city, noon):
    stranger = Actor(person_id=5, person_name="某人", unit=a_unit(place=city))

    with pytest.raises(NotAllowed, match="只有统筹“样例市”的单位可以录入这里的通知"):
        take_over(HEAD + LEAD, by=stranger, at=noon)

    assert Clause.objects.count() == 0


def test_a_file_for_a_season_that_is_not_there_is_refused(city, system, noon):
    with pytest.raises(Incomplete, match="没有届次“kepuri-2023”"):
        take_over(HEAD + LEAD, by=system, at=noon)


def test_a_withdrawn_notice_no_longer_holds_from_then_on(season, city, system, noon):
    done = take_over(HEAD + LEAD, by=system, at=noon)
    unit = a_unit(place=city)

    actions.withdraw_notice(done.notice, by=system, at=noon, reason="发错了")

    season = Season.objects.get()
    earlier = noon.replace(hour=1)
    assert "activity.lead_days" not in rules_in_force(unit, season, at=noon)
    assert rules_in_force(unit, season, at=earlier).value("activity.lead_days") == 7


def test_a_notice_is_withdrawn_once(season, city, system, noon):
    done = take_over(HEAD + LEAD, by=system, at=noon)
    actions.withdraw_notice(done.notice, by=system, at=noon, reason="发错了")
    after_first = Season.objects.get().edition

    with pytest.raises(StaleState):
        actions.withdraw_notice(done.notice, by=system, at=noon, reason="又撤一次")

    assert (Season.objects.get().edition, audit.of(done.notice).count()) == (after_first, 2)


def test_a_notice_whose_file_says_it_is_withdrawn_never_holds(season, city, system, noon):
    take_over(HEAD.replace("issued =", 'status = "withdrawn"\nissued =') + LEAD, by=system, at=noon)

    assert "activity.lead_days" not in rules_in_force(a_unit(place=city), Season.objects.get(), at=noon)


def test_a_warm_question_needs_no_query_and_a_cold_one_only_the_book(
    season, city, system, noon, django_assert_num_queries
):
    take_over(HEAD + LEAD, by=system, at=noon)
    unit, other = a_unit(place=city), a_unit(place=city, kind="society")
    season = Season.objects.get()

    with django_assert_num_queries(
        6
    ):  # notices, wider clauses, terms, audiences, lines; then the chain's clauses
        first = rules_in_force(unit, season, at=noon)
    with django_assert_num_queries(0):
        assert rules_in_force(unit, season, at=noon) is first
        assert rules_in_force(other, season, at=noon).value("activity.lead_days") == 7


def test_rules_that_name_single_units_are_not_shared(season, city, system, noon):
    named = a_unit(place=city)
    other = a_unit(place=city)
    text = HEAD + LEAD.replace(
        "[clause.gate]", f'[clause.audience]\nunits = ["{named.code}"]\n\n[clause.gate]'
    )
    take_over(text, by=system, at=noon)
    season = Season.objects.get()

    assert "activity.lead_days" in rules_in_force(named, season, at=noon)
    assert "activity.lead_days" not in rules_in_force(other, season, at=noon)
    assert "activity.lead_days" in rules_in_force(named, season, at=noon)


def test_rules_are_kept_once_however_often_something_is_filed_under_them(season, city, system, noon):
    take_over(HEAD + LEAD, by=system, at=noon)
    rules = rules_in_force(a_unit(place=city), Season.objects.get(), at=noon)
    twin = replace(rules)

    first, second = rulebook.snapshot_id(rules), rulebook.snapshot_id(twin)

    assert first == second
    assert rules.snapshot["activity.lead_days"]["clause"] == "S-1"


def test_only_the_system_closes_a_season_and_once(season, city, system, noon):
    somebody = Actor(person_id=5, person_name="某人", unit=a_unit(place=city))
    with pytest.raises(NotAllowed, match="由系统管理员用命令完成"):
        actions.close_season(season, by=somebody, at=noon)
    assert queries.current_season() == season

    actions.close_season(season, by=system, at=noon)
    actions.close_season(season, by=system, at=noon)

    assert (queries.current_season(), season.is_open) == (None, False)
    assert [row.event for row in audit.of(season)] == ["season.opened", "season.closed"]
