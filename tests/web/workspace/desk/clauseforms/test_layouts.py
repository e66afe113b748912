"""The layouts ask for everything that a clause can say, once each, and in words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kepu.notices.format import schema
from kepu.notices.kinds import base, kinds
from kepu.web.gallery.linxi import CLAUSES, HEAD, WORDS
from kepu.web.workspace.desk.clauseforms import clause_form, header_form
from kepu.web.workspace.desk.clauseforms.common import ASKED_ELSEWHERE, common_part
from kepu.web.workspace.desk.clauseforms.header import HEADER
from kepu.web.workspace.desk.clauseforms.kinds import PARTS
from kepu.web.workspace.desk.clauseforms.layout import Part, names_of
from kepu.web.workspace.desk.clauseforms.rewording import reworded
from kepu.web.workspace.desk.clauseforms.widgets.audience import AudienceWidget
from tests.web.reading import Page

pytestmark = pytest.mark.one_database

PLACES = [Path(base.__file__).parent, Path(schema.__file__)]


def parts_in(part: Part):
    yield part
    for ask in (*part.first, *part.more):
        for inner in (ask.rows and ask.rows.part, ask.part):
            if inner is not None:
                yield from parts_in(inner)


ALL = [p for part in (*PARTS.values(), HEADER, AudienceWidget().part) for p in parts_in(part)]


def test_every_kind_has_its_layout():
    assert PARTS.keys() == kinds().keys()


@pytest.mark.parametrize("part", ALL, ids=lambda part: part.model.__qualname__)
def test_every_field_is_asked_for_once(part):
    assert sorted(names_of(part)) == sorted(part.model.model_fields)


@pytest.mark.parametrize("kind", kinds())
def test_the_common_questions_are_those_of_every_clause(kind):
    assert sorted([*names_of(common_part(kinds()[kind])), *ASKED_ELSEWHERE]) == sorted(
        schema.ClauseBase.model_fields
    )


@pytest.mark.parametrize("part", ALL, ids=lambda part: part.model.__qualname__)
def test_every_question_asks_in_chinese_and_ends_its_help(part):
    asks = [*part.first, *part.more]
    assert [ask.name for ask in asks if not re.search("[\u4e00-\u9fff]", str(ask.label))] == []
    assert [ask.name for ask in asks if str(ask.help) and not str(ask.help).endswith(("。", "？"))] == []


@pytest.mark.parametrize("part", ALL, ids=lambda part: part.model.__qualname__)
def test_an_answer_that_asks_for_another_is_one_of_the_same_questions(part):
    names = {ask.name for ask in (*part.first, *part.more)}
    asked = {name for ask in (*part.first, *part.more) for name, _answers in ask.when}
    assert asked - names == set()


def sentences_of_the_models():
    """What the models say in a ValueError, as they write it."""
    files = [file for place in PLACES for file in ([place] if place.is_file() else place.glob("*.py"))]
    for file in files:
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "ValueError":
                yield from (
                    n.value for n in ast.walk(call) if isinstance(n, ast.Constant) and "。" in str(n.value)
                )
            elif isinstance(call, ast.Tuple):  # a table of sentences beside what they are about
                said = [n for n in call.elts if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "_"]
                yield from (n.args[0].value for n in said if "。" in n.args[0].value)


OF_FILES_ONLY = (
    "种类是",
    "缺少参数表",
    "不认识的条款种类",
    "条款代码",
    "本届的最后一天",
    "上级系统没有登记",
    "%(name)s 里代码重复",
)


def test_no_sentence_of_a_model_reaches_a_clerk_with_names_of_keys():
    heard = [said for said in sentences_of_the_models() if not said.startswith(OF_FILES_ONLY)]
    told = {said: reworded(re.sub(r"%\((\w+)\)s", "甲", said))[0] for said in heard}

    assert len(told) > 40
    assert {said: our for said, our in told.items() if re.search(r"[a-z]{2,}", our)} == {}


@pytest.mark.parametrize("kind", kinds())
def test_a_form_is_well_made(kind):
    clause = next(c for c in CLAUSES if c["kind"] == kind)
    for data in (clause, {}):
        page = Page(str(clause_form(kind, data, WORDS, code="LX-01", action="/desk/1/")))
        assert [*page.misnested, *page.wrong_with_piece()] == []


def test_the_form_of_a_head_is_well_made():
    page = Page(str(header_form(HEAD, WORDS)))
    assert [*page.misnested, *page.wrong_with_piece()] == []


def test_what_another_answer_asks_for_says_which():
    page = Page(str(clause_form("theme", {}, WORDS)))
    assert page.one(id="c-theme-set_by")["data-shown-if"] == '{"c.theme.role": ["right"]}'
