import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "labels"), [
    ("各地要规范使用全国读书月标识。", ["全国读书月"]), ("各地要规范使用全国读书月标识和“书香临溪”标识。", ["全国读书月", "书香临溪"]),
    ("活动现场要统一使用“书香临溪”标识。", ["书香临溪"]),
])  # fmt: skip
def test_marks_to_be_used(sentence, labels):
    assert [i["label"] for i in only("mark", "一、要求", sentence).params["items"]] == labels


def test_words_a_work_must_carry():
    one = only("mark", "一、要求", "作品须标注“读书月”字样。")

    assert (one.params["code"], [i["label"] for i in one.params["items"]]) == ("labels", ["读书月"])


def test_a_slogan_is_no_mark():
    assert proposals("mark", "一、要求", "统一使用宣传标识语。") == []
