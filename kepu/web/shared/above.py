"""Which page stands above an address that only takes forms: where to go from it when it is opened by itself."""

from __future__ import annotations

from django.urls import Resolver404, resolve


def only_takes_forms(path: str) -> bool:
    """Whether an address of ours cannot be opened, as an act's cannot."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return getattr(view, "only_writes", False)


def page_above(path: str) -> str:
    """The nearest page above: ``/join/…/withdrawal/`` → ``/join/…/``. The home page stands above all."""
    parts = path.strip("/").split("/")
    while parts := parts[:-1]:
        above = f"/{'/'.join(parts)}/"
        if _is_a_page(above):
            return above
    return "/"


def _is_a_page(path: str) -> bool:
    try:
        return not getattr(resolve(path).func, "only_writes", False)
    except Resolver404:
        return False
