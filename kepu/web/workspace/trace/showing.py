"""Sentences of the trace as a page shows them: day by day, each name that has a page with its link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.core import telling
from kepu.core.telling import Named, Told
from kepu.oversight.trace.lines import Line

# how the page of a thing is found; what is not here has no page of its own
PAGES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "activity": lambda key: reverse("workspace:activity", args=[key["pk"]]),
    "sheetimport": lambda key: reverse("workspace:import", args=[key["pk"]]),
    "duty": lambda key: reverse("workspace:duty", args=[key["key"]]),
    "return": lambda key: reverse("workspace:return", args=[key["pk"]]),
    "notice": lambda key: reverse("portal:notice", args=[key["season"], key["code"]]),
    "noticedraft": lambda key: reverse("workspace:draft", args=[key["pk"]]),
    "delivery": lambda key: reverse("workspace:delivery", args=[key["pk"]]),
    "unit": lambda key: reverse("workspace:unit-trace", args=[key["pk"]]),
    "person": lambda key: reverse("workspace:person-trace", args=[key["pk"]]),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of ``components/trace.html``."""

    when: str
    instant: str
    sentence: SafeString
    group: str
    is_look: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The acts of one day, the newest first."""

    title: str
    lines: tuple[Shown, ...]


def days(lines: Sequence[Line]) -> list[Day]:
    """Lines grouped by their day in China."""
    labels = telling.groups()
    grouped = groupby(lines, key=lambda line: localtime(line.at).date())
    return [
        Day(_day(day), tuple(_shown(line, labels) for line in some)) for day, some in grouped
    ]  # fmt: skip


def _day(day: Any) -> str:
    return date_format(day, _("Y年n月j日 l"))


def _shown(line: Line, labels: Mapping[str, str]) -> Shown:
    local = localtime(line.at)
    return Shown(
        date_format(local, "H:i"), local.isoformat(), as_html(line.told), labels.get(line.group, ""), line.group == "personal"
    )  # fmt: skip


def as_html(told: Told) -> SafeString:
    """The sentence with links on what it names."""
    values = {name: _value(value) for name, value in told.values.items()}
    first = mark_safe(
        str(escape(told.template)) % values
    )  # the template is escaped, the values are or are links
    return mark_safe(telling.in_one([first, *map(escape, told.also)]))


def _value(value: Any) -> SafeString:
    page = PAGES.get(value.kind) if isinstance(value, Named) else None
    if page is None:
        return escape(value)
    return format_html('<a href="{}">{}</a>', page(value.key), value.text)
