"""The guide to the notice file tells the whole truth: every example reads, every key is named, nothing stale stands in it."""

from __future__ import annotations

import json
import re
import tomllib
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from pydantic import BaseModel, TypeAdapter

from kepu.notices.format.checking import Surroundings, check_notice
from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import read_notice, read_season
from kepu.notices.format.schema import (
    DEFAULT_STRICTNESS,
    ClauseBase,
    Header,
    NoticeFile,
    SeasonFile,
    SeasonHeader,
    json_schema,
)
from kepu.notices.format.surroundings import ROLES, place_paths, words_of
from kepu.notices.format.writing import write_notice
from kepu.notices.kinds import kinds
from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.duty import RECEIVER
from kepu.notices.kinds.facts import FACTS
from kepu.notices.kinds.form import Column
from kepu.notices.kinds.moments import ANCHORS, Moment, When
from kepu.orgs.models import Level, PlaceKind

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "notice-format.md").read_text("utf-8")
HEAD = """
format = 1
[notice]
code = "sample"
season = "sample-2025"
title = "样例"
issuer = "样例单位"
place = "CN"
"""
SEASON_HEAD = """
format = 1
[season]
code = "sample-2025"
campaign = "sample"
year = 2025
name = "样例"
first_day = 2025-01-01
last_day = 2025-12-31
"""
APART = (Bound, Moment, Audience, Column)  # told once, in a table of their own

FENCE = re.compile(r"^```(\S[^\n]*)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [((m[1] or "").strip(), m[2], GUIDE[: m.start()].count("\n") + 2) for m in FENCE.finditer(GUIDE)]
EXAMPLES = [pytest.param(text, id=f"line-{line}") for info, text, line in BLOCKS if info == "toml"]
WRONG = [
    pytest.param(text, BLOCKS[i + 1][1].strip(), id=f"line-{line}")
    for i, (info, text, line) in enumerate(BLOCKS)
    if info == "toml wrong"
]


def is_season(text: str) -> bool:
    return bool(re.search(r"^\[season\]$", text, re.MULTILINE))


def is_whole(text: str) -> bool:
    return bool(re.search(r"^\[notice\]$", text, re.MULTILINE))


def as_notice(text: str) -> str:
    return text if is_whole(text) else HEAD + text


# ── Examples ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_reads_and_has_no_problem(text):
    if is_season(text):
        assert read_season(text).season.code
        return
    whole = as_notice(text)
    notice = read_notice(whole)
    assert check_notice(notice, whole, "guide.toml", Surroundings()) == []
    assert read_notice(write_notice(notice)) == notice


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_a_wrong_example_gets_the_sentence_that_the_guide_shows(text, sentence):
    with pytest.raises(NoticeFileRefused) as refused:
        read_notice(HEAD + text)
    assert [p.sentence for p in refused.value.problems] == [sentence]


def test_there_are_enough_examples():
    whole = [block.values[0] for block in EXAMPLES if is_whole(block.values[0])]
    assert len(EXAMPLES) > 30
    assert len(whole) > 8
    assert len(WRONG) > 4


def test_the_worked_example_knows_every_word_of_its_season_file():
    seasons = [block.values[0] for block in EXAMPLES if is_season(block.values[0])]
    season = read_season(seasons[0])
    around = Surroundings(words=words_of(season, frozenset(place_paths(season))))
    longest = max((b.values[0] for b in EXAMPLES if is_whole(b.values[0])), key=len)
    notice = read_notice(longest)
    assert notice.notice.season == season.season.code
    assert check_notice(notice, longest, "guide.toml", around) == []


def test_every_kind_has_an_example():
    shown = {
        c.kind
        for block in EXAMPLES
        if not is_season(t := block.values[0])
        for c in read_notice(as_notice(t)).clause
    }
    assert shown == set(kinds())


def test_every_status_of_a_notice_but_withdrawn_has_an_example():
    whole = [read_notice(b.values[0]).notice.status for b in EXAMPLES if is_whole(b.values[0])]
    said = set(typing.get_args(Header.model_fields["status"].annotation))
    assert said - set(whole) == {"withdrawn"}


@pytest.mark.parametrize("moment", re.findall(r"`due = ([^`]+)`", GUIDE))
def test_a_way_to_write_a_date_reads(moment):
    TypeAdapter(When).validate_python(tomllib.loads(f"due = {moment}")["due"])


@pytest.mark.parametrize("audience", re.findall(r"`audience = (\{[^`]+\})`", GUIDE))
def test_an_audience_reads(audience):
    if "…" not in audience:
        Audience.model_validate(tomllib.loads(f"audience = {audience}")["audience"])


# ── Tables ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def models_in(annotation) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for inner in typing.get_args(annotation) for m in models_in(inner)]


def keys_of(model, prefix="") -> Iterator[tuple[str, typing.Any]]:
    """Every key of a model, with those of the tables inside it behind a dot."""
    for name, field in model.model_fields.items():
        yield prefix + name, field
        for inner in models_in(field.annotation):
            if inner not in APART:
                yield from keys_of(inner, f"{prefix}{name}.")


def rows(text: str) -> list[list[str]]:
    found = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in found]


def section(heading: str) -> str:
    """The text under a heading, to the next one of the same or a higher rank."""
    start = re.search(rf"^(#+) {re.escape(heading)}.*$", GUIDE, re.MULTILINE)
    assert start, f"The guide has no heading “{heading}”."
    end = re.search(rf"^#{{1,{len(start[1])}}} ", GUIDE[start.end() :], re.MULTILINE)
    text = GUIDE[start.end() : start.end() + end.start()] if end else GUIDE[start.end() :]
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def tables(text: str) -> list[list[list[str]]]:
    """The key tables of a section: those whose first heading is 键 key."""
    parts = re.split(r"^\| 键 key .*\n\|---.*\n", text, flags=re.MULTILINE)[1:]
    return [rows(re.split(r"\n(?!\|)", part)[0]) for part in parts]


SEASON_WORDS = [
    (path, f) for path, f in keys_of(SeasonFile) if path.split(".")[0] not in ("format", "season")
]
TABLES = {
    **{f"`{code}`": [list(keys_of(model))] for code, model in kinds().items()},
    "3.1 ": [list(keys_of(Header))],
    "4.1 ": [list(ClauseBase.model_fields.items())],
    "4.4 ": [list(Audience.model_fields.items())],
    "5 ": [list(Moment.model_fields.items())],
    "6 ": [list(Bound.model_fields.items())],
    "10.1 ": [list(keys_of(SeasonHeader)), SEASON_WORDS],
}
TABLES["`form`"].append(list(keys_of(Column)))
CELLS = [
    pytest.param(row, field, id=f"{heading.strip(' `')}-{path}")
    for heading, wanted in TABLES.items()
    for table, keys in zip(tables(section(heading)), wanted, strict=True)
    for path, field in keys
    for row in table
    if row[0] == f"`{path}`"
]


@pytest.mark.parametrize("heading", TABLES)
def test_a_table_names_every_key_and_no_other(heading):
    named = [[row[0].strip("`") for row in table] for table in tables(section(heading))]
    assert named == [[path for path, _ in keys] for keys in TABLES[heading]]


@pytest.mark.parametrize(("row", "field"), CELLS)
def test_a_row_says_what_is_required_and_gives_an_example_that_reads(row, field):
    _, said_type, default, _, example = row
    assert (default == "必填") == field.is_required()
    for word in words_of_choice(field.annotation):
        assert f"`{word}`" in said_type
    (name, value), *more = tomllib.loads(example.strip("`").replace("\\|", "|")).items()
    assert name == row[0].strip("`").split(".")[-1]
    assert not more
    TypeAdapter(typing.Annotated[field.annotation, *field.metadata, field]).validate_python(value)


def words_of_choice(annotation) -> list[str]:
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [member.value for member in annotation]
    if typing.get_origin(annotation) is dict:
        return []
    return [word for inner in typing.get_args(annotation) for word in words_of_choice(inner)]


def test_the_overview_gives_each_kinds_own_mode_and_strictness():
    said = {
        row[0].strip("`"): (row[1], row[3], row[4])
        for row in rows(section("7.1 "))[1:]
        if row[0].startswith("`")
    }
    assert said == {
        code: (str(model.LABEL), f"`{model.MODE.value}`", f"`{DEFAULT_STRICTNESS.get(code, 'none')}`")
        for code, model in kinds().items()
    }


def test_every_fact_is_told():
    said = [row for row in rows(section("8 ")) if row[0].startswith("`")]
    assert [(row[0].strip("`"), row[1], row[2]) for row in said] == [
        (code, str(fact.label), str(fact.unit) or "—") for code, fact in FACTS.items()
    ]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("3.2 ", typing.get_args(Header.model_fields["status"].annotation)),
        ("4.5 ", ("hard", "in_principle", "strive", "none")),
        ("4.6 ", ("final", "tentative", "pending")),
        ("4.7 ", ("fixed", "union", "replace", "tighten", "shift", "pending")),
        ("5 ", tuple(ANCHORS)),
        ("10.2 ", (*Level.values, *PlaceKind.values, *ROLES)),
    ],
)
def test_every_word_is_told(heading, words):
    assert [word for word in words if f"`{word}`" not in section(heading)] == []


def test_receivers_are_written_as_the_format_takes_them():
    said = [row[0].strip("`") for row in rows(section("9.1 "))[2:]]
    assert len(said) > 4
    assert [way for way in said if not RECEIVER.match(way)] == []


def test_the_kinds_of_unit_are_those_of_the_season_that_comes_with_the_program():
    season = read_season((ROOT / "seasons" / "2023" / "season.toml").read_text("utf-8"))
    said = {row[0].strip("`") for row in rows(section("10.3 "))[2:]}
    assert said
    assert said - {term.code for term in season.unit_kind} == set()


# ── Schema and size ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_json_schema_is_the_one_that_kepu_notice_schema_prints():
    text = (ROOT / "docs" / "notice.schema.json").read_text("utf-8")
    assert text == json.dumps(json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n", (
        "Run: kepu notice schema > docs/notice.schema.json"
    )


def test_the_guide_speaks_of_this_version_and_of_as_many_kinds_as_there_are():
    assert NoticeFile.model_fields["format"].default == 1
    assert "format = 1" in GUIDE
    assert f"one of {len(kinds())} *kinds*" in GUIDE
