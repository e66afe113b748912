"""The drawing: true to scale, within its frame, nothing lost, and not spoilt by one wrong position."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web.portal.map.measuring import metres
from kepu.web.portal.map.plotting import APART, HEIGHT, MARGIN, WIDTH, drawn

IN_A_CITY = st.tuples(st.floats(22.7, 23.2), st.floats(113.5, 114.2))
SHILONG = (23.1065, 113.8748)


@given(st.lists(IN_A_CITY, min_size=1, max_size=60), st.none() | IN_A_CITY)
def test_everything_is_drawn_once_within_the_frame(positions, here):
    drawing = drawn(positions, here)

    assert sorted(i for mark in drawing.marks for i in mark.of) == sorted(drawing.numbers)
    assert len(drawing.numbers) + drawing.far == len(positions)
    for mark in drawing.marks:
        assert MARGIN < mark.x < WIDTH - MARGIN
        assert MARGIN < mark.y < HEIGHT - MARGIN
    assert [mark.number for mark in drawing.marks] == list(range(1, len(drawing.marks) + 1))
    apart = [hypot(a.x - b.x, a.y - b.y) for a in drawing.marks for b in drawing.marks if a.number < b.number]
    assert all(length >= APART for length in apart)
    assert drawing.numbers.get(0, 1) == 1  # the first of the list is the first mark, unless it is too far


@given(IN_A_CITY, IN_A_CITY)
def test_the_bar_measures_what_is_drawn(one, other):
    drawing = drawn([one, other])
    if len(drawing.marks) < 2:
        return
    a, b = drawing.marks
    words = drawing.bar.words
    unit = float(words.removesuffix("公里").removesuffix("米")) * (1000 if "公里" in words else 1)
    measured = hypot(a.x - b.x, a.y - b.y) / drawing.bar.length * unit
    assert measured == pytest.approx(metres(one, other), rel=0.01)


def test_north_is_up_and_east_is_right():
    south_west, north_east = drawn([(23.0, 113.7), (23.1, 113.8)]).marks
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y


def test_one_wrong_position_does_not_make_all_others_a_dot():
    here = [(23.10 + n / 1000, 113.87) for n in range(9)]
    drawing = drawn([*here, (39.9, 116.4)])

    assert drawing.far == 1
    assert 9 not in drawing.numbers
    assert len(drawing.marks) > 5


def test_who_is_far_away_is_not_drawn_and_moves_nothing():
    positions = [(23.10, 113.87), (23.11, 113.88)]
    assert drawn(positions, (39.9, 116.4)) == drawn(positions)
    assert drawn(positions, (23.105, 113.875)).here is not None


def test_one_place_is_one_mark_in_the_middle():
    drawing = drawn([SHILONG] * 3)
    assert [(mark.count, mark.x, mark.y) for mark in drawing.marks] == [(3, WIDTH / 2, HEIGHT / 2)]


def test_nothing_is_nothing():
    assert drawn([]) is None
