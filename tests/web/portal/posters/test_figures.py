"""The figure: its own for each, a family for each field, and a dial that tells the time."""

import re

import pytest
from lxml import etree

from kepu.web.portal.posters.figures import Canvas, Seed, figure, motif_of, pigment_of
from kepu.web.portal.posters.motifs import MOTIFS, Ink
from kepu.web.portal.posters.pigments import INK, PIGMENTS
from tests.web.test_colours import contrast

CANVAS = Canvas(600, 500, (300, 240), 190, 400)


def drawn(**changes):
    seed = Seed(
        **{
            "family": "health",
            "own": "activity 7",
            "place": "441900",
            "marks": 96,
            "arc": (-0.125, 0.2),
            **changes,
        }
    )
    return figure(seed, CANVAS, pigment_of(seed))


def ridges(svg):
    return re.findall(r'<polygon points="0,500 [^"]*"', svg)


def test_the_same_activity_has_the_same_figure_in_every_process():
    assert drawn() == drawn()


def test_two_of_a_field_are_of_a_family_and_not_alike():
    one, other = Seed("health", "activity 7", "441900", 96), Seed("health", "activity 8", "441900", 96)
    assert (motif_of(one), pigment_of(one)) == (motif_of(other), pigment_of(other))
    assert drawn(own="activity 7") != drawn(own="activity 8")


def test_the_mountains_are_the_place_s():
    assert len(ridges(drawn())) == 3
    assert ridges(drawn(own="activity 8", family="earth")) == ridges(drawn())
    assert ridges(drawn(place="510100")) != ridges(drawn())


def test_what_is_off_is_drawn_in_ink():
    assert pigment_of(Seed("health", "activity 7", "441900", 96, grey=True)) is INK
    assert INK.sky in drawn(grey=True)


def test_the_time_shines_on_the_dial_and_only_where_it_is_known():
    lit = 'stroke-width="0.042"'
    assert (lit in drawn(), lit in drawn(arc=None)) == (True, False)


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.drawn.__name__)
def test_every_motif_is_sound_and_stays_in_its_disc(motif):
    from random import Random

    for seed in range(12):
        svg = motif.drawn(Random(seed), Ink("#fff", "#ff0"))
        root = etree.fromstring(f"<svg>{svg}</svg>")
        points = [tuple(map(float, p.split(","))) for e in root for p in (e.get("points") or "").split()]
        dots = [(float(e.get("cx")), float(e.get("cy"))) for e in root if e.get("cx")]
        far = max((x * x + y * y) ** 0.5 for x, y in points + dots)
        assert (0.3 < far <= 1.03, len(root) < 1500) == (True, True)


@pytest.mark.parametrize("pigment", [*PIGMENTS, INK], ids=lambda pigment: pigment.sky)
def test_words_on_the_sky_can_be_read(pigment):
    assert contrast("#ffffff", pigment.sky) >= 7
    for ground in (pigment.sky, *pigment.ridges):
        assert min(contrast("#ffffff", ground), contrast(pigment.line, ground)) >= 4
