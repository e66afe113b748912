"""Forty messy rows over the three layouts that towns, cities and societies hand in, each with its reading and its faults."""

from datetime import date

import pytest

from kepu.core.spoken import Around
from kepu.intake.reading import Context, read_line, read_table
from kepu.intake.reading.context import Limit
from tests.factories.messy_rows import MADE, NAMES, files

PLACES = {"石龙镇": (7,), "高新区": (8,)}
CONTEXT = Context(
    Around(2023, date(2023, 9, 1), date(2023, 9, 30)),
    labels={"formats": {"讲座": "lecture", "展览": "exhibition", "开放日": "open_day", "竞赛": "contest"}},
    place_of=lambda words: PLACES.get(words, ()),
    own_names=("石龙镇科协", "市科协", "省天文学会"),
    limits={"summary": Limit(300, "六（一）")},
)


@pytest.fixture(scope="module")
def readings():
    """Each layout's table, and its rows as they were read."""
    tables = {name: read_table(data, remembered={}) for name, data in files().items()}
    return {
        name: (table, [read_line(row, table.columns, CONTEXT) for row in table.rows])
        for name, table in tables.items()
    }


def shown(value):
    return f"{value:%m-%d %H:%M}" if hasattr(value, "hour") else value


def test_there_are_forty_rows_and_none_is_lost(readings):
    assert sum(len(rows) for rows in MADE) == 40
    assert [len(lines) for _table, lines in readings.values()] == [len(rows) for rows in MADE]


@pytest.mark.parametrize(
    ("layout", "number"),
    [(name, n) for name, rows in zip(NAMES, MADE, strict=True) for n in range(len(rows))],
    ids=[
        f"{name}-{rows[n][0][0][:12]}"
        for name, rows in zip(NAMES, MADE, strict=True)
        for n in range(len(rows))
    ],
)
def test_a_row_is_read_and_its_faults_are_reported(readings, layout, number):
    cells, content, errors, hints = MADE[NAMES.index(layout)][number]
    found = readings[layout][1][number]
    assert {name: shown(found.content.get(name)) for name in content} == content
    assert {fault.code for fault in found.errors} == set(errors.split())
    assert {fault.code for fault in found.hints} == set(hints.split())
    assert all(
        fault.text in [str(cell) for cell in cells] or fault.text.startswith("2023") for fault in found.faults
    )


@pytest.mark.parametrize("layout", NAMES)
def test_the_columns_of_a_layout_are_known_without_help(readings, layout):
    table, _lines = readings[layout]
    unknown = {column.header for column in table.columns if not column.field}
    assert unknown <= {"序号", "备注"}
