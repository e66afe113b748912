from collections import Counter

import pytest

from kepu.orgs.divisions import divisions, is_official, official_parent
from kepu.orgs.models import Level, PlaceKind

ALL = {division.code: division for division in divisions()}


def test_the_country_is_whole():
    """34 provinces, 333 prefectures and 2,846 counties, and the Corps, which is none of them."""
    assert Counter(division.kind for division in ALL.values()) == {
        PlaceKind.NATION: 1,
        PlaceKind.PROVINCE: 34,
        PlaceKind.CORPS: 1,
        PlaceKind.SUB_PROVINCIAL_CITY: 15,
        PlaceKind.CITY: 318,
        PlaceKind.COUNTY: 2846,
    }


@pytest.mark.parametrize(
    ("code", "name", "kind", "parent"),
    [
        ("CN", "中国", PlaceKind.NATION, ""),
        ("440000", "广东省", PlaceKind.PROVINCE, "CN"),
        ("441900", "东莞市", PlaceKind.CITY, "440000"),
        ("440100", "广州市", PlaceKind.SUB_PROVINCIAL_CITY, "440000"),
        ("440103", "荔湾区", PlaceKind.COUNTY, "440100"),
        ("110101", "东城区", PlaceKind.COUNTY, "110000"),  # a municipality has no city level
        ("500229", "城口县", PlaceKind.COUNTY, "500000"),
        ("419001", "济源市", PlaceKind.COUNTY, "410000"),  # administered by the province
        ("469021", "定安县", PlaceKind.COUNTY, "460000"),
        ("659012", "白杨市", PlaceKind.COUNTY, "650000"),
        ("540481", "米林市", PlaceKind.COUNTY, "540400"),
        ("540581", "错那市", PlaceKind.COUNTY, "540500"),
        ("653228", "和康县", PlaceKind.COUNTY, "653200"),
        ("653229", "和安县", PlaceKind.COUNTY, "653200"),
        ("660000", "新疆生产建设兵团", PlaceKind.CORPS, "CN"),
        ("510100", "成都市", PlaceKind.SUB_PROVINCIAL_CITY, "510000"),
    ],
)
def test_a_division_lies_where_it_does(code, name, kind, parent):
    found = ALL[code]
    assert (found.name, found.kind, found.parent) == (name, kind, parent)


@pytest.mark.parametrize("code", ["540422", "540530"])
def test_a_division_that_was_replaced_is_gone(code):
    assert code not in ALL


def test_parents_come_before_children():
    seen = {""}
    for division in divisions():
        assert division.parent in seen
        seen.add(division.code)


def test_levels_follow_from_the_tree():
    steps = Counter((ALL[d.parent].level, d.level) for d in ALL.values() if d.parent)
    assert set(steps) == {
        (Level.NATION, Level.PROVINCE),
        (Level.PROVINCE, Level.CITY),
        (Level.PROVINCE, Level.COUNTY),
        (Level.CITY, Level.COUNTY),
    }


@pytest.mark.parametrize(
    ("code", "official"),
    [("440000", True), ("441900103", True), ("441900103001", True), ("CN", False), ("4419", False), ("DG-SSL", False),
     ("４４００００", False)],
)  # fmt: skip
def test_an_official_code_is_known_by_its_form(code, official):
    assert is_official(code) == official


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("440000", "CN"),
        ("441900", "440000"),
        ("441900103", "441900"),  # Dongguan's towns have no county
        ("440103001", "440103"),
        ("440103001002", "440103"),  # its town is not in the list
        ("110101001", "110101"),
        ("419001100", "419001"),
        ("990101", "CN"),
    ],
)
def test_an_official_code_says_where_it_lies(code, parent):
    assert official_parent(code, ALL) == parent
