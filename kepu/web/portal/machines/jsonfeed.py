"""A list as a JSON Feed (version 1.1). What is no part of the standard stands under ``_kepu``."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from kepu.activities.lines import Line
from kepu.core.calendar import CHINA
from kepu.web.portal.activities import pictures
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.texts import lines_of, plain, told

CONTENT_TYPE = "application/feed+json; charset=utf-8"
VERSION = "https://jsonfeed.org/version/1.1"


def feed_of(
    lines: list[Line], *, title: str, page: str, own: str, following: str, at: datetime, language: str
) -> bytes:
    """The feed as a file."""
    said: dict[str, Any] = {
        "version": VERSION, "title": plain(title), "home_page_url": page, "feed_url": own, "language": language,
        "items": [_item(line, at) for line in lines],
    }  # fmt: skip
    if following:
        said["next_url"] = following
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _item(line: Line, at: datetime) -> dict[str, Any]:
    publication = line.publication
    shown, address = told(publication), activity_address(publication.pk)
    words = [
        entry["label"] for entries in publication.content.get("labels", {}).values() for entry in entries
    ]
    item: dict[str, Any] = {
        "id": address, "url": address, "title": plain(publication.title), "content_text": "\n".join(lines_of(publication, shown)),
        "date_published": moment(publication.published_at), "date_modified": moment(publication.updated_at),
        "authors": [{"name": plain(publication.host_name)}], "language": "zh-CN",
        "_kepu": {
            "id": publication.pk, "when": shown.when, "starts_at": moment(line.starts_at), "ends_at": moment(line.ends_at),
            "time_pending": publication.time_pending, "status": publication.status, "mode": publication.mode,
            "taking_part": publication.content.get("taking_part") or "", "full": shown.full,
            "accessibility": publication.content.get("accessibility") or [],
            "where": plain(" ".join(part for part in (shown.where, shown.venue) if part)),
        },
    }  # fmt: skip
    if words:
        item["tags"] = [plain(word) for word in dict.fromkeys(words)]
    if shown.summary:
        item["summary"] = plain(shown.summary)
    if large := pictures.gallery_of(publication).large:
        item["image"] = whole_address(large[0])
    return item


def moment(instant: datetime) -> str:
    """An instant as RFC 3339 has it, in China's time."""
    return instant.astimezone(CHINA).isoformat(timespec="seconds")
