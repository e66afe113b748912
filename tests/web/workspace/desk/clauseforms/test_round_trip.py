"""Every clause that can be written can be written in a form: what is drawn and sent back is what was there."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu.notices.format.schema import FileClause
from kepu.notices.kinds import kinds
from kepu.web.gallery.linxi import CLAUSES, HEAD, WORDS
from kepu.web.workspace.desk.clauseforms import clause_form, header_form, read_clause
from tests.web.workspace.desk.clauseforms.browser import (
    head_through_the_form,
    same_clause,
    same_head,
    sent,
    through_the_form,
)
from tests.web.workspace.desk.clauseforms.strategies import clauses, heads

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[5]
FILES = [
    tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "seasons" / "2023").glob("*.toml"))
]
GUIDE = [
    tomllib.loads(text)
    for text in re.findall(
        r"^```toml\n(.*?)^```$", (ROOT / "docs" / "notice-format.md").read_text("utf-8"), re.M | re.S
    )
]
PATIENT = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def told(file):
    return [clause for clause in file.get("clause", ()) if {"id", "kind", "summary"} <= clause.keys()]


OF_2023 = [clause for file in FILES for clause in told(file)]
OF_THE_GUIDE = [clause for file in GUIDE for clause in told(file)]


def params_of(said):
    """The parameters that tests of other campaigns give: ``made("gate", fact=…)`` and rows of a table."""
    for node in ast.walk(ast.parse(said)):
        if isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[1], ast.Dict):
            try:
                kind, params, _sentence = ast.literal_eval(node)
            except ValueError:
                continue
            if kind in kinds():
                yield {"id": "T-01", "kind": kind, "summary": "样例。", kind: params}


OF_OTHER_CAMPAIGNS = list(
    params_of((ROOT / "tests" / "notices" / "test_other_campaigns.py").read_text("utf-8"))
)


@pytest.mark.parametrize(
    ("clauses", "least"),
    [
        (OF_2023, 420),
        (OF_THE_GUIDE, 60),
        (OF_OTHER_CAMPAIGNS, 10),
        ([{**c, "id": "LX-1"} for c in CLAUSES], 19),
    ],
    ids=["2023", "guide", "other campaigns", "gallery"],
)
def test_a_written_clause_comes_back_and_no_answer_stands_where_the_browser_would_not_ask_for_it(
    clauses, least
):
    lost, hidden = [], []
    for clause in clauses:
        form = clause_form(clause["kind"], clause, WORDS)
        answers = sent(str(form))
        if not same_clause(read_clause(clause["kind"], answers), clause):
            lost.append(clause["id"])
        for node in form.index.values():
            wanted = json.loads(node.shown_if or "{}")
            asked = any(answers.get(name, "") in those for name, those in wanted.items())
            if wanted and node.filled and not asked:
                hidden.append((clause["id"], node.name))

    assert (len(clauses) >= least, lost, hidden) == (True, [], [])


def test_a_written_head_comes_back():
    heads = [HEAD, *(file["notice"] for file in (*FILES, *GUIDE) if "notice" in file)]

    lost = [head["code"] for head in heads if not same_head(head_through_the_form(head, words=WORDS), head)]

    assert (len(heads) >= 15, lost) == (True, [])


def test_a_written_clause_has_no_problem():
    said = [str(p) for c in OF_2023 for p in clause_form(c["kind"], c, WORDS).problems]
    assert said == []


@pytest.mark.parametrize("field", ["megabyte", "anonymous"])
def test_what_was_said_on_purpose_is_still_said(field):
    clause = {
        "id": "T-01", "kind": "file_rule", "summary": "样例。",
        "file_rule": {"call": "a", "material": "picture", "formats": ["jpg"], field: {"megabyte": "binary", "anonymous": False}[field]},
    }  # fmt: skip

    back = FileClause.model_validate(through_the_form(clause))

    assert field in back.params.model_fields_set


@pytest.mark.parametrize("kind", kinds())
@PATIENT
@given(data=st.data())
def test_any_clause_comes_back(kind, data):
    clause = data.draw(clauses(kind))

    assert same_clause(through_the_form(clause, words=WORDS), clause)


@PATIENT
@given(head=heads())
def test_any_head_comes_back(head):
    for i, attachment in enumerate(head.get("attachments", ())):
        attachment.setdefault("number", i + 1)

    assert same_head(head_through_the_form(head, words=WORDS), head)


def test_an_empty_form_says_what_is_missing_and_nothing_else():
    form = clause_form("window", {}, WORDS, code="LX-01")

    assert [str(problem) for problem in form.problems] == [
        "请选择“是哪一段时间”。", "请填写“名称”。", "请填写“概述”。",
    ]  # fmt: skip


def test_an_empty_head_says_what_is_missing():
    assert [problem.path for problem in header_form({}, WORDS).problems] == [
        ("title",),
        ("issuer",),
        ("code",),
        ("season",),
    ]
