"""A list as an Atom feed (RFC 4287), page after page (RFC 5005)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from kepu.activities.lines import Line
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.texts import lines_of, plain, told

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


class Feed(Atom1Feed):
    """Django's feed, dated by what it holds and with the way to the next page."""

    def latest_post_date(self) -> datetime:
        return self.feed["updated"]

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["next"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next"]})


def feed_of(
    lines: list[Line], *, title: str, page: str, own: str, following: str, updated: datetime, at: datetime, language: str
) -> bytes:  # fmt: skip
    """The feed as a file. ``page`` is where people read the list, ``own`` the feed's address, ``following`` the next."""
    feed = Feed(
        plain(title), page, description=None, language=language, feed_url=own, feed_guid=own, updated=updated, next=following,
    )  # fmt: skip
    for line in lines:
        _add(feed, line, at)
    return feed.writeString("utf-8").encode()


def _add(feed: Atom1Feed, line: Line, at: datetime) -> None:
    publication = line.publication
    shown = told(publication)
    address = activity_address(publication.pk)
    feed.add_item(
        plain(publication.title) or address, address,
        # Django marks the summary as HTML: what people wrote is text in it
        "<br>".join(escape(text).replace("\n", "<br>") for text in lines_of(publication, shown)),
        unique_id=address, author_name=plain(publication.host_name), pubdate=publication.published_at,
        updateddate=publication.updated_at,
        categories=[plain(word) for word in _words(publication.content)],
    )  # fmt: skip


def _words(content: dict[str, Any]) -> list[str]:
    found = [entry["label"] for entries in content.get("labels", {}).values() for entry in entries]
    return list(dict.fromkeys(found))
