"""Positions: from one system of maps to another and back, and read from what people write."""

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.core.geo import System, from_wgs84, is_near_china, pair_in, to_wgs84

METRES = 111_320  # in a degree of latitude
in_china = st.tuples(st.floats(18.1, 53.5), st.floats(73.6, 135.0))
outside = st.one_of(
    st.tuples(st.floats(-90, 0.5), st.floats(-180, 180)),
    st.tuples(st.floats(56, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 71.5)),
)
systems = st.sampled_from(System)


def metres(a, b):
    return hypot((a[0] - b[0]) * METRES, (a[1] - b[1]) * METRES * cos(radians(a[0])))


@given(in_china, systems)
def test_there_and_back_is_the_same_place_to_less_than_a_metre(position, system):
    assert metres(to_wgs84(from_wgs84(position, system), system), position) < 0.01


@given(in_china, systems)
def test_back_and_there_is_the_same_place_to_less_than_a_metre(position, system):
    assert metres(from_wgs84(to_wgs84(position, system), system), position) < 0.01


@given(in_china)
def test_the_offset_of_maps_on_sale_is_some_hundred_metres(position):
    assert 1 < metres(from_wgs84(position, System.GCJ02), position) < 1500
    assert 100 < metres(from_wgs84(position, System.BD09), from_wgs84(position, System.GCJ02)) < 2000


@given(outside, systems)
def test_outside_china_nothing_is_moved(position, system):
    assert not is_near_china(position)
    assert from_wgs84(position, system) == to_wgs84(position, system) == position


def test_a_known_place():
    """The pair by which implementations of these formulae are compared."""
    square = (39.915, 116.404)
    assert from_wgs84(square, System.GCJ02) == pytest.approx(
        (39.91640428150164, 116.41024449916938), abs=1e-12
    )
    baidu = from_wgs84(to_wgs84(square, System.GCJ02), System.BD09)
    assert baidu == pytest.approx((39.92133699351022, 116.41036949371029), abs=1e-7)


@pytest.mark.parametrize(
    "text",
    [
        "23.0205, 113.7518", "113.7518,23.0205", "113.7518 23.0205", "23.0205，113.7518", "23.0205、113.7518",
        "北纬23.0205°，东经113.7518°", "东经113.7518° 北纬23.0205°", "23.0205N 113.7518E", "113.7518°E, 23.0205°N",
        "lng: 113.7518, lat: 23.0205", "纬度：23.0205；经度：113.7518", "(23.0205, 113.7518)", "N23.0205 E113.7518",
    ],
)  # fmt: skip
def test_a_pair_is_read_in_either_order(text):
    assert pair_in(text) == (23.0205, 113.7518)


@pytest.mark.parametrize(
    "text",
    ["", "礼堂", "23.0205", "23.02, 30.5", "113.7, 120.5", "1, 2, 3", "lat 23, lat 113", "北纬123 东经95"],
)
def test_what_is_not_clear_is_not_guessed(text):
    assert pair_in(text) is None


@given(in_china)
def test_whatever_stands_first_the_pair_is_the_same(position):
    latitude, longitude = (round(x, 6) for x in position)
    assert pair_in(f"{latitude}, {longitude}") == pair_in(f"{longitude},{latitude}") == (latitude, longitude)


def test_elsewhere_a_pair_is_read_by_its_marks():
    assert pair_in("南纬33.86 东经151.21") == (-33.86, 151.21)
    assert pair_in("40.7128N, 74.006W") == (40.7128, -74.006)
