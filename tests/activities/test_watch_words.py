"""Words to look at: found however they are written, kept by who coordinates a place, never a block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.activities.actions import add_watch_words, approve_activity, remove_watch_word
from kepu.activities.models import WatchWord
from kepu.activities.watching import MOST_FOUND, Watched, WordList, folded, words_for
from kepu.activities.workflow import State
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, NotAllowed
from tests.factories.activities import REVIEWED, a_world, an_activity

SIGNS = st.text(st.sampled_from("气功AaＡ 　1１保健-\u200b"), max_size=40)


def listed(*words):
    return WordList({folded(word): Watched(word, "") for word in words})


def hits(words, text):
    return [piece.text for piece in words.pieces(text) if piece.watched]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("气功", "弘扬气功文化", ["气功"]), ("ABC疗法", "ａｂｃ 疗法体验", ["ａｂｃ 疗法"]), ("气功", "气 功、气\u200b功", ["气 功", "气\u200b功"]),
        ("气功", "天气功能", ["气功"]), ("保健品", "保健", []), ("aa", "aaaa", ["aa", "aa"]),
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(word, text, found):
    assert hits(listed(word), text) == found


def test_of_two_that_begin_alike_the_longer_is_found():
    assert hits(listed("保健", "保健品"), "保健品和保健") == ["保健品", "保健"]


@given(
    words=st.lists(st.text(st.sampled_from("气功A1保健"), min_size=1, max_size=4), min_size=1, max_size=5),
    text=SIGNS,
)
def test_the_pieces_make_the_text_again_and_each_hit_is_a_word(words, text):
    pieces = listed(*words).pieces(text)
    assert "".join(piece.text for piece in pieces) == text
    kept = {folded(word) for word in words}
    for piece in pieces:
        assert (
            (folded(piece.text) in kept) if piece.watched else not any(w in folded(piece.text) for w in kept)
        )


def test_no_more_are_marked_than_anybody_reads():
    assert len(hits(listed("气功"), "气功" * 200)) == MOST_FOUND


@pytest.mark.django_db
class TestKept:
    @pytest.fixture
    def world(self):
        return a_world()

    def test_words_hold_at_the_place_and_below(self, world):
        add_watch_words(world.city, [("气功", "看内容"), ("气 功", "")], by=world.coordinator, at=REVIEWED)
        add_watch_words(world.town, [("保健品", "")], by=world.town_coordinator, at=REVIEWED)
        assert hits(words_for(world.city.path), "气功保健品") == ["气功"]
        assert hits(words_for(world.town.path), "气功保健品") == ["气功", "保健品"]
        assert not words_for(world.province.path)

    def test_what_was_added_or_removed_since_is_seen_at_once(self, world, django_assert_num_queries):
        [one, _other] = add_watch_words(
            world.city, [("气功", ""), ("保健品", "")], by=world.coordinator, at=REVIEWED
        )
        assert hits(words_for(world.city.path), "气功保健品") == ["气功", "保健品"]
        with django_assert_num_queries(1):
            words_for(world.city.path)
        remove_watch_word(one, by=world.coordinator, at=REVIEWED)
        assert hits(words_for(world.city.path), "气功保健品") == ["保健品"]
        remove_watch_word(one, by=world.coordinator, at=REVIEWED)
        events = AuditEntry.objects.filter(thing="watchword").order_by("id").values_list("event", flat=True)
        assert list(events) == ["review.word_added", "review.word_added", "review.word_removed"]

    @pytest.mark.parametrize(
        ("word", "sentence"), [("气", "2到40个字"), (" \u200b", "2到40个字"), ("长" * 41, "2到40个字"), ("气\0功", "不能保存的字符")]
    )  # fmt: skip
    def test_what_is_no_word(self, world, word, sentence):
        with pytest.raises(Incomplete, match=sentence):
            add_watch_words(world.city, [("保健品", ""), (word, "")], by=world.coordinator, at=REVIEWED)
        assert not WatchWord.objects.exists()

    def test_none_and_too_many(self, world, monkeypatch):
        monkeypatch.setattr("kepu.activities.actions.wording.MOST", 1)
        for words, sentence in (([], "至少一个"), ([("气功", ""), ("保健品", "")], "最多1个")):
            with pytest.raises(Incomplete, match=sentence):
                add_watch_words(world.city, words, by=world.coordinator, at=REVIEWED)

    def test_only_who_coordinates_the_place(self, world):
        [word] = add_watch_words(world.city, [("气功", "")], by=world.coordinator, at=REVIEWED)
        for stranger in (world.town_coordinator, world.reviewer, world.filer):
            with pytest.raises(NotAllowed):
                add_watch_words(world.city, [("保健品", "")], by=stranger, at=REVIEWED)
            with pytest.raises(NotAllowed):
                remove_watch_word(word, by=stranger, at=REVIEWED)

    def test_a_word_blocks_nothing(self, world):
        add_watch_words(world.city, [("走进", "")], by=world.coordinator, at=REVIEWED)
        activity = an_activity(world, State.FILED, co_hosts=["走进科学社"])
        found = words_for(world.city.path).found_in(activity)
        assert {name: [hit.word for hit in words] for name, words in found.items()} == {
            "title": ["走进"], "co_hosts": ["走进"],
        }  # fmt: skip
        approve_activity(activity, by=world.reviewer, at=REVIEWED)
        assert activity.state == State.APPROVED
