import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kepu.core import engines, search
from kepu.core.searching import Search

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
    assert " ".join(search.tokens(text)) == tokens


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


DAY = datetime(2023, 9, 17, 1, tzinfo=UTC)


@pytest.fixture
def titles(db):
    """A search table, and the ids that a query finds in it; an id is filed at its hour, and news are the other way round."""
    engine = engines.of(connection)
    with connection.cursor() as cursor:
        for statement in engine.create_search(TABLE):
            cursor.execute(statement)

        class Titles:
            def keys(self, pk):
                return {
                    "row": search.key(DAY + timedelta(hours=pk), pk),
                    "news": search.key(DAY - timedelta(hours=pk), pk),
                }

            def put(self, pk, text, *labels, partition=""):
                there = (search.tokens(text), [search.label(*label.split(":")) for label in labels])
                words, labels = (search.of_partition(partition, some) for some in there)
                engine.put_search(cursor, TABLE, **self.keys(pk), words=words, labels=labels)

            def remove(self, pk):
                engine.remove_search(cursor, TABLE, **self.keys(pk))

            def move(self, pk, hours):
                engine.move_search(
                    cursor, TABLE, row=self.keys(pk)["row"], to=search.key(DAY + timedelta(hours=hours), pk)
                )

            def ask(self, query="", *labels, **within):
                return Search(
                    TABLE, search.phrases(query), [tuple(some.split("|")) for some in labels], **within
                )

            def find(self, *asked, **within):
                return [search.pk_of(key) for key in self.ask(*asked, **within).first(100)]

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
    titles.remove(1)
    titles.put(1, "航天讲座")
    assert (titles.find("天文"), titles.find("航天")) == ([], [1])
    assert [titles.ask(word).newest().items != [] for word in ("天文", "航天")] == [False, True]


def test_a_removed_row_is_not_found(titles):
    titles.put(1, "天文观测")
    titles.remove(1)
    titles.remove(2)  # what was never there is no fault
    assert titles.find("天文") == titles.ask("天文").newest().items == []


def test_labels_are_found_by_themselves_and_never_as_words(titles):
    titles.put(1, "天文观测 space", "fields:space", "on:2023-09-17")
    titles.put(2, "天文讲座", "fields:space", "on:2023-09-18", "topics:双减 之后")
    titles.put(3, "天文")
    assert titles.find("", "fields:space") == titles.find("天文", "fields:space") == [1, 2]
    assert titles.find("讲座", "fields:space") == [2]
    assert titles.find("", "fields:space", "on:2023-09-17") == [1]
    assert titles.find("", "on:2023-09-17|on:2023-09-18") == [1, 2]
    assert titles.find("", search.label("topics", "双减 之后")) == [2]
    assert titles.find("", "fields:spac") == titles.find("", "on:2023") == titles.find("fields:space") == []


def test_a_part_of_a_table_is_searched_as_if_it_stood_alone(titles):
    titles.put(1, "天文观测", "in:all", partition="7")
    titles.put(2, "天文讲座", "in:all", partition="71")
    titles.put(3, "观测天文", "in:all", partition="7")
    assert titles.find("天文", partition="7") == titles.find("", "in:all", partition="7") == [1, 3]
    assert titles.find("天文观测", partition="7") == [1]
    assert (
        titles.find("讲座", partition="7") == titles.find("天文") == titles.find("天文", partition="1") == []
    )
    assert titles.ask("讲座 观测", partition="71").of_any().first(5) == titles.ask(
        "", "in:all", partition="71"
    ).first(5)


@pytest.mark.parametrize("bound", [2, 4, 1000])
@pytest.mark.parametrize("order", [{}, {"descending": True}, {"by_news": True, "descending": True}])
def test_keys_come_with_how_many_there_are(titles, monkeypatch, order, bound):
    monkeypatch.setattr("kepu.core.searching.TOGETHER", bound)
    for pk in (4, 1, 3, 2):
        titles.put(pk, "天文")
    for count in (1, 3, 4, 9):
        question = titles.ask("天文")
        assert question.first_and_count(count, **order) == (question.first(count, **order), min(4, bound + 1))
    assert titles.ask("航天").first_and_count(3, **order) == ([], 0)
    since = titles.ask("天文", since=DAY + timedelta(hours=3))
    if "by_news" not in order:
        assert [search.pk_of(key) for key in sorted(since.first_and_count(9, **order)[0])] == [3, 4]


def test_the_order_is_time_and_its_bounds_are_kept(titles):
    for pk in (3, 1, 2):
        titles.put(pk, "天文")
    assert titles.find("天文") == [1, 2, 3]
    assert titles.find("天文", since=DAY + timedelta(hours=2)) == [2, 3]
    assert titles.find("天文", before=DAY + timedelta(hours=2)) == [1]
    titles.move(1, 5)
    assert titles.find("天文") == [2, 3, 1]
    assert [search.pk_of(key) for key in titles.ask("天文").newest().items] == [1, 2, 3]


def test_a_count_goes_no_further_than_asked(titles):
    for pk in range(1, 6):
        titles.put(pk, "天文")
    assert [titles.ask("天文").count(to=n) for n in (3, 4, 5, 9)] == [4, 5, 5, 5]
    assert titles.ask("天文", since=DAY + timedelta(hours=4)).count() == 2


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)), later=st.timedeltas(timedelta(minutes=1), timedelta(days=900)),
    pk=st.integers(1, 2**36 - 1), other=st.integers(1, 2**36 - 1),
)  # fmt: skip
def test_a_key_keeps_the_order_of_time_and_gives_its_id_back(at, later, pk, other):
    assert search.pk_of(search.key(at, pk)) == pk
    assert search.key(at, pk) < search.key(at + later, other) < 2**63
    least, most = search.keys_between(at, at + later)
    assert search.key(at, pk) >= least
    assert search.key(at + later, other) > most


@given(text=st.text(), query=st.text())
def test_any_text_can_be_filed_and_asked_for(text, query):
    """Nothing that a person types reaches a database with a meaning of its own."""
    for token in [*search.tokens(text), *(t for phrase in search.phrases(query) for t in phrase)]:
        assert re.fullmatch(r"[a-z0-9]+|[^\x00-\x7f]{1,2}", token)


@given(st.text("科普日全国月年", min_size=2, max_size=12), st.data())
def test_every_part_of_two_characters_or_more_is_asked_for_by_tokens_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    (phrase,) = search.phrases(text[start:end])
    tokens = search.tokens(text)
    assert any(tokens[i : i + len(phrase)] == phrase for i in range(len(tokens)))
