"""What is wrong stays as it was typed, with a sentence at its question; what is far too much gets a sentence and nothing more."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.core.refusals import Refused
from kepu.notices.kinds import kinds
from kepu.web.gallery.linxi import CLAUSES, HEAD, WORDS
from kepu.web.workspace.desk.clauseforms import TooMuch, clause_form, header_form, read_clause, read_header
from tests.web.reading import Page
from tests.web.workspace.desk.clauseforms.browser import sent, through_the_form

pytestmark = pytest.mark.one_database

QUIET = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])


def sample(kind):
    return {"id": "LX-07", **next(c for c in CLAUSES if c["kind"] == kind)}


def answered(kind, **typed):
    """A sample with something typed anew: what is read, and the form that comes back."""
    post = sent(str(clause_form(kind, sample(kind), WORDS)), **typed)
    data = read_clause(kind, post)
    return data, clause_form(kind, data, WORDS, posted=post)


def said(form):
    return [(problem.id, str(problem)) for problem in form.problems]


@pytest.mark.parametrize(("kind", "typed", "question", "sentence"), [
    ("window", {"c__window__start__date": "2023-09-31"}, "c-window-start", "“从什么时候起：哪一天”要写成实际有的日期，例如 2023-09-08；现在是“2023-09-31”。"),
    ("duty", {"c__duty__due__time": "下午五点"}, "c-duty-due", "“什么时候以前报”：几点要写成 16:00 这样，最晚 24:00。"),
    ("coverage", {"c__coverage__percent": "abc"}, "c-coverage-percent", "“百分之几”要写成数；现在是“abc”。"),
    ("coverage", {"c__coverage__percent": "130"}, "c-coverage-percent", "“百分之几”不能大于100。"),
    ("contact", {"c__contact__count": "两位"}, "c-contact-count", "“几位联系人”要写成整数；现在是“两位”。"),
    ("list", {"c__list__items__1__code": "朗读"}, "c-list-items-1-code", "第2项：“代码”的代码写法不对：“朗读”。代码只用英文小写字母、数字、点、横线和下划线。"),
    ("list", {"c__list__items__1__code": "lecture"}, "c-list-items", "“各项”：有两项的代码相同：lecture。请在那两项的“更多”里改一个。"),
    ("list", {"c__list__title": ""}, "c-list-title", "请填写“清单叫什么”。"),
    ("gate", {"c__gate__min__min": "50", "c__gate__min__max": "30"}, "c-gate-min", "“数量”：下限大于上限。"),
    ("gate", {"c__gate__stages": ["filing", "party"]}, "c-gate-stages", "“在哪一步把关”不能是“party”，请从列表里选。"),
    ("gate", {"c__gate__when__0__value": []}, "c-gate-when-0", "“第1种情况”：还没有选是哪些。"),
    ("duty", {"c__duty__to__level": ""}, "c-duty-to", "“报给谁”：没有选全：要选清是哪一级、哪个系统，或写清是哪个单位。"),
    ("duty", {"c__duty__due__way": "days"}, "c-duty-due", "“什么时候以前报”：没有写全：请写哪一天、哪个月、几天之前或之后，或者等什么。"),
    ("quota", {"c__quota__per": "activity"}, "c-quota-place_level", "“哪一级地区”：只有按“每个地区”计的，才选哪一级地区。"),
    ("theme", {"c__theme__role": "right"}, "c-theme-set_by", "“谁可以自拟”：请选谁可以自拟副主题。"),
    ("theme", {"c__status": "pending"}, "c-waits_for", "“等什么”：待定的，请写明等什么。"),
    ("theme", {"c__relates__0__way": "same"}, "c-relates", "“与上级哪一条有关”：没有写全：先选哪种关系，再写上级条款的编号。"),
    ("text", {"c__audience__kinds": ["学校"]}, "c-audience-kinds", "“单位类别”里没有“学校”。请从列表里勾选；列表里没有的，先请系统管理员登记，再写登记的代码。"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_question(kind, typed, question, sentence):
    _data, form = answered(kind, **typed)
    shown = Page(str(form))

    assert said(form) == [(question, sentence)]
    assert sentence.rpartition("项：")[2] in shown.one(id=f"{question}-error").text
    assert shown.one("a", href=f"#{question}").text == sentence


@pytest.mark.parametrize(("kind", "name", "rubbish"), [
    ("window", "c.window.start.date", "2023-09-31"), ("window", "c.window.start.date", "九月初"), ("duty", "c.duty.due.time", "下午5点"),
    ("coverage", "c.coverage.percent", "abc"), ("coverage", "c.coverage.min", "1e999"), ("contact", "c.contact.count", "1.5"),
    ("list", "c.list.items.1.code", "朗 读"), ("indicator", "c.indicator.items.0.weight", "９" * 60), ("gate", "c.gate.min.min", "<b>5</b>"),
    ("gate", "c.gate.preferred.min", "--"), ("quota", "c.quota.classes.0.min.min", "0x10"), ("programme", "c.programme.min", "\"'"),
    ("theme", "c.number", "一" * 90), ("theme", "c.key", "规则 名"), ("routing", "c.routing.routes.0.days", "三"),
])  # fmt: skip
def test_rubbish_comes_back_as_it_was_typed(kind, name, rubbish):
    post = sent(str(clause_form(kind, sample(kind), WORDS)), **{name.replace(".", "__"): rubbish})
    data = read_clause(kind, post)
    again = sent(str(clause_form(kind, data, WORDS)))

    assert again.getlist(name) == [rubbish]
    assert read_clause(kind, again) == data


def test_rubbish_in_a_head_comes_back_as_well():
    post = sent(
        str(header_form(HEAD, WORDS)), h__issued="2025-02-30", h__in_force__date="明天", h__edition="六"
    )
    form = header_form(read_header(post), WORDS, posted=post)
    again = sent(str(form))

    assert [again[n] for n in ("h.issued", "h.in_force.date", "h.edition")] == ["2025-02-30", "明天", "六"]
    assert [problem.id for problem in form.problems] == ["h-issued", "h-in_force", "h-edition"]


@pytest.mark.parametrize(("typed", "read"), [
    ("2023年9月8日", "2023-09-08"), ("2023.9.8", "2023-09-08"), ("２０２３／９／８", "2023-09-08"), ("2023-13-01", "2023-13-01"),
])  # fmt: skip
def test_a_day_is_read_however_people_write_it(typed, read):
    data, _form = answered("window", c__window__start__date=typed)
    assert data["window"]["start"] == {"date": read}


@pytest.mark.parametrize(("typed", "read"), [
    ("５０", 50), ("2.50", 2.5), ("1,200", 1200), ("1,5", "1,5"), ("-3", -3), ("3.0", 3), ("NaN", "NaN"), ("9" * 400, "9" * 400),
])  # fmt: skip
def test_a_number_is_read_however_people_write_it(typed, read):
    data, _form = answered("quota", c__quota__min__min=typed)
    assert data["quota"]["min"] == read


def test_an_hour_is_read_however_people_write_it():
    data, form = answered("duty", c__duty__due__time="１６点３０分")
    assert (data["duty"]["due"]["time"], form.problems) == ("16:30", [])


def test_what_no_calendar_counts_is_said_and_is_no_fault_of_the_program():
    for month in ("0000-01", "9999-12"):
        form = clause_form(
            "window",
            {
                **sample("window"),
                "window": {"code": "a", "title": "甲", "end": {"month": month}, "start": {"month": month}},
            },
            WORDS,
        )
        assert [str(problem) for problem in form.problems] == ["这个日期太早或太晚，请改成实际的日期。"]


def test_no_sentence_names_a_key():
    """Whatever is answered wrongly: a clerk never reads the name of a field or of a class."""
    names = {name for cls in kinds().values() for name in cls.model_fields}
    for kind in kinds():
        for rubbish in ("", "+", "乱写", "-5", "2023-02-30"):
            blank = sent(str(clause_form(kind, sample(kind), WORDS)))
            post = {
                name: rubbish if name.startswith("c.") and name != "c.id" else value
                for name, value in blank.items()
            }
            form = clause_form(kind, read_clause(kind, post), WORDS, code="LX-07")
            words = re.findall(r"[a-z_]{3,}", " ".join(str(p) for p in form.problems).replace(rubbish, ""))
            assert {word for word in words if word in names or "_" in word} <= {"lx_07"}, (
                kind,
                rubbish,
                form.problems,
            )


def test_what_is_wrong_is_told_only_when_it_is_asked_for():
    form = clause_form("theme", {"theme": {"role": "right"}}, WORDS, tells=False)
    shown = Page(str(form))

    assert [problem.path for problem in form.problems] == [("theme",), ("summary",)]
    assert list(shown.all(class_="error")) == list(shown.all(class_="form-errors")) == []


def test_in_english_the_sentences_are_found_by_their_english():
    with translation.override("en"):
        form = clause_form("theme", {"summary": "x", "theme": {"role": "right"}}, WORDS, code="A-1")
        assert [problem.id for problem in form.problems] == ["c-theme-set_by"]


@pytest.mark.parametrize("post", [
    {f"c.list.items.{n}.label": "甲" for n in range(10_000)},
    {"c." + ".".join("a" * 40): "1"},
    {"c.list.items." + "0.items." * 40 + "label": "甲"},
    {"c.list.title": "长" * 20_001},
    {f"c.list.items.{n}.label": "甲" for n in range(301)},
], ids=["rows", "deep", "rows in rows", "long", "a row too many"])  # fmt: skip
def test_far_too_much_is_refused_in_a_sentence(post):
    with pytest.raises(TooMuch, match=r"没有保存。请.+。$") as refused:
        read_clause("list", post)
    assert isinstance(refused.value, Refused)


def test_what_no_database_keeps_is_left_out():
    assert read_clause("list", {"c.list.title": "活\x00动\ud800形式"})["list"]["title"] == "活动形式"


@pytest.mark.parametrize(
    "strange", [None, "文字", 5, True, [], [[]], {}, {"a": {}}, [None, 5, {"code": 3}], 10**400, float("inf")]
)
@pytest.mark.parametrize("kind", kinds())
def test_any_value_in_a_draft_can_be_drawn(kind, strange):
    params = dict.fromkeys(kinds()[kind].model_fields, strange)
    clause = {
        "id": "LX-07",
        "kind": kind,
        "summary": strange,
        "audience": strange,
        "status": strange,
        "relates": strange,
        kind: params,
    }

    markup = str(clause_form(kind, clause, WORDS))

    assert Page(markup).wrong_with_piece() == []
    assert read_clause(kind, sent(markup))["kind"] == kind


@pytest.mark.parametrize("params", [None, "文字", [], 7])
def test_a_clause_without_its_table_is_an_empty_form(params):
    assert through_the_form({"id": "A-1", "kind": "text", "summary": "样例", "text": params}) == {
        "id": "A-1", "kind": "text", "summary": "样例", "text": {"code": "a_1"},
    }  # fmt: skip


_PARTS = st.sampled_from([
    "items", "0", "1", "when", "key", "value", "own", "way", "date", "code", "label", "title", "audience", "any_of", "min", "to", "who",
    "routes", "steps", "99999", "٣", "-1", "", "counts", "columns", "variants", "due", "status",
])  # fmt: skip
_NAMES = st.lists(_PARTS, max_size=6).map(lambda parts: ".".join(["c", *parts]))


@pytest.mark.parametrize("kind", kinds())
@QUIET
@given(data=st.data())
def test_whatever_is_sent_is_answered(kind, data):
    names = st.one_of(_NAMES, st.builds("c.{}{}".format, st.just(kind), _NAMES.map(lambda name: name[1:])))
    pressing = st.builds("_{}:{}".format, st.sampled_from(["add", "remove", "up", "down", "refresh"]), names)
    values = st.one_of(st.sampled_from(["+", "yes", "no", "limit", "days", "date"]), st.text(max_size=8))
    post = data.draw(st.dictionaries(st.one_of(names, pressing), values, max_size=25)) | {"c.id": "LX-07"}

    read = read_clause(kind, post)
    form = clause_form(kind, read, WORDS, posted=post)

    assert Page(str(form)).wrong_with_piece() == []
    assert through_the_form(read, words=WORDS) == read
