"""The ledger's facts against the data: what a clause says, its entry carries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from kepu.cli.clauses import read_ledger
from kepu.cli.loading import seasons_folder

ROWS = [row for row in read_ledger() if row["facts"]]


def plain(text: str) -> str:
    """Without blanks, quotation marks and brackets, which texts write one way or another."""
    return re.sub(r"[\s“”\"'‘’（）()《》]", "", text)


def words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)
    else:
        yield str(value)


@cache
def notice_data(path: str) -> dict[str, Any]:
    return tomllib.loads((seasons_folder().parent / path).read_text(encoding="utf-8"))


def entry(pointer: str) -> Any:
    path, _hash, anchor = pointer.partition("#")
    data = notice_data(path)
    return data["notice"] if anchor == "notice" else next(c for c in data["clause"] if c["id"] == anchor)


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_the_data_carry_the_facts_of_the_clause(row):
    carried = plain(" ".join(word for pointer in row["where"].split() for word in words(entry(pointer))))

    facts = [item for fact in row["facts"].split("; ") for item in fact.split("=", 1)[1].split("|")]
    missing = [item for item in facts if plain(item.split(":", 1)[-1]) not in carried]
    assert missing == []
