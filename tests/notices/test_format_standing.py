"""A notice among the others of its season: nobody stands on itself, and no two have one document number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices import actions
from kepu.notices.format.checking import check_notice
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice
from kepu.notices.format.schema import Header
from kepu.notices.format.standing import Known, misplaced, plain
from kepu.notices.format.surroundings import beside
from kepu.notices.models import Notice, Season
from kepu.orgs.models import Place
from tests.factories.notices import a_season, china
from tests.factories.orgs import a_chain
from tests.notices.test_format import LEAD

NAMES = {"a": "甲", "b": "乙", "c": "丙"}


def head(code: str, **more) -> Header:
    more = {"title": f"《{NAMES.get(code, code)}》", "issuer": "样例单位", "season": "s-2023", **more}
    return Header.model_validate({"code": code, **more})


def said(notice: Header, *others: Header) -> list[tuple[str, str]]:
    known = {o.code: Known.of(o) for o in others}
    return [(m.field, m.sentence) for m in misplaced(notice, known)]


@pytest.mark.parametrize(("notice", "others", "sentence"), [
    (head("a", parents=["a"]), [], ("parents", "依据不能写这份通知自己。请改正 parents。")),
    (head("a", parents=["b"]), [head("b", parents=["a"])],
     ("parents", "依据绕成了圈：《甲》依据《乙》，《乙》依据《甲》。请改正其中一份的 parents。")),
    (head("a", parents=["x", "b"]), [head("b", parents=["c"]), head("c", parents=["b", "a"])],
     ("parents", "依据绕成了圈：《甲》依据《乙》，《乙》依据《丙》，《丙》依据《甲》。请改正其中一份的 parents。")),
    (head("a", replaces=["b"]), [head("b", replaces=["a"])],
     ("replaces", "代替绕成了圈：《甲》代替《乙》，《乙》代替《甲》。请改正其中一份的 replaces。")),
    (head("a", amends=["a"]), [], ("amends", "补充或更正不能写这份通知自己。请改正 amends。")),
    (head("a", number="样办〔2023〕1号"), [head("b", number="样办[2023] 1号")],
     ("number", "文号“样办〔2023〕1号”已经被《乙》（b）用了。请核对文号；确是同一份通知的，请把代码改成 b。")),
])  # fmt: skip
def test_what_is_out_of_place_is_said_with_its_field(notice, others, sentence):
    assert said(notice, *others) == [sentence]


@pytest.mark.parametrize(("notice", "others"), [
    (head("a", parents=["b"]), [head("b", parents=["c"]), head("c", parents=["b"])]),  # a circle that is not this one's
    (head("a", parents=["b", "c"]), [head("b", parents=["c"]), head("c")]),
    (head("a", parents=["gone"]), []),
    (head("a", replaces=["b"], parents=["c"]), [head("b", parents=["a"]), head("c")]),
    (head("a", number="样办〔2023〕1号"), [head("a", number="样办〔2023〕1号"), head("b", number="样办〔2023〕11号"), head("c")]),
    (head("a", number="样办〔2023〕1号"), [head("b", number="样办〔2023〕1号", status="withdrawn")]),
    (head("a"), [head("b")]),
])  # fmt: skip
def test_what_is_in_its_place_is_left_alone(notice, others):
    assert said(notice, *others) == []


@pytest.mark.parametrize(
    "typed", ["东科协［2023］17号", "东科协【2023】17号", "东科协(2023)17号", "东科协 〔２０２３〕 17 号"]
)
def test_a_number_is_the_same_however_it_was_typed(typed):
    assert plain(typed) == plain("东科协〔2023〕17号")


CODES = st.sampled_from("abcdefg")


@given(st.dictionaries(CODES, st.lists(CODES, max_size=3)), CODES)
def test_a_circle_is_found_exactly_where_a_walk_comes_back(parents, start):
    reached, waiting = set(), list(parents.get(start, ()))
    while waiting:
        code = waiting.pop()
        if code not in reached:
            reached.add(code)
            waiting += parents.get(code, ())
    others = [head(code, parents=above) for code, above in parents.items() if code != start]
    assert bool(said(head(start, parents=parents.get(start, [])), *others)) == (start in reached)


# ── Files beside, and the database ──────────────────────────────────────────────────────────────────────────────────

HEAD = """\
format = 1

[notice]
code = "%s"
season = "s-2023"
title = "《%s》"
issuer = "样例单位"
place = "441900"
%s
"""
SEASON = """\
format = 1

[season]
code = "s-2023"
campaign = "sample"
year = 2023
name = "样例季"
first_day = 2023-09-17
last_day = 2023-09-23
"""


def text(code: str, more: str) -> str:
    return HEAD % (code, NAMES[code], more) + LEAD


def test_files_beside_are_held_against_each_other(tmp_path):
    (tmp_path / "season.toml").write_text(SEASON)
    for code, more in (
        ("a", 'parents = ["b"]\nnumber = "样办〔2023〕1号"'), ("b", 'parents = ["c"]'),
        ("c", 'parents = ["a"]\nnumber = "样办〔2023〕1号"'),
    ):  # fmt: skip
        (tmp_path / f"{code}.toml").write_text(text(code, more))
    path = tmp_path / "a.toml"
    notice = read_notice(path.read_text(), path.name)

    found = [
        (p.line, p.is_error, p.sentence)
        for p in check_notice(notice, path.read_text(), "a.toml", beside(notice, path))
    ]

    assert found == [
        (9, True, "依据绕成了圈：《甲》依据《乙》，《乙》依据《丙》，《丙》依据《甲》。请改正其中一份的 parents。"),
        (10, True, "文号“样办〔2023〕1号”已经被《丙》（c）用了。请核对文号；确是同一份通知的，请把代码改成 c。"),
    ]  # fmt: skip


def test_files_of_another_season_beside_are_no_concern(tmp_path):
    (tmp_path / "a.toml").write_text(text("a", 'number = "样办〔2023〕1号"'))
    (tmp_path / "b.toml").write_text(text("b", 'number = "样办〔2023〕1号"').replace("s-2023", "s-2024"))
    notice = read_notice((tmp_path / "a.toml").read_text(), "a.toml")
    assert list(beside(notice, tmp_path / "a.toml").others) == []


@pytest.fixture
def season(db):
    a_chain()
    return a_season("s-2023")


def take_over(code, more, system):
    file = text(code, more)
    return actions.take_over_notice(
        read_notice(file, f"{code}.toml"), file, f"{code}.toml", by=system, at=china(2023, 9, 1)
    )


def test_a_circle_through_the_database_is_refused_and_nothing_is_written(season, system):
    take_over("a", 'parents = ["b"]', system)
    take_over("c", 'parents = ["a"]', system)
    before = Season.objects.get().edition

    with pytest.raises(NoticeFileRefused, match="《乙》依据《丙》，《丙》依据《甲》，《甲》依据《乙》"):
        take_over("b", 'parents = ["c"]', system)

    assert (Season.objects.get().edition, sorted(Notice.objects.values_list("code", flat=True))) == (
        before,
        ["a", "c"],
    )


def test_a_number_that_is_taken_is_refused_until_its_notice_was_withdrawn(season, system):
    done = take_over("a", 'number = "样办〔2023〕1号"', system)
    assert take_over("a", 'number = "样办〔2023〕1号"', system).is_new is False

    with pytest.raises(NoticeFileRefused, match=r"b\.toml 第9行：文号“样办〔2023〕1号”已经被《甲》（a）用了"):
        take_over("b", 'number = "样办〔2023〕1号"', system)

    actions.withdraw_notice(done.notice, by=system, at=china(2023, 9, 1), reason="发错了")
    assert take_over("b", 'number = "样办〔2023〕1号"', system).is_new


def test_another_season_may_use_a_number_again(season, system):
    a_season("s-2024")
    Notice.objects.create(
        season=Season.objects.get(code="s-2024"), code="x", title="旧", number="样办〔2023〕1号", issuer="样例单位",
        place=Place.objects.get(code="441900"), status="formal",
    )  # fmt: skip
    assert take_over("a", 'number = "样办〔2023〕1号"', system).is_new
