"""The ledger of clauses points at things that are there."""

from __future__ import annotations

import ast
import json
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from kepu.cli.clauses import STATES, command, read_ledger

ROOT = Path(__file__).parents[2]
LEDGER = read_ledger()
OF_THIS_SEASON = {"publish_gate", "window_control", "theme_control", "review_routing"}


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@cache
def entries_in(path: str) -> frozenset[str]:
    data = tomllib.loads((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(["notice", *(c["id"] for c in data.get("clause", []))])


def points_at_something(row: dict[str, str]) -> bool:
    if row["state"] == "not yet":
        return not (row["where"] or row["test"])
    path, _colons, name = row["test"].partition("::")
    return (
        bool(row["where"] and row["module"] and name)
        and all(
            anchor in entries_in(file)
            for file, _hash, anchor in (w.partition("#") for w in row["where"].split())
        )
        and (ROOT / row["module"]).is_file()
        and name in functions_of(path)
    )


def test_each_of_the_375_clauses_stands_once():
    counts = Counter(row["id"][:2] for row in LEDGER)

    assert counts == {"NA": 83, "LN": 93, "CD": 66, "TS": 60, "DG": 73}
    assert len({row["id"] for row in LEDGER}) == 375


def test_every_line_points_at_data_a_module_and_a_test_that_are_there():
    assert [row["id"] for row in LEDGER if not points_at_something(row)] == []


def test_a_line_that_points_at_nothing_is_found():
    good = LEDGER[0]

    wrong = [
        {**good, "where": "seasons/2023/national.toml#NA-999"},
        {**good, "test": "tests/seasons/test_ledger.py::test_that_nobody_wrote"},
        {**good, "module": "kepu/notices/kinds/nothing.py"},
        {**good, "where": ""},
    ]
    assert [points_at_something(row) for row in wrong] == [False] * 4


def test_states_are_known():
    assert {row["state"] for row in LEDGER} <= set(STATES)


def test_every_hard_clause_on_gates_windows_theme_routing_and_lead_time_is_enforced():
    hard = [row for row in LEDGER if row["enforce"] == "hard" and row["capability"] in OF_THIS_SEASON]

    assert len(hard) >= 10
    assert [row["id"] for row in hard if row["state"] != "enforced"] == []


def test_the_balance_counts_every_clause():
    answer = CliRunner().invoke(command, ["--json"])

    data = json.loads(answer.output)
    assert data["clauses"] == 375
    for group in ("place", "kind", "enforce"):
        assert sum(sum(counts.values()) for counts in data[group].values()) == 375
