"""Whether this process can serve: asked by supervisors and load balancers."""

from django.db import DatabaseError, connection
from django.http import HttpResponse

from kepu.web.request import Request


def health(request: Request) -> HttpResponse:
    """200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _plain("database does not answer", 503)
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
