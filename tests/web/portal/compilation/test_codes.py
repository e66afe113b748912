"""The code on paper: drawn whole, with the white around it that a phone needs."""

import re

import pytest

from kepu.web.portal.compilation import codes

ADDRESS = "https://kepu.example.cn/activities/?place=441900&day=2023-09-17"


def test_what_is_drawn_is_what_is_meant():
    rows = codes.modules(ADDRESS)
    drawn, width = codes.path(ADDRESS)
    painted = {
        (int(x) + n, int(y))
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawn)
        for n in range(int(length))
    }
    assert width == len(rows) == len(rows[0])
    assert painted == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


def test_there_is_quiet_around_it_and_a_finder_in_three_corners():
    rows = codes.modules(ADDRESS)
    size = len(rows)
    assert not any(any(row) for row in rows[:4] + rows[-4:])
    assert not any(any(row[:4]) or any(row[-4:]) for row in rows)
    finder = [True] * 7
    assert rows[4][4:11] == rows[4][size - 11 : size - 4] == rows[size - 5][4:11] == finder
    assert rows[size - 5][size - 11 : size - 4] != finder


@pytest.mark.parametrize("text", ["", "科普" * 2000, "<script>"])
def test_any_text_makes_a_code(text):
    assert codes.png(text).startswith(b"\x89PNG")
    assert "<script>" not in codes.svg(text)
