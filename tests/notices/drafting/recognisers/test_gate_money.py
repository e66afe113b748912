from tests.notices.drafting.notice import proposals, proposed


def test_what_one_event_may_get():
    assert proposed("gate_money", "一、经费", "每场活动补助不超过5000元。") == [
        {"fact": "subsidy", "max": 5000, "unit": "元", "label": "补助金额"}
    ]


def test_what_all_of_it_costs_is_no_gate():
    assert proposals("gate_money", "一、经费", "全年经费不超过5万元。") == []
