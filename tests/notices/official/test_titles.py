"""Titles over several lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.official.measures import HEAD_FITS, TITLE_FITS, width
from kepu.notices.official.titles import lines_of


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于开展全民阅读月活动的通知", ("关于开展全民阅读月活动的通知",)),
        ("关于组织开展临溪市2025年全民阅读月活动的通知", ("关于组织开展临溪市", "2025年全民阅读月活动的通知")),
        ("临溪县教育局等12部门关于举办2025年科普日活动的通知", ("临溪县教育局等12部门关于举办", "2025年科普日活动的通知")),
        (
            "临溪县全民阅读工作办公室等五部门关于组织开展2025年“书香临溪”全民阅读月活动的补充通知",
            ("临溪县全民阅读工作办公室等五部门", "关于组织开展2025年“书香临溪”", "全民阅读月活动的补充通知"),
        ),
    ],
)  # fmt: skip
def test_a_title_breaks_between_words_into_lines_of_much_the_same_length(title, lines):
    assert lines_of(title, TITLE_FITS) == lines


def test_a_long_name_in_the_red_head_keeps_its_words_whole():
    assert lines_of("辽原省全民科学素质工作领导小组办公室文件", HEAD_FITS) == (
        "辽原省全民科学素质",
        "工作领导小组办公室文件",
    )


@given(st.text(alphabet="甲乙的关于通知2023年（）《》，a1", min_size=1, max_size=80), st.integers(4, 30))
def test_nothing_is_lost_and_every_line_fits(title, fits):
    lines = lines_of(title, fits)
    assert "".join(lines) == title
    assert all(width(line) <= fits for line in lines)
