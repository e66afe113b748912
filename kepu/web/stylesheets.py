"""The style sheets that every page asks for, in their order."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage

STYLESHEETS = (
    "css/layers.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    *(f"css/components/{name}.css" for name in (
        "button", "badge", "form", "notice", "card", "table", "navigation", "clause", "progress", "timeline",
        "disclosure", "rehearsal", "hero", "dial", "looks", "waiting", "difference",
    )),
    "css/utilities.css",
    "css/print.css",
)  # fmt: skip

# All of them in one file, made when static files are collected. Its folder is as deep as that of a component, so that
# what a sheet names beside itself is found from there too.
JOINED = "css/joined/shared.css"


def stylesheets() -> tuple[str, ...]:
    """What a page links to: each sheet where we develop, the one file where static files were collected."""
    return (JOINED,) if getattr(staticfiles_storage, "joins_stylesheets", False) else STYLESHEETS
