"""A page put together from its frame and its parts: the frame is drawn once for each look and language, the parts each time.

What stands around the matter of a page (head, menu, footer) is the same for everybody, and drawing it costs more than a
page of activities does. A template that is answered so writes ``{{ parts.name }}`` where a part goes, and nothing else that
differs from one address to another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kepu.web.portal.caching import is_personal
from kepu.web.shared.views import page

MOST = 200  # frames kept: templates by languages by looks
_SLOT = re.compile("\x02([a-z_0-9]+)\x03")
_HERE = "here"  # the address of the page, which forms in the frame send along
_frames: dict[tuple[Any, ...], list[str]] = {}


def slot(name: str) -> SafeString:
    """The place in a drawn text where something is filled in at each reading."""
    return mark_safe(f"\x02{name}\x03")


def fill(drawn: str, values: Mapping[str, str]) -> str:
    """A drawn text with its places filled; a place that nobody knows (somebody typed such characters) stays empty."""
    return _SLOT.sub(lambda found: values.get(found[1], ""), drawn)


def framed(request: HttpRequest, template: str, parts: Mapping[str, str]) -> HttpResponse:
    """The page with its parts, which are HTML already."""
    if is_personal(request):
        return page(request, template, {"parts": {name: mark_safe(part) for name, part in parts.items()}})
    pieces = _pieces(request, template, parts)
    values = {**parts, _HERE: escape(request.get_full_path())}
    return HttpResponse("".join([values[piece] if n % 2 else piece for n, piece in enumerate(pieces)]))


def _pieces(request: HttpRequest, template: str, names: Mapping[str, str]) -> list[str]:
    """The drawn frame, cut where parts go: text and names in turn."""
    key = (template, getattr(request, "LANGUAGE_CODE", ""), str(getattr(request, "look", "")), *sorted(names))
    pieces = _frames.get(key)
    if pieces is None:
        bare = copy(request)
        bare.get_full_path = lambda force_append_slash=False: slot(_HERE)  # type: ignore[method-assign]
        drawn = render_to_string(template, {"parts": {name: slot(name) for name in names}}, bare)
        pieces = _SLOT.split(drawn)
        if not settings.DEBUG:
            if len(_frames) >= MOST:
                _frames.clear()
            _frames[key] = pieces
    return pieces
