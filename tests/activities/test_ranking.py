"""How well activities fit words: what decides, and that it is an order."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.ranking import Candidate, ranked, ranked_in_part
from kepu.core.search import pk_of
from tests.factories.notices import china

AT = china(2023, 9, 11)


def one(pk, title="别的", host="石龙中学", place="东莞市石龙镇", days=5, off=False):
    return Candidate(pk, title, host, place, AT + timedelta(days=days), off)


def order(text, *candidates, rank=ranked):
    return [pk_of(key) for key in rank(text, candidates, at=AT)]


@pytest.mark.parametrize(
    ("text", "better", "worse"),
    [
        ("天文", {"title": "市民天文馆"}, {"host": "天文学会"}),
        ("天文", {"host": "天文学会"}, {}),
        ("天文", {"title": "天文夜"}, {"title": "市民的夜晚与城市天文"}),
        ("天文 讲座", {"title": "天文讲座"}, {"title": "讲座：走近天文"}),
        ("天文 讲座", {"title": "讲座：走近天文"}, {"title": "天文"}),
        ("天文", {"title": "天文夜", "days": 1}, {"title": "天文夜", "days": 2}),
        ("天文", {"title": "市民天文馆", "days": 20}, {"days": 0}),
        ("天文", {}, {"title": "天文夜", "off": True}),
        ("ROBOT", {"title": "Ｒｏｂｏｔ大赛"}, {}),
    ],
)
def test_the_better_stands_first(text, better, worse):
    assert order(text, one(1, **worse), one(2, **better)) == [2, 1]


def test_in_part_only_titles_with_a_good_part_count():
    found = [one(1, "机器人大赛"), one(2, "大赛"), one(3, "器乐比赛"), one(4, "工业机器人比赛")]
    assert order("机器人比赛", *found, rank=ranked_in_part) == [4, 1]


WORDS = st.text("天文讲座观星夜 a1！", max_size=12)


@given(
    WORDS.filter(str.strip),
    st.lists(st.tuples(WORDS, WORDS, st.integers(-400, 400), st.booleans()), max_size=12),
)
def test_every_candidate_has_one_key_that_a_page_can_begin_at(text, said):
    candidates = [
        one(n, title, host, days=days, off=off) for n, (title, host, days, off) in enumerate(said, 1)
    ]
    keys = ranked(text, candidates, at=AT)
    assert keys == sorted(set(keys))
    assert sorted(map(pk_of, keys)) == [candidate.pk for candidate in candidates]
    assert all(0 <= key < 1 << 63 for key in keys)
    off = [candidate.pk for candidate in candidates if candidate.off]
    assert sorted(pk_of(key) for key in keys[len(keys) - len(off) :]) == off
