"""A list in the words of schema.org, for search engines: which pages it leads to, in which order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from kepu.activities.lists import Line
from kepu.web.portal.activities.markup import as_script
from kepu.web.portal.machines.naming import activity_address


def item_list(lines: Iterable[Line], *, name: str) -> dict[str, Any]:
    """An ItemList that names the page of each activity once; what each is stands on its page. No query."""
    pks = list(dict.fromkeys(line.publication.pk for line in lines))
    return {
        "@context": "https://schema.org", "@type": "ItemList", "name": name, "numberOfItems": len(pks),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": activity_address(pk)} for position, pk in enumerate(pks, 1)
        ],
    }  # fmt: skip


def item_list_script(lines: Iterable[Line], *, name: str) -> SafeString:
    """The same as it stands inside ``<script type="application/ld+json">``."""
    return as_script(item_list(lines, name=name))
