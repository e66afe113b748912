"""A picture that somebody hands in: looked at by its content, cleaned, and made small, in a process of its own.

What is kept is drawn anew from its pixels: turned the right way up, without the place where it was taken or anything
else a camera or a stranger has written beside them. Pure: bytes in, bytes out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kepu.core import confined
from kepu.core.refusals import Refused

MAX_BYTES = 10 * 1024**2
MAX_PIXELS = 50_000_000
MAX_SIDE = 16_000
MIN_SIDE = 200
WIDTHS = (320, 960)
SECONDS = 30
MEMORY = 1536 * 1024**2


class PictureRefused(Refused):
    """Not a picture that can be kept; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture as it may be kept. ``small`` holds, by the ending of its name, one WebP for each width."""

    content: bytes
    kind: str  # jpeg, png, webp
    width: int
    height: int
    small: dict[str, bytes]


def ending_of(width: int) -> str:
    return f"-{width}.webp"


def clean(content: bytes) -> Cleaned:
    """The picture, cleaned. Raises :class:`PictureRefused`."""
    if len(content) > MAX_BYTES:
        raise PictureRefused(
            _("图片超过%(most)sMB。请在手机或电脑上缩小以后再传。") % {"most": MAX_BYTES // 1024**2}
        )
    kind = kind_of(content)
    if kind not in ("jpeg", "png", "webp") and not (kind == "heic" and find_spec("pillow_heif")):
        raise PictureRefused(_not_taken(kind))
    script = Path(__file__).with_name("picture_process.py")
    words = (kind, MAX_PIXELS, MAX_SIDE, MIN_SIDE, *WIDTHS)
    try:
        answer = confined.ask(script, content, *words, seconds=SECONDS, memory=MEMORY)
    except confined.Slow:
        raise PictureRefused(_("这张图片太复杂，一时处理不了。请另存为 JPEG 再传。")) from None
    except confined.Broken:
        raise PictureRefused(_broken()) from None
    head, _line, blobs = answer.partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    if why := said.get("refused"):
        raise PictureRefused(_refusal(why, said))
    parts, start = {}, 0
    for ending, length in said["parts"]:
        parts[ending] = blobs[start : start + length]
        start += length
    return Cleaned(parts.pop(""), said["kind"], said["width"], said["height"], parts)


def kind_of(content: bytes) -> str:
    """What it is by its first bytes, whatever it is called; "" for what is no picture."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in (
        b"heic",
        b"heix",
        b"hevc",
        b"mif1",
        b"msf1",
        b"heim",
        b"heis",
    ):
        return "heic"
    if content.startswith((b"GIF8", b"BM", b"II*\0", b"MM\0*")) or content[4:12] == b"ftypavif":
        return "other"
    return ""


def _not_taken(kind: str) -> str:
    if kind == "heic":
        return _(
            "这是 HEIC 格式，多数电脑打不开。请在手机“设置”里把相机格式改为“兼容性最佳”，或把这张图另存为 JPEG 再传。"
        )
    if kind == "other":
        return _("这种图片格式不收。请另存为 JPEG、PNG 或 WebP 再传。")
    return _("这不是图片。请选 JPEG、PNG 或 WebP 格式的图片。")


def _broken() -> str:
    return _("图片打不开，可能没有传完整。请在手机或电脑上打开看一看，再传一次。")


def _refusal(why: str, said: dict[str, Any]) -> str:
    size = {"width": said.get("width", 0), "height": said.get("height", 0)}
    if why == "large":
        return _("图片是%(width)s×%(height)s像素，太大了。请缩小以后再传。") % size
    if why == "small":
        return _("图片是%(width)s×%(height)s像素，太小，看不清。请换一张宽和高都不少于%(least)s像素的。") % {
            **size, "least": MIN_SIDE
        }  # fmt: skip
    return _broken()
