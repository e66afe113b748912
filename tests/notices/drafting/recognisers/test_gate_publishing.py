from datetime import date

import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(
    "sentence", ["4月20日起，各活动举办单位可通过平台发布推广重点活动。", "4月20日前不得对外发布活动信息。"]
)
def test_not_before_a_day(sentence):
    one = only("gate_publishing", "一、发布", sentence)

    assert dict(one.params) == {
        "fact": "published_at",
        "stages": ["publication"],
        "not_before": {"date": date(2024, 4, 20)},
    }


@pytest.mark.parametrize("sentence", ["4月20日起开展活动。", "请于4月20日前发布活动。"])
def test_days_for_something_else(sentence):
    assert proposals("gate_publishing", "一、发布", sentence) == []
