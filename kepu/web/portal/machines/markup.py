"""A list in the words of schema.org, for search engines: which pages it leads to, in which order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from kepu.web.portal.machines.naming import activity_address


def item_list(pks: Collection[int], *, name: str) -> dict[str, Any]:
    """An ItemList that names the page of each activity; what each is stands on its page. No query."""
    return {
        "@context": "https://schema.org", "@type": "ItemList", "name": name, "numberOfItems": len(pks),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": activity_address(pk)} for position, pk in enumerate(pks, 1)
        ],
    }  # fmt: skip
