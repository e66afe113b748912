"""A text longer than a cell comes apart in parts that fit and comes together as it was."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kepu.intake.reading.continued import LONGEST_CELL, continued, further, pieces

# what makes the cut hard: blanks, line ends, and characters that count double
PARTS = st.lists(st.sampled_from(["科", "😀", " ", "\n", "a", "　"]), min_size=1, max_size=8).map("".join)


@given(PARTS, st.integers(1, 20_000))
def test_joined_they_are_the_text_and_each_fits(part, times):
    text = (part * times).strip()
    parts = pieces(text)
    assert "".join(parts) == text
    assert max(len(one.encode("utf-16-le")) // 2 for one in parts) <= LONGEST_CELL
    twice = part * 2
    words = any(not (a + b).isspace() and a.strip() and b.strip() for a, b in pairwise(twice))
    assert not words or all(one == one.strip() for one in parts)


def test_what_fits_stays_whole():
    assert [pieces(text) for text in ("", "讲座", "科" * LONGEST_CELL)] == [
        [""],
        ["讲座"],
        ["科" * LONGEST_CELL],
    ]
    assert [len(one) for one in pieces("科" * (LONGEST_CELL + 1))] == [LONGEST_CELL, 1]
    assert [len(one) for one in pieces("😀" * 20_000)] == [LONGEST_CELL // 2, 20_000 - LONGEST_CELL // 2]


def test_columns_go_on_with_the_one_they_name_in_their_order_and_only_where_it_is_there():
    headers = [
        "活动名称",
        "内容简介",
        "要改的地方",
        further("内容简介", 2),
        further("内容简介", 1),
        "备注（续1）",
    ]
    assert list(continued(enumerate(headers)).items()) == [(4, "内容简介"), (3, "内容简介")]
