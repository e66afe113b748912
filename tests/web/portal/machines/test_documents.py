"""docs/for-machines.md tells of everything that there is."""

import re
from pathlib import Path

import pytest

from kepu.api import activities as api_activities
from kepu.api import describing
from kepu.api.urls import MUCH
from kepu.web.portal.machines import filters, sitemaps, views
from kepu.web.portal.machines.naming import FORMATS
from kepu.web.portal.widget.composing import LOOKS

TEXT = (Path(__file__).resolve().parents[4] / "docs" / "for-machines.md").read_text("utf-8")
ROWS = {
    name.strip("` "): cells
    for line in TEXT.splitlines()
    if line.startswith("|") and (cells := [cell.strip() for cell in line.strip("|").split("|")])
    for name in cells[0].split(",")
}


@pytest.mark.parametrize("name", [*(one.name for one in filters.conditions()), "size", "lang"])
def test_every_condition_has_its_line(name):
    assert name in ROWS


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.code)
def test_every_format_has_its_line_with_its_bounds(form):
    at_once = ROWS[f"/activities.{form.code}"][2]
    assert [int(n.replace(",", "")) for n in re.findall(r"[\d,]+\d", at_once)] == [
        views.USUAL[form.code], views.MOST[form.code],
    ]  # fmt: skip


def test_every_operation_is_named():
    paths = {path.replace("{pk}", "{id}") for path in describing.document("zh-hans")["paths"]}
    assert {path for path in paths if f"`{path}" not in TEXT} == set()


def test_the_numbers_are_those_of_the_code():
    assert f"`size` at most {api_activities.MOST}" in TEXT
    assert (
        f"{views.MANY_LINES.n:,} tables and calendars, and {MUCH.n:,} calls of the interface, in ten minutes"
        in TEXT
    )
    assert f"{sitemaps.PIECE:,} numbers of activities" in TEXT
    assert {look for look in LOOKS if look and f"`{look}`" not in TEXT} == set()
