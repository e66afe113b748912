"""What crawlers may visit: the portal, and nothing behind it; of the lists of activities one condition at a time.

A list can be asked for in more ways than there are activities, and each page of it is made anew. Crawlers find every
activity in the sitemap, so they need none of these; readers are never counted or turned away.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.http import HttpResponse, QueryDict

from kepu.web.request import Request

CLOSED = (
    "/workspace/",
    "/accounts/",
    "/language/",
    "/gallery/",
    "/rehearsal/",
    "/feeds/",
    "/invitations/",
    "/api/v1/",
    "/activities/suggestions/",
)
# conditions on top of each other, searches, later pages, the same in other formats
COMBINED = (
    "/activities/?*&",
    "/activities/?q=",
    "/activities/?near=",
    "/activities/?sort=",
    "/*cursor=",
    "/activities.",
    "/widget/activities",
    "/subscribe/?",
    "/widget/?",
)
ENDLESS = {"q", "near", "sort"}  # of which there is no end, or which only order what another page lists


class Asks(Protocol):
    """A question of a list, such as :class:`kepu.web.portal.activities.asking.Asked`."""

    @property
    def cursor(self) -> str:
        """Where a later page begins."""

    def query(self) -> str:
        """The question as a query."""


def robots(request: Request) -> HttpResponse:
    """A rehearsal is closed to crawlers altogether: its activities are made up."""
    closed = ("/",) if settings.KEPU_REHEARSAL else (*CLOSED, *COMBINED)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.KEPU_REHEARSAL:
        lines += ["", f"Sitemap: {settings.KEPU_PUBLIC_URL}/sitemap.xml"]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain", headers={"Cache-Control": "max-age=86400"}
    )


def robots_of(asked: Asks) -> str:
    """What the page of a question says to crawlers, for ``<meta name="robots">``; "" where they are welcome.

    One condition is a page worth finding (a place, a field). Conditions on top of each other and searches are not, and
    neither are the links on them; a later page is not, but its links are.
    """
    asking = QueryDict(asked.query())
    conditions = [name for name in asking if name not in ("cursor", "season")]
    if (
        len(conditions) > 1
        or ENDLESS & asking.keys()
        or any(len(asking.getlist(name)) > 1 for name in conditions)
    ):
        return "noindex, nofollow"
    return "noindex, follow" if asked.cursor else ""
