"""A look as a value: one way to write it, and what it changes."""

import itertools

import pytest
from django.test import RequestFactory

from kepu.web.looks import CHOICES, USUAL, WORDS, Look, choices, look_of, without_pictures

ALL = [
    Look(**dict(zip(WORDS, words, strict=True)))
    for words in itertools.product(*(("", *words) for words in WORDS.values()))
]


@pytest.mark.parametrize("look", ALL, ids=lambda look: look.code or "usual")
def test_what_is_written_is_read_again(look):
    assert Look.of(look.code) == look


def test_there_are_few():
    assert len({look.code for look in ALL}) == 36
    assert max(len(look.code) for look in ALL) <= 30


@pytest.mark.parametrize(
    "code", ["dark.large", "large.large", "LARGE", "large.", ".", "light.dark", "lite.full", "huge", "large dark", "科普", "a" * 4000]
)  # fmt: skip
def test_what_is_written_in_any_other_way_is_the_usual_look(code):
    assert Look.of(code) == USUAL


@pytest.mark.parametrize(
    ("code", "saving", "lite", "words"),
    [
        ("", False, False, ""),
        ("", True, True, "lite"),
        ("large", True, True, "large lite"),
        ("lite", False, True, "lite"),
        ("full", True, False, ""),  # chosen: pictures come whatever the browser wishes
        ("large.contrast.dark.lite", False, True, "large contrast dark lite"),
    ],
)
def test_pictures_stay_away_where_that_was_chosen_or_the_browser_saves(code, saving, lite, words):
    look = Look.of(code, saving=saving)
    assert (look.lite, look.words) == (lite, words)


def test_whoever_keeps_pages_keeps_one_for_each_look():
    keys = {Look.of(look.code, saving=saving).key for look in ALL for saving in (False, True)}
    assert len(keys) == 72


def test_a_word_of_another_part_is_refused():
    assert Look(size="large").but(light="dark") == Look(size="large", light="dark")
    assert Look(size="large").but(size="") == USUAL
    for wrong in ({"size": "dark"}, {"light": "large"}, {"saving": "on"}, {"colour": "red"}):
        with pytest.raises(ValueError, match="no way to look"):
            USUAL.but(**wrong)


def test_the_switch_offers_every_word_and_marks_what_is_chosen():
    offered = {choice.name: tuple(value for value, _ in choice.options if value) for choice in CHOICES}
    assert {name: set(words) for name, words in offered.items()} == {
        name: set(w) for name, w in WORDS.items()
    }
    shown = choices(Look(size="large", light="dark"))
    assert {part["name"]: [o.value for o in part["options"] if o.chosen] for part in shown} == {
        "size": ["large"], "contrast": [""], "light": ["dark"], "pictures": [""]
    }  # fmt: skip


def test_a_picture_gives_way_to_its_words():
    page = '<a href="/x.webp"><img src="/x.webp" alt="海报：观星夜" width="3"></a><img alt="" src="/y"><p>alt="字"</p>'
    assert without_pictures(page.encode()).decode() == (
        '<a href="/x.webp"><span class="picture-words">海报：观星夜</span></a><p>alt="字"</p>'
    )


def test_a_request_that_met_no_middleware_looks_as_usual():
    assert look_of(RequestFactory().get("/")) is USUAL
