"""The order by how well activities fit the words: where it is asked for, and what a page says of it. Values only; no query."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.lists import RANKED
from kepu.core.search import phrases
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.facets import Asks, address, kept


def kept_by_words(asked: Asked) -> list[tuple[str, str]]:
    """What the search box sends along: words that somebody types are answered in this order, unless another was chosen."""
    sort = [] if asked.sort or asked.near else [("sort", "relevance")]
    return [*kept(asked, "q"), *sort]


def in_time(asked: Asked) -> Asked:
    """The same question in an order that has no end, for feeds."""
    return asked.but(sort="") if asked.sort == "relevance" else asked.but()


def in_order(asks: Asks, said: str, shown: int) -> str:
    """How many there are, and among how many of them it was ranked."""
    if asks.asked.sort != "relevance":
        return said
    if shown and not asks.total.n:
        return _("没有一场活动写全这些词，下面是写到一部分的")
    if asks.total.n > RANKED or asks.total.more:
        return f"{said} · {_('时间最近的%(n)s场里，相关的在前') % {'n': RANKED}}"
    return f"{said} · {_('相关的在前')}"


def part_of_it(asked: Asked) -> dict[str, Any] | None:
    """The way on from a question whose words nothing has all of; None where they are asked for so already, or cannot be parted."""
    tokens = sum(len(phrase) for phrase in phrases(asked.text))
    if tokens < 2 or asked.sort == "relevance":
        return None
    return {
        "title": _("没有一场活动写全这些词"), "text": _("有的活动可能写到其中一部分，最相关的排在前面。"),
        "href": address(replace(asked, cursor="", near="", sort="relevance")), "action": _("看写到一部分的"),
    }  # fmt: skip
