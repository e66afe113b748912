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


def test_a_word_to_the_organiser_ahead_is_a_lead_time_and_no_duty():
    paragraphs = ("一、要求", "各单位每天至少报送1条信息，大型活动应提前3天告知读书办。")

    assert only("gate_lead", *paragraphs).params["min"] == 3
    assert [p.params.get("due") for p in proposals("duty", *paragraphs)] in ([], [None])


def test_a_plan_in_the_next_clause_does_not_hide_it():
    sentence = "举办单位应至少提前10个工作日向保卫处报备，超过500人的须制定应急预案。"
    assert only("gate_lead", "一、要求", sentence).params["min"] == 10
