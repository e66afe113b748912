"""A notice moved into the next season: the notices of 2023 as they come, and what a person must look at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.cli.loading import notices_in, seasons_folder
from kepu.core.refusals import Incomplete
from kepu.notices.copying import check_reach, first_day_in, season_after, shifted_notice, start_of
from kepu.notices.format.checking import check_notice
from kepu.notices.format.reading import read_notice, read_season, text_of
from kepu.notices.format.schema import NoticeFile, SeasonHeader
from kepu.notices.format.surroundings import beside
from kepu.notices.format.writing import write_notice, write_season
from kepu.notices.kinds.moments import Moment
from kepu.notices.shifting import moments_in
from tests.notices.building import dated

FOLDER = seasons_folder() / "2023"
SEASON = read_season(text_of(FOLDER / "season.toml"))
NOTICES = {path.stem: file for path, file, _text in notices_in(FOLDER, SEASON)}
NEXT = {"season": "kepuri-2024", "year": 2024, "from_year": 2023}
BACK = {"season": "kepuri-2023", "year": 2023, "from_year": 2024}


def notice(*clauses, **head):
    header = {
        "code": "sample-2023",
        "season": "s-2023",
        "title": "2023年样例通知",
        "issuer": "样例市科协",
        **head,
    }
    return NoticeFile.model_validate({"notice": header, "clause": clauses})


def clause(kind, params, code="S-1", **more):
    return {"id": code, "kind": kind, "summary": "概述。", kind: dated(params), **more}


def flags(file, days=364):
    shifted = shifted_notice(file, days=days, **NEXT)
    return {where: [flag.code for flag in said] for where, said in shifted.flags.items()}


def sentences(file, days=364):
    shifted = shifted_notice(file, days=days, **NEXT)
    return [flag.sentence for said in shifted.flags.values() for flag in said]


@pytest.mark.parametrize("days", [364, 371, 366])
@pytest.mark.parametrize("name", sorted(NOTICES))
def test_a_notice_moved_there_and_back_is_the_same(name, days):
    file = NOTICES[name]
    there = shifted_notice(file, days=days, **NEXT).file
    back = shifted_notice(there, days=-days, **BACK).file
    dropped = {"number": None, "issued": None, "printed": None, "in_force": None}
    assert back == file.model_copy(update={"notice": file.notice.model_copy(update=dropped)})


@pytest.mark.parametrize("days", [364, 371])
@pytest.mark.parametrize("name", sorted(NOTICES))
def test_codes_rules_and_relative_days_stay(name, days):
    old, new = NOTICES[name], shifted_notice(NOTICES[name], days=days, **NEXT).file
    assert [(c.id, c.rule_key()) for c in new.clause] == [(c.id, c.rule_key()) for c in old.clause]
    relative = [
        [m for c in file.clause for _path, m in moments_in(c) if m.span() is None and m.outer is None]
        for file in (old, new)
    ]
    assert relative[0] == relative[1]


@pytest.mark.parametrize("days", [364, 371])
def test_the_moved_season_passes_its_own_checks(tmp_path, days):
    header = season_after(SEASON.season, code="kepuri-2024", year=2024, days=days)
    (tmp_path / "season.toml").write_text(write_season(SEASON.model_copy(update={"season": header})), "utf-8")
    for name, file in NOTICES.items():
        text = write_notice(shifted_notice(file, days=days, **NEXT).file)
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    assert read_season(text_of(tmp_path / "season.toml")).line == SEASON.line
    wrong = {}
    for path in sorted(tmp_path.glob("*.toml")):
        if path.name != "season.toml":
            text = text_of(path)
            file = read_notice(text, path.name)
            said = check_notice(file, text, path.name, beside(file, path))
            wrong[path.stem] = [str(problem) for problem in said if problem.is_error]
    assert wrong == {name: [] for name in NOTICES}


def test_the_head_of_the_next_years_notice():
    new = shifted_notice(NOTICES["liaoning"], days=364, **NEXT).file.notice
    assert (new.code, new.season, new.title, new.number, new.issued, new.in_force) == (
        "liaoning-2024", "kepuri-2024", "2024年全国科普日暨辽宁省第十三届科普日活动通知", None, None, None,
    )  # fmt: skip
    assert (new.parents, new.edition_local) == (("national-2024",), 13)
    assert new.names == ("2024年全国科普日", "辽宁省第十三届科普日")


def test_advance_stays_advance_and_what_nobody_has_seen_stays_so():
    kinds = {
        name: shifted_notice(file, days=364, **NEXT).file.notice.status for name, file in NOTICES.items()
    }
    assert (kinds["chengdu"], kinds["hebei"], kinds["national"]) == ("advance", "placeholder", "formal")
    assert start_of(shifted_notice(NOTICES["hebei"], days=364, **NEXT)).clauses == []


def test_the_summary_moves_with_its_days():
    new = shifted_notice(NOTICES["dongguan"], days=364, **NEXT).file
    week = next(c for c in new.clause if c.id == "DG-08")
    assert (week.summary, week.summary_en) == (
        "9月15日至21日集中举办，共7天。", "Concentrated week, 15 to 21 September.",
    )  # fmt: skip


def test_documents_it_rests_on_keep_their_dates():
    file = notice(
        based_on=["2023年方案"], replaces=["first-2023"], amends=["other"], opening="2023年9月1日起"
    )
    new = shifted_notice(file, days=364, **NEXT).file.notice
    assert (new.based_on, new.replaces, new.amends) == (("2023年方案",), ("first-2024",), ("other-2024",))
    assert new.opening == "2024年8月30日起"
    assert "based_on" in flags(file)[""]


def test_what_is_settled_is_confirmed_and_the_rest_proposed_with_its_reasons():
    file = notice(
        clause("gate", {"fact": "lead_days", "min": 7}, "S-1"),
        clause("theme", {"text": "人人爱科学"}, "S-2"),
        number="样〔2023〕1号", edition=12,
        attachments=[{"title": "2023年活动表"}],
    )  # fmt: skip
    start = start_of(shifted_notice(file, days=364, **NEXT))
    assert [(row["data"]["id"], str(row["state"])) for row in start.clauses] == [
        ("S-1", "confirmed"), ("S-2", "proposed"),
    ]  # fmt: skip
    flag = {
        "code": "theme",
        "sentence": "主题一般每届不同。请换成今年的；还没有定的，注明待定。",
        "span": None,
    }
    assert start.clauses[1]["proposal"] == {
        "confidence": 1.0, "recogniser": "season", "spans": [], "flags": [flag]
    }  # fmt: skip
    assert start.clauses[0]["proposal"] == {}
    assert [found["key"] for found in start.found] == ["number", "edition", "attachments"]
    assert "number" not in start.header


@pytest.mark.parametrize(("params", "days", "codes"), [
    ({"start": "2023-09-11", "end": "2023-09-13"}, 364, []),
    ({"start": "2023-09-11", "end": "2023-09-13"}, 365, ["weekday", "weekday"]),
    ({"start": "2023-09-18", "end": "2023-09-20"}, 364, ["holiday", "holiday_inside"]),  # 2024-09-16 to 18
    ({"start": "2023-09-16", "end": "2023-09-16"}, 364, ["made_up"]),  # 2024-09-14
    ({"start": "2023-01-01", "end": "2023-12-31"}, 365, []),
    ({"start": "2023-08-01", "end": "2023-11-30"}, 364, []),  # a season of months is not looked through
])  # fmt: skip
def test_days_to_be_looked_at(params, days, codes):
    file = notice(clause("window", {"code": "w", "title": "展期", **params}))
    assert flags(file, days).get("S-1", []) == codes


@pytest.mark.parametrize(("more", "codes"), [
    ({"status": "tentative"}, ["tentative"]),
    ({"status": "pending", "waits_for": "省里的通知"}, ["pending"]),
    ({"mode": "pending", "waits_for": "省里的通知"}, ["pending"]),
    ({"summary": "周六上午开展。"}, ["weekday_words"]),
    ({"summary_en": "On Sunday morning."}, ["weekday_words"]),
    ({"summary": "办好第十二届科普日。"}, ["edition_words"]),
    ({"summary": "配合2023世界大会。"}, ["year_words"]),
    ({"summary": "2024年3月前归档。"}, ["year_words"]),
    ({"summary": "5月30日开展。"}, ["date_words"]),
    ({"summary": "一周之内报。"}, []),
])  # fmt: skip
def test_words_and_states_to_be_looked_at(more, codes):
    file = notice({**clause("gate", {"fact": "lead_days", "min": 7}), **more})
    assert flags(file).get("S-1", []) == codes


def test_what_only_spoke_of_last_year_is_all_to_be_looked_at():
    file = notice(clause("gate", {"fact": "lead_days", "min": 7}), status="supplement", amends=["a-2023"])
    assert sentences(file) == ["这是上一届的补充或更正。今年还要的，请并进正文；不要的，不采用。"]


def test_a_clause_that_would_contradict_itself_stays_and_says_so():
    duty = {"what": "table", "title": "表", "opens": "2023-09-30", "due": {"month": "2023-09"}}
    file = notice(clause("duty", duty))
    shifted = shifted_notice(file, days=371, **NEXT)
    assert shifted.file.clause == file.clause
    assert flags(file, 371) == {"S-1": ["unmoved"]}


def test_a_year_whose_holidays_are_not_published_says_so():
    shifted = shifted_notice(notice(), season="s-2190", year=2190, days=60996, from_year=2023)
    assert [flag.sentence for flag in shifted.flags[""]] == [
        "2190年的放假和调休安排还没有公布，日期是否碰上节假日，请公布以后再核对。"
    ]


def test_sentences_name_the_day_and_its_weekday():
    file = notice(clause("duty", {"what": "t", "title": "表", "due": "2023-09-19"}))
    assert sentences(file) == ["2024年9月17日（星期二）是节假日（上一届是2023年9月19日（星期二）），请核对。"]


@pytest.mark.parametrize(("first", "last", "days", "new"), [
    (date(2023, 1, 1), date(2023, 12, 31), 364, (date(2024, 1, 1), date(2024, 12, 31))),
    (date(2023, 8, 1), date(2023, 10, 31), 364, (date(2024, 7, 30), date(2024, 10, 29))),
])  # fmt: skip
def test_the_head_of_the_next_season(first, last, days, new):
    old = SeasonHeader(
        code="s-2023", campaign="s", year=2023, name="2023年科普日", name_en="Day 2023", first_day=first, last_day=last
    )  # fmt: skip
    header = season_after(old, code="s-2024", year=2024, days=days)
    assert (header.first_day, header.last_day) == new
    assert (header.name, header.name_en, header.campaign) == ("2024年科普日", "Day 2024", "s")
    assert season_after(old, code="s-2024", year=2024, days=days, name="新的").name == "新的"


def test_the_week_is_that_of_the_first_notice_that_names_one():
    assert first_day_in(NOTICES.values()) == date(2023, 9, 17)
    assert first_day_in([notice()]) is None


@pytest.mark.parametrize(("days", "year", "fits"), [
    (364, 2024, True), (364, 2025, False), (10, 2024, False), (10, 2023, True), (10**7, 2024, False),
])  # fmt: skip
def test_the_days_must_lead_into_the_year(days, year, fits):
    if fits:
        check_reach(date(2023, 9, 17), days, from_year=2023, year=year)
        return
    with pytest.raises(
        Incomplete, match=rf"从2023年9月17日（星期日）移动{days}天，到不了{year}年"
    ) as refusal:
        check_reach(date(2023, 9, 17), days, from_year=2023, year=year)
    assert refusal.value.reasons[0].field == "first_day"


@given(
    due=st.dates(date(2023, 2, 1), date(2023, 11, 30)), opens=st.integers(0, 30), weeks=st.integers(46, 56),
    outer=st.dates(date(2023, 2, 1), date(2023, 11, 30)), month=st.integers(1, 12),
)  # fmt: skip
def test_any_notice_moved_there_and_back_is_the_same(due, opens, weeks, outer, month):
    words = f"{due.month}月{due.day}日前报，2023年的{month}月只是个月份。"
    file = notice(
        {**clause("duty", {
            "what": "table", "title": "2023年活动表", "due": {"date": due, "time": "16:00"}, "opens": due - timedelta(days=opens),
        }), "summary": words},
        clause("gate", {"fact": "starts_at", "not_after": {"reference": "另行通知", "outer": outer}}, "S-2"),
        clause("programme", {"code": "p", "title": "主场", "when": {"month": f"2023-{month:02}", "part": "late"}}, "S-3"),
        clause("duty", {"what": "sum", "title": "总结", "due": {"days": 10, "after": "activity_end"}}, "S-4"),
    )  # fmt: skip
    there = shifted_notice(file, days=weeks * 7, **NEXT).file
    assert there.clause[0].duty.due == Moment(date=due + timedelta(days=weeks * 7), time="16:00")
    assert there.clause[3] == file.clause[3]
    back = shifted_notice(there, days=-weeks * 7, season="s-2023", year=2023, from_year=2024).file
    assert back == file
