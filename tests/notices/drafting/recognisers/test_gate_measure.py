import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "label", "bounds", "unit"), [
    ("每场读书会活动时长不少于2小时。", "活动时长", {"min": 2}, "小时"),
    ("分会场活动面积不小于150平方米。", "活动面积", {"min": 150}, "平方米"),
    ("各馆每天开放时间不少于6小时。", "开放时间", {"min": 6}, "小时"),
    ("各校每学期开展共读活动不少于2次，每次不少于40分钟。", "时长", {"min": 40}, "分钟"),
])  # fmt: skip
def test_how_long_or_how_big(sentence, label, bounds, unit):
    gate = only("gate_measure", "一、要求", sentence)

    assert {k: v for k, v in gate.params.items() if k != "fact"} == {"label": label, **bounds, "unit": unit}


@pytest.mark.parametrize("sentence", ["短视频时长不超过3分钟。", "选手讲解时间不超过4分钟。"])
def test_a_film_or_a_speech_is_no_activity(sentence):
    assert proposals("gate_measure", "一、要求", sentence) == []


def test_what_is_measured_is_not_counted():
    assert proposals("quota", "一、要求", "各县（市、区）培训时间不少于4学时。") == []
