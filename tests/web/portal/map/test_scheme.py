"""The scheme of the country: every province once, no two on one field, each on the right side of the others."""

from kepu.orgs.divisions import divisions
from kepu.orgs.models import Level
from kepu.web.portal.map.scheme import COLUMNS, COUNTRY, ROWS


def test_every_province_has_a_field_of_its_own():
    provinces = {d.code for d in divisions() if d.level == Level.PROVINCE}
    fields = {(spot.row, spot.column) for spot in COUNTRY.values()}

    assert set(COUNTRY) == provinces
    assert len(fields) == len(COUNTRY) == 35
    assert all(1 <= row <= ROWS and 1 <= column <= COLUMNS for row, column in fields)


def test_they_are_read_row_after_row():
    fields = [(spot.row, spot.column) for spot in COUNTRY.values()]
    assert fields == sorted(fields)


def test_who_lies_further_north_or_east_does_so_here():
    north_to_south = [
        ("230000", "220000", "210000", "370000", "320000"),
        ("150000", "140000", "410000", "420000", "430000", "440000"),
        ("620000", "630000", "510000", "530000"),
        ("110000", "130000", "370000", "340000", "360000", "350000"),
    ]
    for codes in north_to_south:
        rows = [COUNTRY[code].row for code in codes]
        assert rows == sorted(rows), codes
    west_to_east = [
        ("650000", "620000", "640000", "140000", "130000", "120000", "210000"),
        ("540000", "510000", "500000", "420000", "340000", "320000", "310000"),
        ("530000", "520000", "430000", "360000", "330000"),
        ("450000", "440000", "350000", "710000"),
        ("820000", "810000"),
    ]
    for codes in west_to_east:
        columns = [COUNTRY[code].column for code in codes]
        assert columns == sorted(set(columns)), codes
