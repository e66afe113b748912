"""Numbers in a few steps of shade, with round bounds that a legend can name. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 5


def bounds(counts: Iterable[int]) -> list[int]:
    """The least number of each step, from 1 on, at most :data:`MOST`, each step with something in it; [] where all are 0.

    Each step takes about as many places as the next, so that one big city does not leave all others alike.
    """
    values = sorted(n for n in counts if n > 0)
    if not values:
        return []
    found = [1]
    for part in range(1, MOST):
        bound = _rounded(values[part * len(values) // MOST])
        if any(found[-1] <= n < bound for n in values):
            found.append(bound)
    return found


def step_of(n: int, least: Sequence[int]) -> int:
    """0 for none, else the number of the step."""
    return bisect_right(least, n) if n > 0 else 0


def spans(least: Sequence[int]) -> list[tuple[int, int | None]]:
    """First and last number of each step; the last step has no end."""
    return [(first, (least[i + 1] - 1) if i + 1 < len(least) else None) for i, first in enumerate(least)]


def words(first: int, last: int | None) -> str:
    """A step as a legend names it: 1场, 2—9场, 20场及以上"""
    if last is None:
        return _("%(n)s场及以上") % {"n": f"{first:,}"}
    if first == last:
        return ngettext("%(n)s场", "%(n)s场", first) % {"n": f"{first:,}"}
    return _("%(first)s—%(last)s场") % {"first": f"{first:,}", "last": f"{last:,}"}


def _rounded(n: int) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50 … that is not above ``n``."""
    scale = 10 ** (len(str(n)) - 1)
    return next(scale * digit for digit in (5, 2, 1) if scale * digit <= n)
