"""An overlay answers what the book would answer once the notice had been taken over, and writes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kepu.core.calendar import CHINA
from kepu.core.db import transaction
from kepu.notices import actions, queries, rulebook
from kepu.notices.actions.taking_over import put_clauses, put_notice
from kepu.notices.format.columns import begins_at
from kepu.notices.format.schema import FileClause, NoticeFile
from kepu.notices.kinds.audience import Profile
from kepu.notices.models import Clause, Notice, Season
from kepu.notices.overlay import UNISSUED, Overlay, Without
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Line, Place
from tests.factories.activities import taken_back
from tests.factories.notices import a_clause, a_gate, a_notice, a_season, china
from tests.factories.orgs import a_chain, a_line, a_unit
from tests.notices import files

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 5)
INSTANTS = [
    china(2023, 7, 1),
    *(datetime.fromisoformat(day).replace(tzinfo=CHINA) for day in files.DAYS),
    NOW,
]
CITY, TOWN = "/440000/441900/", "/440000/441900/441900103/"
PROFILES = [
    Profile(TOWN, "school", "town", "town", code="U-SCHOOL"),
    Profile(TOWN, "association", "town", "town", traits=frozenset({"coordinator", "model"})),
    Profile(CITY, "school", "city", "city", line="/education/"), Profile(CITY, "association", "city", "city"),
    Profile("/", "association", "nation", "nation", traits=frozenset({"coordinator"})),
]  # fmt: skip


@transaction
def written(file: NoticeFile) -> Notice:
    """The rows that taking a file over leaves, whatever a check says to them."""
    season = Season.objects.get()
    place = Place.objects.get(code=file.notice.place)
    line = Line.objects.get(code=file.notice.line) if file.notice.line else None
    notice, _changed = put_notice(file, season, place, line)
    put_clauses(notice, file)
    season.edition += 1
    season.save()
    return notice


def said(rules):
    """All that rules say, but for the ids of rows."""
    return {
        "rules": {
            key: (
                r.value, r.params, r.mode, r.status, r.strictness, r.cite, [(c.code, c.notice.code, c.waits_for, c.scope) for c in r.chain],
            )
            for key, r in rules.items()
        },
        "frames": {key: [c.code for c in clauses] for key, clauses in rules.frames.items()},
        "unknown": [n.code for n in rules.unknown],
        "notices": [(n.code, n.in_force_at, n.ends_at, n.status) for n in rules.notices],
        "order": list(rules), "digest": rules.digest,
    }  # fmt: skip


def everything(book):
    return [said(book.rules_of(who, at)) for who in PROFILES for at in INSTANTS]


def overlay(file, book=None):
    book = book or rule_book(Season.objects.get())
    place = Place.objects.get(code=file.notice.place)
    line = Line.objects.get(code=file.notice.line) if file.notice.line else None
    return Overlay(book, file, season=book.season, place=place, line=line, in_force_at=begins_at(file.notice))


def a_country():
    chain = a_chain()
    a_line("education", "教育系统")
    a_season(files.SEASON)
    return chain


@pytest.fixture
def country():
    return a_country()


@settings(max_examples=60)
@given(
    files.notices("nation"),
    files.notices("below"),
    st.one_of(
        files.notices("new", replaces=("nation", "below"), amends=("below",)),
        files.notices("below", replaces=("nation",)),  # a new version of one that is there
    ),
)
def test_what_an_overlay_answers_is_what_taking_over_gives(first, second, third):
    with taken_back():
        a_country()
        written(first)
        written(second)
        before = everything(rule_book(Season.objects.get()))
        expected = everything(overlay(third))
        assert everything(rule_book(Season.objects.get())) == before  # the book itself is left alone

        written(third)

        assert everything(rule_book(Season.objects.get())) == expected


@settings(max_examples=30)
@given(files.notices("nation"), files.notices("below", replaces=("nation",)), st.sampled_from(INSTANTS))
def test_a_book_without_a_notice_is_the_book_after_its_withdrawal(first, second, at):
    with taken_back():
        a_country()
        written(first)
        gone = written(second)
        expected = everything(Without(rule_book(Season.objects.get()), gone, at=at))

        Notice.objects.filter(pk=gone.pk).update(withdrawn_at=at)
        rulebook.forget()

        assert everything(rule_book(Season.objects.get())) == expected


@pytest.fixture
def city(country):
    season = Season.objects.get()
    notice = a_notice(season, country[2], "city", in_force_at=china(2023, 8, 1))
    a_gate(notice, "C-1", fact="lead_days", min=7, number="三")
    a_clause(notice, "C-2", "theme", {"text": "爱科学"}, number="一")
    return notice


def file(*clauses, **head):
    return NoticeFile.model_validate({
        "notice": {
            "code": "new", "season": files.SEASON, "title": "新通知", "issuer": "东莞市科协", "place": "441900",
            "in_force": datetime(2023, 9, 10, 9, tzinfo=CHINA), **head,
        },
        "clause": list(clauses),
    })  # fmt: skip


LEAD = {
    "id": "N-1",
    "kind": "gate",
    "number": "二",
    "summary": "提前",
    "gate": {"fact": "lead_days", "min": 9},
}
SCHOOL = PROFILES[0]
LATER = china(2023, 9, 11)


def test_it_holds_from_its_own_instant_on_and_not_before(city):
    laid = overlay(file(LEAD))
    values = [laid.rules_of(SCHOOL, at).value("activity.lead_days") for at in (NOW, LATER)]
    assert values == [7, 9]


def test_what_it_replaces_ends_when_it_begins(city):
    laid = overlay(file(LEAD, replaces=["city"]))
    assert ["theme" in laid.rules_of(SCHOOL, at) for at in (NOW, LATER)] == [True, False]
    assert laid.rules_of(SCHOOL, LATER)["activity.lead_days"].chain == (laid.own[0],)


def test_what_it_amends_it_stands_on(city):
    rule = overlay(file(LEAD, amends=["city"], status="supplement")).rules_of(SCHOOL, LATER)[
        "activity.lead_days"
    ]
    assert [c.code for c in rule.chain] == ["N-1", "C-1"]


def test_what_is_not_in_force_has_negative_ids_and_a_notice_that_no_row_has(city):
    laid = overlay(file(LEAD, {**LEAD, "id": "N-2", "key": "other"}))
    assert ([c.id for c in laid.own], laid.notice.id) == ([-1, -2], UNISSUED)


def test_a_new_version_keeps_the_notices_own_id(city):
    laid = overlay(file(LEAD, code="city"))
    assert laid.notice.id == city.pk
    assert [c.code for c in laid.rules_of(SCHOOL, LATER)["activity.lead_days"].chain] == ["N-1"]


def test_effect_says_what_changes_for_a_profile(city):
    laid = overlay(file(LEAD))
    [change] = laid.effect(SCHOOL, LATER)
    assert (change.key, change.what, [v.sentence() for v in change.values()]) == (
        "activity.lead_days", "stricter", ["界限：不少于7天 → 不少于9天"],
    )  # fmt: skip
    assert laid.effect(SCHOOL, NOW) == ()


def test_rules_for_a_unit_are_those_of_its_profile(city, country):
    laid = overlay(file({**LEAD, "audience": {"units": ["U-SCHOOL"]}}))
    mine, other = a_unit(country[3], kind="school", code="U-SCHOOL"), a_unit(country[3], kind="school")
    assert [laid.rules_for(unit, LATER).value("activity.lead_days") for unit in (mine, other)] == [9, 7]


def test_of_a_draft_only_the_whole_clauses_are_laid_over(city):
    broken = FileClause.model_construct(id="N-2", kind="gate", gate=None)
    lost = FileClause.model_validate({**LEAD, "id": "N-3", "scope": "999999"})
    faulty = FileClause.model_validate({**LEAD, "id": "N-4"})
    faulty.gate.__dict__["min"] = "many"  # what no validation has seen
    whole = file(LEAD)
    draft = NoticeFile.model_construct(notice=whole.notice, clause=(*whole.clause, broken, lost, faulty))

    with pytest.warns(UserWarning, match="Pydantic serializer warnings"):
        laid = overlay(draft)

    assert ([c.code for c in laid.own], laid.left_out) == (["N-1"], ["N-2", "N-3", "N-4"])


def test_nothing_is_written_and_warm_it_asks_only_for_places_that_no_notice_has_named(
    city, country, django_assert_num_queries
):
    book, place = rule_book(Season.objects.get()), country[2]
    book.rules_of(SCHOOL, NOW)
    known, new = file(LEAD), file({**LEAD, "audience": {"places": ["441900103"]}})
    rows = Notice.objects.count(), Clause.objects.count()

    for asked, queries_needed in ((known, 0), (new, 1)):
        with django_assert_num_queries(queries_needed):
            laid = Overlay(
                book, asked, season=book.season, place=place, line=None, in_force_at=begins_at(asked.notice)
            )
            assert laid.rules_of(SCHOOL, LATER).value("activity.lead_days") == 9

    assert (Notice.objects.count(), Clause.objects.count()) == rows


def test_a_withdrawn_notice_laid_over_again_stays_withdrawn(city, system, noon):
    Notice.objects.filter(pk=city.pk).update(withdrawn_at=noon, header={
        "code": "city", "season": files.SEASON, "title": "旧通知", "issuer": "东莞市科协", "place": "441900",
    })  # fmt: skip
    rulebook.forget()
    again = queries.file_of(Notice.objects.get(pk=city.pk))
    assert "theme" not in overlay(again).rules_of(SCHOOL, LATER)


def test_without_a_notice_its_rules_are_gone_from_that_instant_on(city):
    without = Without(rule_book(Season.objects.get()), city, at=NOW)
    assert ["theme" in without.rules_of(SCHOOL, at) for at in (NOW - timedelta(seconds=1), NOW)] == [
        True,
        False,
    ]
    assert [change.what for change in without.effect(SCHOOL, NOW)] == ["gone", "gone"]


def test_a_clause_of_junk_is_refused_by_the_format_before_it_comes_here():
    with pytest.raises(ValidationError):
        file({**LEAD, "gate": {"fact": "lead_days"}})
    assert actions.take_over_notice.is_act
