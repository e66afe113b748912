"""The statement on personal data (个人信息保护说明)."""

from __future__ import annotations

from django.http import HttpResponse

from kepu.privacy.drawing import lines
from kepu.privacy.workflow import VERSION
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@reads
def privacy(request: Request) -> HttpResponse:
    """What is kept of whom, why, on what ground, who sees it, until when; and what people may ask for. No query."""
    return page(request, "portal/privacy.html", {"lines": lines(), "version": VERSION})
