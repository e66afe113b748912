"""The compilation as PDF: tagged, with its contents, numbered pages, and the same bytes for the same compilation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.notices.official import faces
from kepu.notices.official.pdf import compiled, face_of, families
from kepu.web.portal.compilation import codes
from kepu.web.portal.compilation.composing import Compilation, Entry, parts

_TEMPLATE = Path(__file__).with_name("compilation.typ")
_FACES = {"title": faces.SONG_TITLE, "text": faces.SONG, "strong": faces.HEI}


def to_pdf(compilation: Compilation) -> bytes:
    """A PDF/UA-1; a tagged PDF without that claim where it holds a sign that no font at hand can draw."""
    at = compilation.at.astimezone(UTC).replace(microsecond=0)
    return compiled(_TEMPLATE, at=at, compilation=_data(compilation))


def _data(compilation: Compilation) -> dict[str, Any]:
    there: Mapping[str, str] = families(str(settings.KEPU_FONTS))
    english = (get_language() or "").startswith("en")
    return {
        "title": compilation.title, "season": compilation.season, "lang": "en" if english else "zh",
        "conditions": list(compilation.conditions),
        "sentences": [[s.label, s.text, s.source] for s in compilation.sentences],
        "days": [
            {"name": day.name, "span": day.span, "entries": [_drawn(e) for e in day.entries]}
            for day in compilation.days
        ],
        "areas": [[area.name, area.count, area.words] for area in compilation.areas],
        "count": compilation.counted,
        "asof": _("截至%(when)s") % {"when": compilation.as_of}, "url": compilation.list_url, "code": codes.svg(compilation.list_url),
        "codealt": _("二维码：网上的活动列表"), "codewords": _("以网上的最新信息为准，扫码查看"),
        "byday": _("按日期"), "byarea": _("按地区"), "contents": _("目录"), "key": _("重点活动"),
        "faces": {name: face_of(face, there) for name, face in _FACES.items()},
    }  # fmt: skip


def _drawn(entry: Entry) -> dict[str, Any]:
    return {
        "n": entry.number, "title": entry.title, "state": entry.state, "off": entry.off, "key": entry.key, "parts": parts(entry),
    }  # fmt: skip
