"""Pairs: as many as there can be, of those the likest, whatever stands first."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kepu.notices.drafting.scoring.matching import paired

WEIGHTS = st.integers(0, 5).flatmap(
    lambda n: st.integers(0, 5).flatmap(
        lambda m: st.lists(
            st.lists(st.sampled_from([0, 0, 0.25, 0.5, 1.0, 1.75]), min_size=m, max_size=m),
            min_size=n,
            max_size=n,
        ).map(lambda rows: (n, m, rows))
    )
)


def best(n, m, weights):
    """The best there is, by trying everything: how many pairs, and their weight."""
    size = max(n, m)
    found = (0, 0.0)
    for order in permutations(range(size)):
        likes = [weights[i][j] for i, j in enumerate(order) if i < n and j < m and weights[i][j]]
        found = max(found, (len(likes), sum(likes)))
    return found


@given(WEIGHTS)
def test_the_pairs_are_the_best_there_are(drawn):
    n, m, weights = drawn
    pairs = paired(range(n), range(m), lambda i, j: weights[i][j])
    assert all(weights[i][j] for i, j in pairs)
    assert len({i for i, _j in pairs}) == len({j for _i, j in pairs}) == len(pairs)
    assert (len(pairs), sum(weights[i][j] for i, j in pairs)) == best(n, m, weights)


def test_a_pair_more_is_worth_more_than_a_likeness():
    likes = {("a", "x"): 1.9, ("a", "y"): 0.1, ("b", "x"): 0.1}
    assert paired("ab", "xy", lambda one, other: likes.get((one, other), 0)) == [(0, 1), (1, 0)]


def test_long_lists_are_quick():
    many = [f"第{i}项活动" for i in range(400)]
    assert len(paired(many, many[::-1], lambda one, other: float(one == other))) == 400
