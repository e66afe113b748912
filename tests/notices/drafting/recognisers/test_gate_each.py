from tests.notices.drafting.notice import proposals


def said(*paragraphs):
    return [
        (p.params["label"], p.params["min"], p.params["unit"]) for p in proposals("gate_each", *paragraphs)
    ]


def test_what_each_activity_is_to_have():
    assert said("一、集市", "每场读书集市设置展位不少于12个，志愿者不少于6名。") == [
        ("读书集市设置展位", 12, "个"),
        ("志愿者", 6, "名"),
    ]


def test_what_a_place_that_is_measured_is_to_have():
    assert said("一、分会场", "分会场活动面积不小于150平方米，展项不少于8件。") == [("展项", 8, "件")]


def test_what_is_asked_over_the_year_is_of_no_single_activity():
    assert said("一、要求", "线下活动每场不少于100人，全年不少于4场。") == []
