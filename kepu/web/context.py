"""What every template knows. Everything here is found only when a template asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from kepu.web import looks, navigation
from kepu.web.request import Request
from kepu.web.stylesheets import stylesheets


def face(request: Request) -> dict[str, Any]:
    return {
        "site_name": settings.SITE_NAME,
        "languages": settings.LANGUAGES,
        "language_code": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "look": lambda: looks.look_of(request),
        "look_choices": lambda: looks.choices(looks.look_of(request)),
        "stylesheets": stylesheets,
        "rehearsal": settings.KEPU_REHEARSAL,
        "training": settings.KEPU_TRAINING,
        "real_url": settings.KEPU_REAL_URL,
        "at": getattr(request, "at", None),
        "portal_menu": lambda: list(navigation.portal_lines(request)),
        "menu": lambda: list(navigation.lines(request, request.actor)),
    }
