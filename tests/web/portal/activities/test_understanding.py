"""What is typed into the search box: days, places and kinds among the words, and the words that stay words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.understanding import understood
from tests.factories.notices import china
from tests.factories.orgs import a_place

WORDS = {
    "audience": {"family": "亲子", "farmers": "农民"}, "field": {"space": "天文航天", "health": "医药健康"},
    "format": {"lecture": "讲座", "cloud": "云展览"}, "entry": {}, "track": {}, "topic": {"farming": "农民"},
}  # fmt: skip
AT = china(2023, 9, 14)  # a Thursday


def asks(text, **already):
    found = understood(Asked(text=text, **already), WORDS, at=AT)
    return dict(found.pairs())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("周末 亲子 天文馆", {"q": "天文馆", "when": "weekend", "audience": "family"}),
        ("今天 讲座", {"when": "today", "format": "lecture"}),
        ("后天", {"day": "2023-09-16"}),
        ("周六", {"day": "2023-09-16"}),
        ("星期天", {"day": "2023-09-17"}),
        ("周一", {"day": "2023-09-18"}),
        ("下周三", {"day": "2023-09-20"}),
        ("9月17日", {"day": "2023-09-17"}),
        ("9.17", {"day": "2023-09-17"}),
        ("2023-9-17", {"day": "2023-09-17"}),
        ("17号", {"day": "2023-09-17"}),
        ("2月30日", {"q": "2月30日"}),
        ("线上 讲座", {"mode": "online", "format": "lecture"}),
        ("天文航天", {"field": "space"}),
        ("天文", {"q": "天文"}),  # half of a kind's word
        ("农民", {"q": "农民"}),  # of two kinds: nobody knows which
        ("“周末” 音乐会", {"q": "“周末” 音乐会"}),
        ("今天 明天", {"q": "明天", "when": "today"}),
        ("机器人大赛", {"q": "机器人大赛"}),
    ],
)
@pytest.mark.django_db
def test_words_that_mean_something_become_parts_of_the_question(text, meant):
    assert asks(text) == meant


@pytest.mark.django_db
def test_places_are_found_with_and_without_what_kind_they_are(django_assert_num_queries):
    nation = a_place("000000", "中国", kind="nation")
    jilin = a_place("220000", "吉林省", kind="province", parent=nation)
    a_place("220200", "吉林市", kind="city", parent=jilin)
    for code, above in (("220102", jilin), ("330102", nation)):
        a_place(code, "鼓楼区", kind="county", parent=above)
    with django_assert_num_queries(1):
        assert asks("吉林 天文馆") == {"q": "天文馆", "place": "220000"}
    assert asks("吉林市") == {"place": "220200"}
    assert asks("鼓楼区") == {"q": "鼓楼区"}  # two of them
    assert asks("鼓楼") == {"q": "鼓楼"}
    assert asks("吉林 周末") == {"place": "220000", "when": "weekend"}
    assert asks("吉林", place="330000") == {"q": "吉林", "place": "330000"}


@pytest.mark.django_db
def test_what_is_asked_already_is_not_asked_anew():
    assert asks("周末", when="today") == {"q": "周末", "when": "today"}
    assert asks("周末", day="2023-09-17") == {"q": "周末", "day": "2023-09-17"}


@pytest.mark.django_db
def test_the_page_says_what_was_understood(client, page, publish):
    publish("走进中医药", starts_at=china(2023, 9, 17, 9), ends_at=china(2023, 9, 17, 11))
    response = client.get("/activities/?q=9月17日 中医")
    assert (response.status_code, response["Location"]) == (
        302,
        "/activities/?q=%E4%B8%AD%E5%8C%BB&day=2023-09-17",
    )
    found = page(client, response["Location"])
    assert [chip.text for chip in found.one(class_="chips").all("a")][:2] == [
        "去掉条件： “中医”",
        "去掉条件： 9月17日 周日",
    ]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    quoted = f"“{text}”"  # no database is asked
    assert understood(Asked(text=quoted), WORDS, at=AT).text == quoted
