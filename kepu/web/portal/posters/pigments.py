"""The mineral pigments of Chinese painting, as sky, ridge, line and light of a poster. A field has one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Pigment:
    """``sky`` carries white words and words in ``line`` (at 7:1 or more), ``light`` is what shines on it."""

    name: Any
    sky: str
    ridges: tuple[str, str, str]  # far, middle, near
    line: str
    light: str


AZURITE = Pigment(_("石青"), "#0f3357", ("#174a78", "#1a4f6c", "#123e4f"), "#9cc3e6", "#f0b44a")
MALACHITE = Pigment(_("石绿"), "#0d3b2f", ("#175744", "#1b6148", "#124a36"), "#9fd6bb", "#f0b44a")
OCHRE = Pigment(_("赭石"), "#4d1e0c", ("#6e2c12", "#7a3517", "#5c2610"), "#f0bda0", "#f6c45e")
LAPIS = Pigment(_("青金石"), "#1d2056", ("#2c3078", "#343a80", "#252a66"), "#b7bcf2", "#f0b44a")
GAMBOGE = Pigment(_("雌黄"), "#453200", ("#634800", "#6f5200", "#523c00"), "#f0d890", "#ffd166")
TURQUOISE = Pigment(_("绿松石"), "#07393f", ("#0e5860", "#14626a", "#0b484f"), "#93d7dd", "#f0b44a")
AMETHYST = Pigment(_("紫石英"), "#3a1d47", ("#552d66", "#5f3470", "#472455"), "#dabdea", "#f0b44a")
INK = Pigment(_("墨"), "#20272d", ("#333c44", "#3c464e", "#2a3239"), "#c3ccd3", "#c3ccd3")

PIGMENTS = (AZURITE, MALACHITE, OCHRE, LAPIS, GAMBOGE, TURQUOISE, AMETHYST)
