import pytest

from tests.notices.drafting.notice import proposals, proposed


def test_what_one_event_may_get():
    assert proposed("gate_money", "一、经费", "每场活动补助不超过5000元。") == [
        {"fact": "subsidy", "max": 5000, "unit": "元", "label": "补助金额"}
    ]


def test_what_all_of_it_costs_is_no_gate():
    assert proposals("gate_money", "一、经费", "全年经费不超过5万元。") == []


@pytest.mark.parametrize(("sentence", "params"), [
    ("资助经费不超过6000元。", {"fact": "subsidy", "max": 6000, "unit": "元", "label": "补助金额"}),
    ("每项给予3000元以内的经费补助。", {"fact": "subsidy", "max": 3000, "unit": "元", "label": "补助金额"}),
    ("县里对重点活动给予补助，每场最高2000元。", {"fact": "subsidy", "max": 2000, "unit": "元", "label": "补助金额"}),
    ("补助金额不超过活动实际支出的50%。", {"fact": "subsidy", "label": "补助金额", "max": 50, "unit": "percent", "share_of": "budget"}),
])  # fmt: skip
def test_what_is_granted_and_which_share(sentence, params):
    assert proposed("gate_money", "一、经费", sentence) == [params]


def test_a_share_of_a_cost_has_the_name_of_the_cost():
    (share,) = proposed("gate_money", "一、经费", "其中劳务费不得超过总经费的20%。")
    assert (share["label"], share["max"], share["share_of"]) == ("劳务费", 20, "budget")


@pytest.mark.parametrize(
    "sentence", ["一等奖每项奖励不超过1000元。", "全市补助总额不超过20万元。", "参与率不低于60%。"]
)
def test_prizes_totals_and_other_shares_are_no_gates(sentence):
    assert proposals("gate_money", "一、经费", sentence) == []
