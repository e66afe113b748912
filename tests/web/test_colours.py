"""Words can be read: every pair of colours that stands together keeps 4.5:1, by day and by night."""

import re
from pathlib import Path

import pytest

from kepu.web import context

TOKENS = (Path(context.__file__).parent / "static" / "css" / "tokens.css").read_text("utf-8")
DAY, NIGHT = TOKENS.split("@media (prefers-color-scheme: dark)")

ON_GROUND = [
    "ink",
    "ink-soft",
    "azurite",
    "azurite-deep",
    "malachite",
    "gamboge",
    "ochre",
    "cinnabar",
    "plain",
]
PAIRS = [
    *((word, ground) for word in ON_GROUND for ground in ("paper", "surface")),
    *((tone, f"{tone}-wash") for tone in ("azurite", "malachite", "gamboge", "ochre", "cinnabar", "plain")),
    *(("ink", f"{tone}-wash") for tone in ("azurite", "malachite", "gamboge", "ochre", "cinnabar", "plain")),
    ("ink", "sunk"), ("ink-soft", "sunk"), ("ink-soft", "plain-wash"), ("azurite", "sunk"),
    ("on-strong", "azurite"), ("on-strong", "azurite-deep"), ("on-strong", "ochre"), ("gamboge", "surface"),
]  # fmt: skip


def colours(text):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def brightness(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one, other):
    dark, light = sorted([brightness(one), brightness(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("light", ["day", "night"])
def test_words_can_be_read(light):
    known = colours(DAY) | (colours(NIGHT) if light == "night" else {})
    weak = {
        f"{a} on {b}": round(contrast(known[a], known[b]), 2)
        for a, b in PAIRS
        if contrast(known[a], known[b]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("light", ["day", "night"])
def test_edges_and_focus_can_be_seen(light):
    known = colours(DAY) | (colours(NIGHT) if light == "night" else {})
    pairs = [("line-strong", "surface"), ("line-strong", "paper"), ("focus", "paper"), ("focus", "surface")]
    assert {
        pair: round(contrast(*map(known.get, pair)), 2)
        for pair in pairs
        if contrast(*map(known.get, pair)) < 3
    } == {}
