import pytest

from tests.notices.drafting.notice import only, proposals, proposed


@pytest.mark.parametrize("paragraphs", [
    ("一、活动主题", "读好书，走好路。"), ("一、活动主题：读好书，走好路", "二、时间"), ("一、主题", "本届活动主题为：读好书，走好路。"),
    ("一、主题", "活动主题是“读好书，走好路”，时间为四月。"), ("一、活动主题 读好书，走好路", "二、时间"),
])  # fmt: skip
def test_the_theme_stands_under_its_heading_or_in_a_sentence(paragraphs):
    assert proposed("theme", *paragraphs) == [{"role": "theme", "text": "读好书，走好路"}]


def test_a_theme_keeps_the_space_it_is_written_with():
    assert proposed("theme", "一、主题", "活动主题：读好书 走好路。") == [
        {"role": "theme", "text": "读好书 走好路"}
    ]


def test_a_theme_said_in_passing_counts_where_there_is_no_other():
    assert proposed("theme", "一、总体要求", "各单位要以“读好书走好路”为主题，开展系列活动。") == [
        {"role": "theme", "text": "读好书走好路"}
    ]


def test_a_theme_may_be_open():
    one = only("theme", "一、主题", "主题：待定（根据省科协通知要求确定）")

    assert (one.status, one.waits_for, dict(one.params)) == ("pending", "省科协通知", {"role": "theme"})


def test_a_sub_theme_may_be_tentative():
    one = only("theme", "一、主题", "副主题：山水临溪，书香满城（暂定）")

    assert (one.status, dict(one.params)) == ("tentative", {"role": "subtheme", "text": "山水临溪，书香满城"})


@pytest.mark.parametrize(("sentence", "who", "term"), [
    ("各地各部门可结合实际拟定活动副主题。", ["region", "department"], "活动副主题"),
    ("各地各部门（单位）可根据需要自行确定副主题。", ["region", "department", "unit"], "副主题"),
    ("各活动主办方可结合实际设计活动主题。", ["host"], "活动主题"),
])  # fmt: skip
def test_who_may_set_a_sub_theme(sentence, who, term):
    one = only("theme", "一、主题", sentence)

    assert (one.strictness, dict(one.params)) == ("none", {"role": "right", "set_by": who, "term": term})


def test_words_with_theme_in_them_are_no_theme():
    assert proposals("theme", "一、要求", "主题教育是全年工作的主线，主题宣传要有声有色。") == []


@pytest.mark.parametrize("sentence", [
    "2024年读书月主题为：书香润泽临溪。", "选手根据“书香润泽临溪”主题自由选题。", "活动围绕书香润泽临溪主题开展。",
])  # fmt: skip
def test_a_theme_by_many_words(sentence):
    assert [t["text"] for t in proposed("theme", "一、内容", sentence)] == ["书香润泽临溪"]
