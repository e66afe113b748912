import pytest

from kepu.activities.facts import characters
from kepu.activities.gates import check_sections, reason_of
from kepu.activities.records import cleaned_links, cleaned_materials, cleaned_sections
from kepu.core.refusals import Incomplete
from kepu.notices.kinds.form import Column


def test_links_are_trimmed_and_kept_once():
    assert cleaned_links([" https://a.cn/1 ", "", "https://a.cn/1", "http://b.cn"]) == [
        "https://a.cn/1",
        "http://b.cn",
    ]


@pytest.mark.parametrize(
    "link", ["东莞日报", "ftp://a.cn", "javascript:alert(1)", "https://a b.cn", "http://[", "https://a.cn/\0"]
)
def test_what_is_no_address_is_refused(link):
    with pytest.raises(Incomplete, match="不是网址"):
        cleaned_links([link])


def test_too_many_links_are_refused():
    with pytest.raises(Incomplete, match="最多50条"):
        cleaned_links([f"https://a.cn/{n}" for n in range(51)])


def test_materials_say_what_they_are_and_where():
    assert cleaned_materials([{"kind": "photo", "place": " 网盘 "}, {"place": "", "note": "空"}, {"kind": "x", "place": "柜"}]) == [
        {"kind": "photo", "place": "网盘", "note": ""},
        {"kind": "other", "place": "柜", "note": ""},
    ]  # fmt: skip


def test_a_summary_keeps_only_the_parts_of_its_form():
    columns = [Column(code="basics", title="基本情况")]
    assert cleaned_sections({"basics": " 好 ", "strange": "x"}, columns) == {"basics": "好"}
    assert cleaned_sections({"free": "x", "empty": " "}, []) == {"free": "x"}


def test_blanks_do_not_count_as_characters():
    assert characters("科 普\n日，3") == 5


class Clause:
    code, notice = "DG-57", type("N", (), {"code": "dg"})


class Rule:
    params = None
    key, cite, clause = "form.activity_summary", "东科协〔2023〕17号 六", Clause


def test_parts_are_there_and_within_their_length():
    columns = [
        Column(code="basics", title="基本情况", max_chars=3),
        Column(code="results", title="成效", min_chars=4),
        Column(code="more", title="其他", required=False),
    ]
    check_sections({"basics": "三个 字", "results": "四个字吧"}, columns, Rule)
    with pytest.raises(Incomplete) as caught:
        check_sections({"basics": "四个字了", "results": "短"}, columns, Rule)
    assert [(r.field, str(r), r.clause_id) for r in caught.value.reasons] == [
        ("sections.basics", "“基本情况”最多3个字，现在有4个字。", "DG-57"),
        ("sections.results", "“成效”至少4个字，现在有1个字。", "DG-57"),
    ]


def test_a_reason_names_its_clause():
    reason = reason_of(Rule, "句子", "basics")
    assert (reason.clause, reason.clause_id, reason.notice, reason.code) == (
        "东科协〔2023〕17号 六", "DG-57", "dg", "form.activity_summary",
    )  # fmt: skip
