"""Words can be read: every pair of colours that stands together keeps 4.5:1, by day and by night; 7:1 in the sharp contrast."""

import re
from pathlib import Path

import pytest

from kepu.web import stylesheets

CSS = Path(stylesheets.__file__).parent / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text("utf-8")
TOKEN = re.compile(
    r"--([\w-]+):\s+var\(--usual, var\(--day, (#\w{6})\) var\(--night, (#\w{6})\)\)"
    r"\s+var\(--sharp, var\(--day, (#\w{6})\) var\(--night, (#\w{6})\)\);"
)
LIGHTS = ("day", "night", "sharp day", "sharp night")
COLOURS = {name: dict(zip(LIGHTS, values, strict=True)) for name, *values in TOKEN.findall(TOKENS)}

TONES = ("azurite", "malachite", "gamboge", "ochre", "cinnabar", "plain")
WORDS = ("ink", "ink-soft", "azurite-deep", *TONES)
PAIRS = [
    *((word, ground) for word in WORDS for ground in ("paper", "surface", "sunk")),
    *((tone, f"{tone}-wash") for tone in TONES),
    *(("ink", f"{tone}-wash") for tone in TONES),
    ("ink-soft", "plain-wash"), ("ink-soft", "azurite-wash"), ("azurite-deep", "azurite-wash"),
    *(("on-strong", ground) for ground in ("azurite", "azurite-deep", "ochre")),
    ("paper", "ink"),  # the link to the matter
    *(("sky-ink", ground) for ground in ("sky", "sky-low")),
    ("sky", "sky-ink"), ("sky", "sky-line"),  # a button on the sky
]  # fmt: skip
SEEN = [
    ("line-strong", "surface"), ("line-strong", "paper"), ("focus", "paper"), ("focus", "surface"), ("focus", "sunk"),
    ("azurite", "surface"), ("sky-sun", "sky"), ("sky-sun", "sky-low"), ("sky", "sky-sun"),
]  # fmt: skip


def brightness(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    dark, light = sorted([brightness(one), brightness(other)])
    return (light + 0.05) / (dark + 0.05)


def weak(pairs, light, least):
    found = {f"{a} on {b}": round(contrast(COLOURS[a][light], COLOURS[b][light]), 2) for a, b in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_the_measure_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_colour_is_said_in_all_four_lights():
    """Nothing slips past this file: what holds a colour is a token that was read, or the shade."""
    assert len(COLOURS) > 25
    rest = TOKEN.sub("", re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.DOTALL))
    assert re.findall(r"#[0-9a-f]{3,8}\b", rest) == []


@pytest.mark.parametrize("light", LIGHTS)
def test_words_can_be_read(light):
    assert weak(PAIRS, light, 7 if light.startswith("sharp") else 4.5) == {}


@pytest.mark.parametrize("light", LIGHTS)
def test_edges_and_focus_can_be_seen(light):
    assert weak(SEEN, light, 3) == {}


@pytest.mark.parametrize("light", LIGHTS)
def test_the_dark_on_the_sun_can_be_read(light):
    """Today and tomorrow stand black on the sun."""
    assert contrast("#000000", COLOURS["sun"][light]) >= (7 if light.startswith("sharp") else 4.5)


def test_every_tone_that_words_take_is_measured():
    """A sheet that colours words with a token that is measured nowhere is found here; a line's colour draws marks only."""
    measured = {word for word, _ in PAIRS} | {ground for _, ground in PAIRS} | {a for a, _ in SEEN}
    spoken = set()
    for sheet in CSS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
        spoken |= set(re.findall(r"(?<![\w-])color: var\(--([\w-]+)\);", text))
    knobs = {"tone", "word", "badge-ground", "ground", "shade-word"}  # each is given one of the tokens
    assert spoken - knobs - measured <= {"line"}
