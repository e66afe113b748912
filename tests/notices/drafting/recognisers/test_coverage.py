import pytest

from tests.notices.drafting.notice import only, proposals


@pytest.mark.parametrize(("sentence", "params", "strictness"), [
    ("争取每个村全覆盖。", {"of": "village", "title": "村"}, "strive"), ("实现各社区全覆盖。", {"of": "community", "title": "社区"}, ""),
    ("确保职工参与率达到95%以上。", {"title": "职工参与率", "percent": 95}, ""),
])  # fmt: skip
def test_what_is_to_be_reached(sentence, params, strictness):
    one = only("coverage", "一、目标", sentence)

    assert ({k: v for k, v in one.params.items() if k in params}, one.strictness) == (params, strictness)


def test_media_that_cover_an_event():
    assert proposals("coverage", "一、宣传", "做到各类媒体报道全覆盖。") == []
