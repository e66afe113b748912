import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "stage", "days", "strictness"), [
    ("应于活动举办前7日在平台发布活动。", "publication", 7, "hard"), ("须在活动开始前5天完成填报。", "filing", 5, "hard"),
    ("各单位开展活动要提前3个工作日在平台登记。", "filing", 3, ""), ("原则上活动举办10日前在平台发布预告。", "publication", 10, "in_principle"),
])  # fmt: skip
def test_days_ahead(sentence, stage, days, strictness):
    one = only("gate_lead", "一、填报", sentence)

    assert (dict(one.params), one.strictness) == (
        {"fact": "lead_days", "stages": [stage], "min": days, "unit": "天"},
        strictness,
    )


def test_papers_that_are_handed_in_ahead_are_a_duty():
    paragraphs = ("一、备案", "各单位应于活动举办前5日将活动方案报公安机关备案。")

    assert proposals("gate_lead", *paragraphs) == []
    assert only("duty", *paragraphs).params["due"] == {"days": 5, "before": "activity_start"}
