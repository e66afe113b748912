"""What goes to review, what holds at once, and what is only a typing error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.models import Activity
from kepu.activities.weighing import distance, is_correction, weigh

TEXTS = st.text(alphabet="石龙中学礼堂一东不3３ab", max_size=12)


@pytest.mark.parametrize(
    ("before", "after", "mended"),
    [
        ("走近中医药", "走进中医药", True),
        ("石龙中学礼唐", "石龙中学礼堂", True),
        ("石龙中学大礼堂", "石龙中学礼堂", True),
        ("走进气象台台风是怎样被看见的", "走进气象台：台风是怎么被看见的", True),
        ("石龙中学礼堂", "石龙中学礼堂", False),  # nothing changed
        ("石龙镇", "石排镇", False),  # too short: another place
        ("石龙中学礼堂", "石龙中学操场边", False),  # three characters
        ("中山路18号科技馆", "中山路16号科技馆", False),  # a digit
        ("中山路１８号科技馆", "中山路18号科技馆", True),  # the same number, written otherwise
        ("科技馆三楼报告厅", "科技馆二楼报告厅", False),  # a number in Chinese
        ("科技馆东门小广场", "科技馆西门小广场", False),  # a direction
        ("免费科普讲座来了", "收费科普讲座来了", False),
        ("早场科普电影放映", "晚场科普电影放映", False),
        ("镇科技馆A座报告厅", "镇科技馆B座报告厅", False),  # another hall
        ("石龙镇文化馆报告厅", "石排镇文化馆报告厅", False),  # another town
        ("东莞人民路科技馆", "东莞新民路科技馆", False),  # another road
        ("科普走近社区乡村", "科普走进社区乡村", True),
        ("", "石龙中学", False),
        ("石龙中学", "", False),
    ],
)
def test_a_typing_error_is_small_and_says_nothing_else(before, after, mended):
    assert (is_correction(before, after), is_correction(after, before)) == (mended, mended)


@given(TEXTS, TEXTS)
def test_a_correction_never_touches_a_number_or_more_than_two_characters(before, after):
    if is_correction(before, after):
        figures = [[int(c) for c in text if c.isdecimal()] for text in (before, after)]
        assert figures[0] == figures[1]
        assert 1 <= _levenshtein(before, after) <= 2
        assert is_correction(after, before)


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_the_distance_is_exact_up_to_its_bound(one, other, most):
    assert distance(one, other, most=most) == min(_levenshtein(one, other), most + 1)


def _levenshtein(one, other):
    if not one or not other:
        return len(one) + len(other)
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            replaced = table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, replaced)
    return table[-1][-1]


@pytest.fixture
def activity():
    return Activity(title="走近中医药", venue="石龙中学礼堂", summary="讲座", place_id=7)


ALL = {"title": "走进中医药", "summary": "讲座和体验", "place_id": 8}


@pytest.mark.parametrize(
    ("options", "material", "at_once", "sentence"),
    [
        ({}, {"title", "summary", "place_id"}, set(), "这次改动：3 处要审核。"),
        ({"apart": True}, {"title", "place_id"}, {"summary"}, "这次改动：2 处要审核，1 处马上生效。"),
        ({"typing_errors": True}, {"summary", "place_id"}, {"title"}, "这次改动：2 处要审核，1 处马上生效。"),
        (
            {"typing_errors": True, "apart": True}, {"place_id"}, {"title", "summary"},
            "这次改动：1 处要审核，2 处马上生效。",
        ),
    ],
)  # fmt: skip
def test_a_mixed_change_waits_as_one_unless_its_host_says_otherwise(
    activity, options, material, at_once, sentence
):
    weighed = weigh(activity, ALL, **options)
    assert (set(weighed.material), set(weighed.at_once), weighed.sentence) == (material, at_once, sentence)


def test_what_is_called_a_typing_error_and_is_none_is_refused_at_its_question(activity):
    weighed = weigh(activity, {"venue": "镇文化馆"}, typing_errors=True)
    assert [(reason.field, "不能当作错字" in str(reason)) for reason in weighed.refused] == [("venue", True)]


def test_no_change_is_none(activity):
    weighed = weigh(activity, {})
    assert (bool(weighed), weighed.sentence) == (False, "还没有改动。")
