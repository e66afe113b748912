"""What crawlers may visit: the portal, and nothing behind it."""

from django.conf import settings
from django.http import HttpResponse

from kepu.web.request import Request

CLOSED = ("/workspace/", "/accounts/", "/language/", "/gallery/", "/rehearsal/", "/feeds/")


def robots(request: Request) -> HttpResponse:
    """A rehearsal is closed to crawlers altogether: its activities are made up."""
    closed = ("/",) if settings.KEPU_REHEARSAL else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse(
        "\n".join(lines) + "\n", content_type="text/plain", headers={"Cache-Control": "max-age=86400"}
    )
