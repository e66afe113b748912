"""What a row is read with: the season's days, the lists in force, and who knows the places and the units. Values only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from kepu.core.spoken import Around


def _nobody(_words: str) -> Sequence[int]:
    return ()


@dataclass(frozen=True, slots=True)
class Limit:
    """The most characters that a form takes in a field, and the clause that says so, as people read it."""

    most: int
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of a table are read with.

    ``labels`` has label → code for each field with a list in force; ``open_lists`` are the fields whose list takes other
    words too. ``place_of`` and ``unit_of`` look words up and give the ids they may mean: none, one, or several.
    ``own_names`` are the names of the unit that files. ``limits`` are those of the form's clause, by field.
    ``usual_hours`` stands for hours that were not written: by part of the day ("morning" …) or "" for a whole day; without
    it, such a time is a fault. ``defaults`` are taken where the row says nothing.
    """

    around: Around
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    open_lists: Collection[str] = ()
    place_of: Callable[[str], Sequence[int]] = _nobody
    unit_of: Callable[[str], Sequence[int]] = _nobody
    own_names: Collection[str] = ()
    limits: Mapping[str, Limit] = field(default_factory=dict)
    usual_hours: Mapping[str, tuple[time, time]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
