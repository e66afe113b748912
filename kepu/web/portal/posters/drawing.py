"""Drawing a poster with typst, once: the same words in the same release are the same picture, kept for whoever asks next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from html import escape
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from django.core.cache import caches
from django.utils.translation import get_language

import kepu
from kepu.web.portal.posters.laying import Ending, Format, laid
from kepu.web.portal.posters.saying import Poster

TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
KEPT = 24 * 3600  # seconds
_TEMPLATE = Path(__file__).with_name("poster.typ")
_one_at_a_time = Lock()  # a drawing fills a processor and some memory: a process makes one after another


def version_of(poster: Poster, sheet: Format, ending: Ending) -> str:
    """What the picture is known by: all that it says, in which language, on which sheet, drawn by which release."""
    said = json.dumps(asdict(poster), ensure_ascii=False, sort_keys=True, default=str)
    by = f"{kepu.__version__} {_template_digest()} {get_language()} {sheet.name}.{ending}"
    return hashlib.sha256(f"{by} {said}".encode()).hexdigest()


def kept(version: str) -> bytes | None:
    """The picture where it was drawn before."""
    found: bytes | None = caches["posters"].get(version)
    return found


def drawn(poster: Poster, sheet: Format, ending: Ending, *, version: str) -> bytes:
    """The picture, drawn now unless somebody else has done it while this one waited."""
    with _one_at_a_time:
        if (found := kept(version)) is not None:
            return found
        made = _made(laid(poster, sheet), sheet, ending)
        if ending == "svg":
            made = _spoken(made, poster.alt)
        caches["posters"].set(version, made, timeout=KEPT)
        return made


def _made(data: dict[str, Any], sheet: Format, ending: Ending) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"poster": json.dumps(data, ensure_ascii=False)},
    )
    # a picture says the same for the same bytes: no instant of its making goes into it
    made = compiler.compile(format=ending, ppi=sheet.ppi, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _spoken(svg: bytes, alt: str) -> bytes:
    """An SVG of outlines says in words what it shows."""
    begins = svg.index(b">", svg.index(b"<svg")) + 1
    return svg[: begins - 1] + b' role="img">' + f"<title>{escape(alt)}</title>".encode() + svg[begins:]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The face that comes with the software and nothing else, so that a poster is the same on every machine."""
    folder = str(files("justmytype_intl_cjk") / "fonts")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@lru_cache(maxsize=1)
def _template_digest() -> str:
    """Changes with the template and the code of the figures: a new drawing has a new name."""
    code = (_TEMPLATE, *sorted(_TEMPLATE.parent.glob("*.py")))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in code)).hexdigest()[:16]
