"""Notices as an Atom feed (RFC 4287) and as a JSON Feed (version 1.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import escape

from kepu.notices.models import Notice
from kepu.notices.queries import LogLine
from kepu.web.portal.machines.atom import Feed
from kepu.web.portal.machines.jsonfeed import VERSION, moment
from kepu.web.portal.machines.notices.asking import Found
from kepu.web.portal.machines.notices.telling import (
    address_of,
    changed_at,
    lines_of,
    published_at,
    tags_of,
    title_of,
)
from kepu.web.portal.machines.texts import plain


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the entries: the name, where people read them, the feed's own address, that of the next page."""

    title: str
    page: str
    own: str
    following: str
    language: str


def as_atom(found: Found, frame: Frame, *, updated: datetime) -> bytes:
    """The feed as a file; ``updated`` is how old an empty one is."""
    newest = max((changed_at(notice) for notice, _acts in found.notices), default=updated)
    feed = Feed(
        plain(frame.title), frame.page, description=None, language=frame.language, feed_url=frame.own, feed_guid=frame.own,
        updated=newest, next=frame.following,
    )  # fmt: skip
    for notice, acts in found.notices:
        address = address_of(notice)
        feed.add_item(
            title_of(notice), address, "<br>".join(escape(line) for line in lines_of(notice, acts)),
            unique_id=address, author_name=plain(notice.issuer), pubdate=published_at(notice),
            updateddate=changed_at(notice), categories=[plain(tag) for tag in tags_of(notice)],
        )  # fmt: skip
    return feed.writeString("utf-8").encode()


def as_json(found: Found, frame: Frame) -> bytes:
    said: dict[str, Any] = {
        "version": VERSION, "title": plain(frame.title), "home_page_url": frame.page, "feed_url": frame.own,
        "language": frame.language, "items": [_item(notice, acts) for notice, acts in found.notices],
    }  # fmt: skip
    if frame.following:
        said["next_url"] = frame.following
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _item(notice: Notice, acts: list[LogLine]) -> dict[str, Any]:
    address, issued = address_of(notice), published_at(notice)
    item: dict[str, Any] = {
        "id": address, "url": address, "title": title_of(notice), "content_text": "\n".join(lines_of(notice, acts)),
        "date_modified": moment(changed_at(notice)), "authors": [{"name": plain(notice.issuer)}],
        "tags": [plain(tag) for tag in tags_of(notice)], "language": "zh-CN",
        "_kepu": {
            "season": notice.season.code, "code": notice.code, "number": notice.number, "status": notice.status,
            "place": notice.place.code, "line": notice.line.code if notice.line else "",
            "in_force_at": moment(notice.in_force_at) if notice.in_force_at else None,
            "withdrawn_at": moment(notice.withdrawn_at) if notice.withdrawn_at else None,
        },
    }  # fmt: skip
    if issued:
        item["date_published"] = moment(issued)
    return item
