"""The first ten answers to questions that were judged by hand do not get worse."""

import pytest

from kepu.cli.bench.judging import ndcg, questions, set_up

pytestmark = pytest.mark.django_db


def test_a_perfect_answer_is_worth_one_and_order_counts():
    worth = {1: 3, 2: 1}
    assert ndcg([1, 2, 9], worth) == 1.0
    assert 0 < ndcg([9, 2, 1], worth) < ndcg([2, 1], worth) < 1
    assert ndcg([], worth) == 0.0


def test_the_order_by_relevance_keeps_its_worth_and_is_worth_more_than_time():
    desk, asked = set_up(), questions()
    held_out = [one for one in asked if one.is_held_out]
    others = [one for one in asked if not one.is_held_out]
    assert (len(others), len(held_out)) == (40, 20)
    assert desk.worth(others, "relevance") > max(0.815, desk.worth(others, "") + 0.1)  # 0.836 and 0.682
    assert desk.worth(held_out, "relevance") > max(0.912, desk.worth(held_out, "") + 0.04)  # 0.932 and 0.865
