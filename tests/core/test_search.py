import re

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import engines, search

TABLE = "core_test_search"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("科普日", "科普 普日 日"),
        ("科", "科"),
        ("2023年全国科普日", "2023 年全 全国 国科 科普 普日 日"),
        ("ＡＩ与Robot", "ai 与 robot"),
        ("", ""),
        ("！？…䷀", ""),
    ],
)
def test_text_is_cut_into_neighbouring_pairs(text, tokens):
    assert search.tokens(text) == tokens


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("科普", [["科普"]]),
        ("科普日", [["科普", "普日"]]),
        ("日", [["日"]]),
        ("科普 AI", [["科普"], ["ai"]]),
        ("' OR 1=1 --", [["or"], ["1"], ["1"]]),
        ("   ", []),
    ],
)
def test_a_query_asks_for_its_pairs_side_by_side(query, phrases):
    assert search.phrases(query) == phrases


@pytest.fixture
def titles(db):
    """A search table, and the ids that a query finds in it."""
    engine = engines.of(connection)
    with connection.cursor() as cursor:
        for statement in engine.create_search(TABLE):
            cursor.execute(statement)

        class Titles:
            def put(self, pk, text):
                cursor.execute(engine.put_search(TABLE), [pk, search.tokens(text)])

            def remove(self, pk):
                cursor.execute(engine.remove_search(TABLE), [pk])

            def find(self, query):
                cursor.execute(engine.match_search(TABLE), [engine.search_query(search.phrases(query))])
                return sorted(pk for (pk,) in cursor.fetchall())

        yield Titles()
        for statement in engine.drop_search(TABLE):
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("科普", [1, 2]),
        ("科普日", [1]),
        ("普日", [1]),
        ("科日", []),
        ("日科", []),
        ("机器人 2023", [3]),
        ("ROBOT", [3]),
        ("robo", []),
        ("2023", [1, 3]),
    ],
)
def test_both_databases_find_the_same(titles, query, found):
    titles.put(1, "2023年全国科普日")
    titles.put(2, "科普进校园")
    titles.put(3, "机器人（Robot）大赛 2023")
    assert titles.find(query) == found


def test_a_row_filed_again_is_found_by_its_new_words_only(titles):
    titles.put(1, "天文观测")
    titles.put(1, "航天讲座")
    assert (titles.find("天文"), titles.find("航天")) == ([], [1])


def test_a_removed_row_is_not_found(titles):
    titles.put(1, "天文观测")
    titles.remove(1)
    assert titles.find("天文") == []


@given(text=st.text(), query=st.text())
def test_any_text_can_be_filed_and_asked_for(text, query):
    """Nothing that a person types reaches a database with a meaning of its own."""
    for token in [*search.tokens(text).split(), *(t for phrase in search.phrases(query) for t in phrase)]:
        assert re.fullmatch(r"[a-z0-9]+|[^\x00-\x7f]{1,2}", token)


@given(st.text("科普日全国月年", min_size=2, max_size=12), st.data())
def test_every_part_of_two_characters_or_more_is_asked_for_by_tokens_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    (phrase,) = search.phrases(text[start:end])
    tokens = search.tokens(text).split()
    assert any(tokens[i : i + len(phrase)] == phrase for i in range(len(tokens)))
