"""What came of an activity in words, as far as its host has put it before the public. Values only; no query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.activities.models import Publication
from kepu.core.calendar import day_of
from kepu.web.portal.wording import full_day

KINDS: Mapping[str, Any] = {
    "photo": lazy("照片"),
    "video": lazy("录像"),
    "document": lazy("资料"),
    "other": lazy("资料"),
}
SIGNS = {"video": "video"}


@dataclass(frozen=True, slots=True)
class Way:
    """A link to what is kept elsewhere: what it is, where it leads, what its host says of it."""

    url: str
    site: str
    kind: str = ""
    note: str = ""
    sign: str = "file"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers stand side by side and are never added up; ``counted`` says how, ``as_of`` when they were told."""

    people: tuple[tuple[str, str], ...] = ()
    counted: str = ""
    as_of: str = ""
    words: str = ""
    media: tuple[Way, ...] = ()
    materials: tuple[Way, ...] = ()

    @property
    def recordings(self) -> tuple[Way, ...]:
        return tuple(way for way in self.materials if way.sign == "video")


def outcome_of(publication: Publication) -> Outcome | None:
    """What its copy says of it; None where it says nothing."""
    said: Mapping[str, Any] = publication.content.get("results") or {}
    if not said:
        return None
    came: Mapping[str, Any] = said.get("participants") or {}
    heads = {"on_site": _("现场参加（人次）"), "online": _("线上参加（人次）")}
    when = parse_datetime(came.get("as_of") or "")
    return Outcome(
        tuple((head, f"{came[name]:,}") for name, head in heads.items() if came.get(name) is not None),
        came.get("note") or "", full_day(day_of(when)) if when else "", said.get("results") or "",
        tuple(Way(url, _site(url)) for url in said.get("media_links") or ()),
        tuple(_way(one) for one in said.get("materials") or ()),
    )  # fmt: skip


def _way(one: Mapping[str, Any]) -> Way:
    kind = one.get("kind", "")
    return Way(
        one["place"], _site(one["place"]), str(KINDS.get(kind, KINDS["other"])), one.get("note") or "",
        SIGNS.get(kind, "file"),
    )  # fmt: skip


def _site(url: str) -> str:
    return urlsplit(url).hostname or url
