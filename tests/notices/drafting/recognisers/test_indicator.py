import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "labels"), [
    ("按照活动数量、参与人次、公众满意度等评价指标进行考核。", ["活动数量", "参与人次", "公众满意度"]),
    ("从组织力度、活动成效、宣传影响等方面进行综合评价。", ["组织力度", "活动成效", "宣传影响"]),
])  # fmt: skip
def test_by_what_activities_are_judged(sentence, labels):
    assert [i["label"] for i in only("indicator", "一、评价", sentence).params["items"]] == labels


def test_aspects_of_work_are_no_indicators():
    assert proposals("indicator", "一、要求", "各单位要从组织、宣传、保障等方面做好工作。") == []
