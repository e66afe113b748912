"""Titles in lines: no mark where it may not stand, nothing lost, nothing wider than the sheet, words whole."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kepu.web.portal.posters.lines import CLOSING, OPENING, broken, cut, fitted, units_of, width_of

TITLES = st.text("科普日讲座的与和走进星空ABcd09 ，。：（）《》“”——……·！", min_size=1, max_size=90)


@settings(max_examples=60)
@given(TITLES, st.integers(4, 24))
def test_nothing_is_lost_and_no_line_is_too_wide(title, width):
    lines = broken(title, width, 60)
    assert lines is not None
    assert "".join("".join(lines).split()) == "".join(title.split())
    # a run of marks alone can be wider than the sheet; it is then broken anywhere
    assert all(width_of(line) <= width + 0.01 for line in lines)


@settings(max_examples=60)
@given(TITLES)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(title):
    assume(
        all(unit.width <= 30 for unit in units_of(title, 1000))
    )  # a run of marks wider than a line breaks anywhere
    lines = broken(title, 30, 60)
    assert lines is not None
    for before, after in itertools.pairwise(lines):
        assert (before[-1] in OPENING, after[0] in CLOSING) == (False, False)


@pytest.mark.parametrize(
    ("title", "width", "lines"),
    [
        ("走进中医药", 10, ("走进中医药",)),
        ("AI与未来：人工智能科普讲座（第3期）", 12, ("AI与未来：人工智能", "科普讲座（第3期）")),
        ("垃圾分类进校园，绿色生活我先行", 9, ("垃圾分类进校园，", "绿色生活我先行")),
        ("石龙镇青少年天文观测与航天科普", 8, ("石龙镇青少年天文", "观测与航天科普")),
        ("读《十万个为什么》的一天", 9, ("读《十万个为什么》", "的一天")),
        ("Night Sky over the Pearl River", 10, ("Night Sky over", "the Pearl River")),
    ],
)
def test_lines_break_where_a_reader_would(title, width, lines):
    assert broken(title, width, 4) == lines


def test_a_word_without_end_is_broken_anywhere():
    lines = broken("x" * 40, 10, 10)
    assert ("".join(lines), len(lines)) == ("x" * 40, 3)


def test_a_long_title_gets_a_smaller_size_and_at_the_last_an_ellipsis():
    sizes = (40.0, 30.0, 20.0)
    assert fitted("科普日", 400, 100, sizes, leading=1.2).size == 40
    assert fitted("科" * 25, 400, 100, sizes, leading=1.2).size == 30
    last = fitted("科" * 120, 400, 100, sizes, leading=1.2)
    assert (last.size, len(last.lines), last.lines[-1][-1]) == (20, 4, "…")
    assert all(width_of(line) * 20 <= 400 for line in last.lines)


@settings(max_examples=60)
@given(TITLES, st.integers(3, 12), st.integers(1, 3))
def test_what_is_cut_fits_and_says_so(title, width, most):
    lines = cut(title, width, most)
    assert len(lines) <= most
    assert all(width_of(line) <= width + 0.01 for line in lines)
    whole = "".join("".join(lines).split()) == "".join(title.split())
    assert whole or lines[-1].endswith("…")


def test_a_little_smaller_where_that_keeps_a_word_whole():
    title = "“探秘星空——我们的征途是星辰大海”2023年石龙镇青少年天文观测与航天科普主题嘉年华暨流动科技馆巡展启动仪式"
    found = fitted(title, 515, 118, [float(n) for n in range(46, 16, -1)], leading=1.22)
    assert found.lines == (
        "“探秘星空——我们的征途是星辰大海”", "2023年石龙镇青少年天文观测与航天科普", "主题嘉年华暨流动科技馆巡展启动仪式",
    )  # fmt: skip
