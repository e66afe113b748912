import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "code", "labels"), [
    ("围绕人工智能、生物医药、新能源等重点领域开展科普。", "key_areas", ["人工智能", "生物医药", "新能源"]),
    ("推动科普资源进机关、进学校、进社区、进家庭。", "entries", ["进机关", "进学校", "进社区", "进家庭"]),
])  # fmt: skip
def test_what_a_sentence_enumerates(sentence, code, labels):
    one = only("codelist", "一、内容", sentence)

    assert (one.kind, one.params["code"], [i["label"] for i in one.params["items"]]) == ("list", code, labels)


def test_a_list_with_etc_is_open():
    assert (
        only("codelist", "一、内容", "围绕人工智能、生物医药、新能源等重点领域开展科普。").params[
            "open_ended"
        ]
        is True
    )


def test_two_words_are_no_list():
    assert proposals("codelist", "一、内容", "围绕人工智能、新能源开展科普。") == []
