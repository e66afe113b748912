"""Shades: few steps, each with something in it, and more is never lighter."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu.web import context
from kepu.web.portal.map.steps import MOST, bounds, spans, step_of
from tests.web.test_colours import COLOURS, LIGHTS, contrast

CSS = (Path(context.__file__).parent / "static" / "css" / "pages" / "portal-map.css").read_text("utf-8")
COUNTS = st.lists(st.integers(0, 1_000_000), max_size=60)


@given(COUNTS)
def test_every_step_holds_something_and_every_number_has_one(counts):
    least = bounds(counts)
    steps = {step_of(n, least) for n in counts if n}
    assert steps == set(range(1, len(least) + 1))
    assert len(least) <= MOST
    assert all(a < b for a, b in pairwise(least))


@given(COUNTS, st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_is_never_lighter(counts, one, other):
    least = bounds(counts)
    low, high = sorted((one, other))
    assert step_of(low, least) <= step_of(high, least)


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ([], []),
        ([0, 0], []),
        ([7], [(1, None)]),
        ([3, 30, 300], [(1, 19), (20, 199), (200, None)]),
        ([5] * 30 + [1_200], [(1, None)]),
        (range(1, 101), [(1, 19), (20, 49), (50, None)]),
    ],
)
def test_bounds_are_round(counts, named):
    assert spans(bounds(counts)) == named


def mixed(percent, one, other):
    parts = [
        round(int(one[i : i + 2], 16) * percent / 100 + int(other[i : i + 2], 16) * (1 - percent / 100))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("light", LIGHTS)
def test_words_can_be_read_on_every_shade(light):
    known = {name: lights[light] for name, lights in COLOURS.items()}
    mixes = [
        int(n) for n in re.findall(r"color-mix\(in srgb, var\(--azurite\) (\d+)%, var\(--surface\)\)", CSS)
    ]
    grounds = [mixed(n, known["azurite"], known["surface"]) for n in mixes]
    assert len(grounds) == 3

    weakest = [
        *(contrast(known["ink"], ground) for ground in [known["surface"], *grounds]),
        *(contrast(known["on-strong"], known[name]) for name in ("azurite", "azurite-deep")),
    ]

    assert min(weakest) >= (7 if light.startswith("sharp") else 4.5)
    # and neighbours can be told apart
    shades = [known["surface"], *grounds, known["azurite"], known["azurite-deep"]]
    assert min(contrast(a, b) for a, b in pairwise(shades)) > 1.08
