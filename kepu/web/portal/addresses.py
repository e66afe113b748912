"""Where pages and single things are: a page names dozens, and looking each address up costs more than writing it."""

from __future__ import annotations

from functools import cache

from django.urls import reverse


@cache
def path_to(route: str) -> str:
    """The path of a route that takes nothing."""
    return reverse(route)


def path_of(route: str, pk: int) -> str:
    """The path of a route that takes one number."""
    before, after = _around_the_number(route)
    return f"{before}{pk}{after}"


@cache
def _around_the_number(route: str) -> tuple[str, str]:
    before, _number, after = reverse(route, args=[0]).rpartition("0")
    return before, after
