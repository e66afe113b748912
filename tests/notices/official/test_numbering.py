"""Places of clauses, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.official.numbering import Part, Spot, in_order, marker, spot_of


@pytest.mark.parametrize(
    ("number", "spot"),
    [
        ("一", Spot(Part.BODY, ((1, 1),))),
        ("三（二）1", Spot(Part.BODY, ((1, 3), (2, 2), (3, 1)))),
        ("三、（二）1.（4）", Spot(Part.BODY, ((1, 3), (2, 2), (3, 1), (4, 4)))),
        ("二十一(十)12", Spot(Part.BODY, ((1, 21), (2, 10), (3, 12)))),
        ("六 （二） １．", Spot(Part.BODY, ((1, 6), (2, 2), (3, 1)))),
        ("三1", Spot(Part.BODY, ((1, 3), (3, 1)))),
        ("（二）", Spot(Part.BODY, ((2, 2),))),
        ("前言", Spot(Part.OPENING)),
        ("主送", Spot(Part.HEAD)),
        ("落款", Spot(Part.FOOT)),
        ("联系方式", Spot(Part.CLOSING)),
        ("附件1", Spot(Part.ATTACHMENT, (), 1)),
        ("附件三", Spot(Part.ATTACHMENT, (), 3)),
        ("附件3二（一）", Spot(Part.ATTACHMENT, ((1, 2), (2, 1)), 3)),
        ("附件", Spot(Part.ATTACHMENT)),
        ("附件注2", Spot(Part.ATTACHMENT, loose=True)),
        ("附件3表", Spot(Part.ATTACHMENT, (), 3, loose=True)),
        ("", Spot(Part.BODY, loose=True)),
        ("第三条", Spot(Part.BODY, loose=True)),
        ("1一", Spot(Part.BODY, loose=True)),  # from fine to coarse is no place
    ],
)
def test_a_number_names_a_place(number, spot):
    assert spot_of(number) == spot


@given(st.text(max_size=40))
def test_any_text_names_some_place(number):
    spot = spot_of(number)
    assert spot.path == () or [level for level, _n in spot.path] == sorted({level for level, _n in spot.path})


@given(st.integers(1, 4), st.integers(1, 99))
def test_what_is_printed_is_read_as_the_same_place(level, number):
    assert spot_of(marker(level, number)) == Spot(Part.BODY, ((level, number),))


def test_markers_look_as_the_standard_has_them():
    assert [marker(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]
    assert [marker(1, n) for n in (1, 10, 20, 35)] == ["一、", "十、", "二十、", "三十五、"]


def test_places_go_in_the_order_of_the_text():
    written = ["一", "二", "二1", "二（一）", "二（一）1", "二（一）2", "二（一）10", "二（二）", "十"]
    paths = [spot_of(number).path for number in written]
    assert sorted(paths, key=in_order) == paths
