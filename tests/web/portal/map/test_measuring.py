"""Distances and directions, against what is known of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web.portal.map.measuring import bearing, degrees_words, distance_words, metres, way_words

POSITIONS = st.tuples(st.floats(3, 54), st.floats(73, 136))
SHILONG = (23.1065, 113.8748)


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((0, 0), (0, 180), 20015.1),  # half the way round
        ((39.9042, 116.4074), (31.2304, 121.4737), 1067.3),  # 北京 — 上海
        ((23.0205, 113.7518), (22.5431, 114.0579), 61.6),  # 东莞 — 深圳
        (SHILONG, SHILONG, 0),
    ],
)
def test_lengths_are_those_of_the_earth(one, other, kilometres):
    assert metres(one, other) / 1000 == pytest.approx(kilometres, abs=0.15)


@given(POSITIONS, POSITIONS)
def test_there_is_as_far_as_back(one, other):
    assert metres(one, other) == pytest.approx(metres(other, one), rel=1e-9, abs=1e-6)
    assert 0 <= bearing(one, other) < 360


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "不到50米"), (49.9, "不到50米"), (50, "50米"), (374, "350米"), (949, "950米"), (950, "0.9公里"), (1000, "1公里"), (1234, "1.2公里"),
        (9_949, "9.9公里"), (9_950, "10公里"), (1_067_000, "1,067公里"),
    ],
)  # fmt: skip
def test_distances_in_words(length, words):
    assert distance_words(length) == words


@pytest.mark.parametrize(
    ("north", "east", "words"),
    [
        (0.01, 0, "正北 约1.1公里"), (0, 0.01, "正东 约1公里"), (-0.01, -0.01, "西南 约1.5公里"), (0.01, -0.01, "西北 约1.5公里"),
        (0.0001, 0, "不到50米"),
    ],
)  # fmt: skip
def test_the_way_in_words(north, east, words):
    assert way_words(SHILONG, (SHILONG[0] + north, SHILONG[1] + east)) == words


def test_degrees_in_words():
    assert degrees_words((23.02049, 113.7518)) == "北纬23.0205° 东经113.7518°"
    assert degrees_words((-1.5, -2.25)) == "南纬1.5000° 西经2.2500°"
