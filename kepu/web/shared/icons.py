"""Signs: pieces of ``img/icons.svg``, for templates and for what is written as text."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString


def icon(name: str, label: str = "") -> SafeString:
    """A sign of ``img/icons.svg``. Without a label it is decoration, and says nothing to a screen reader."""
    return _drawn(name, label, settings.STATIC_URL)


@lru_cache(maxsize=500)
def _drawn(name: str, label: str, _where: str) -> SafeString:
    said = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" {}><use href="{}#{}"/></svg>', said, static("img/icons.svg"), name)
