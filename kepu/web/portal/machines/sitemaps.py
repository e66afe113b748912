"""The sitemap: an index, and pieces that a crawler fetches one by one (sitemaps.org 0.9).

A piece of activities is a range of their numbers, so that it is found by the key and costs the same in any season, and
an activity stays in its piece for good. Within a piece each address has the day of its last change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from django.db.models import BigIntegerField
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from kepu.activities.models import Publication
from kepu.core.calendar import CHINA
from kepu.notices.models import Notice
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.caching import public
from kepu.web.request import Request
from kepu.web.shared.views import reads

PIECE = 10_000  # of at most 50,000 addresses that a piece may have
MOST_NOTICES = 20_000
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HOURS = 3600
_PAGES = ("home", "activities", "notices", "in-force", "help", "join", "privacy", "subscribe", "widget")

View = Callable[..., HttpResponse]
Entry = tuple[str, datetime | None]


def _served(view: View) -> View:
    return gzip_page(public(reads(view), seconds=HOURS))


@_served
def index(request: Request) -> HttpResponse:
    """Every piece. Two queries, however many activities."""
    by_number = Publication.objects.order_by("pk").values_list("pk", flat=True)
    first, last = by_number.first(), by_number.last()
    pieces = [reverse("portal:sitemap-pages")]
    if first is not None and last is not None:
        numbers = range(first // PIECE, last // PIECE + 1)
        pieces += [reverse("portal:sitemap-activities", args=[number]) for number in numbers]
    return _written("sitemapindex", "sitemap", ((path, None) for path in pieces))


@_served
def pages(request: Request) -> HttpResponse:
    """The pages that are always there, and each notice. One query."""
    rows = Notice.objects.filter(withdrawn_at=None).order_by("-pk")[:MOST_NOTICES]
    always = [reverse(f"portal:{name}") for name in _PAGES]
    notices = [
        reverse("portal:notice", args=[season, code])
        for season, code in rows.values_list("season__code", "code")
    ]
    return _written("urlset", "url", ((path, None) for path in (*always, *notices)))


@_served
def activities(request: Request, number: int) -> HttpResponse:
    """The activities with the numbers of one piece. One query; 404 beyond any number that there can be."""
    if number >= BigIntegerField.MAX_BIGINT // PIECE:
        raise Http404
    rows = Publication.objects.filter(pk__gte=number * PIECE, pk__lt=(number + 1) * PIECE).order_by("pk")
    found = rows.values_list("pk", "updated_at")
    before, _zero, behind = reverse("portal:activity", args=[0]).rpartition(
        "0"
    )  # resolved once, not ten thousand times
    return _written("urlset", "url", ((f"{before}{pk}{behind}", at) for pk, at in found))


def _written(whole: str, each: str, entries: Iterable[Entry]) -> HttpResponse:
    text = "".join(_lines(whole, each, entries))
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _lines(whole: str, each: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{SPACE}">\n'
    for path, changed in entries:
        since = f"<lastmod>{changed.astimezone(CHINA).date()}</lastmod>" if changed else ""
        yield f"<{each}><loc>{escape(whole_address(path))}</loc>{since}</{each}>\n"
    yield f"</{whole}>\n"
