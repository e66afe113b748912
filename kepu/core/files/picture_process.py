"""Looks at a picture and draws it anew, in a process of its own: a file may make a decoder slow, greedy, or end it.

Started as a script, so that it imports nothing of the rest: the picture comes in; out go a line of JSON and, in its
order, the bytes of what is to be kept: the picture itself, and a small one for each width.
"""

from __future__ import annotations

import io
import json
import sys
from importlib import import_module
from typing import Any

from PIL import Image, ImageOps, PngImagePlugin

ORIENTATION = 0x0112
MOST_OF_A_PROFILE = 128 * 1024  # a colour profile is smaller; one that is larger carries something else
OPENED_AS = {"jpeg": ("JPEG",), "png": ("PNG",), "webp": ("WEBP",), "heic": ("HEIF",)}
Kept = list[tuple[str, bytes]]


class Refused(Exception):
    """``why`` it is not taken, and its size where that is known."""

    def __init__(self, why: str, **about: int) -> None:
        super().__init__(why)
        self.said = {"refused": why, **about}


def look(
    content: bytes, kind: str, most_pixels: int, most_side: int, least_side: int, widths: list[int]
) -> tuple[dict[str, Any], Kept]:
    if kind == "heic":
        import_module("pillow_heif").register_heif_opener()  # where the operator has installed it
    Image.MAX_IMAGE_PIXELS = None  # its size is looked at below, before a single pixel is unpacked
    PngImagePlugin.MAX_TEXT_MEMORY = 1024**2
    picture = Image.open(io.BytesIO(content), formats=OPENED_AS[kind])
    width, height = picture.size
    if width * height > most_pixels or max(width, height) > most_side:
        raise Refused("large", width=width, height=height)
    if min(width, height) < least_side:
        raise Refused("small", width=width, height=height)
    picture.load()  # a truncated one fails here
    turned = picture.getexif().get(ORIENTATION, 1) != 1
    profile = picture.info.get("icc_profile") or b""
    profile = profile if len(profile) <= MOST_OF_A_PROFILE else b""
    untouched = picture.format == "JPEG" and not turned
    upright = ImageOps.exif_transpose(picture) if turned else picture
    # whatever a writer would take along by itself, but for the colour that stands for nothing
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    kept = [("", written(upright, "jpeg" if kind == "heic" else kind, profile, untouched=untouched))]
    shown = in_colour(upright)
    kept += [(f"-{width}.webp", small(shown, width, profile)) for width in widths]
    said = {
        "kind": "jpeg" if kind == "heic" else kind,
        "width": upright.width,
        "height": upright.height,
        "parts": [(ending, len(part)) for ending, part in kept],
    }
    return said, kept


def written(picture: Image.Image, kind: str, profile: bytes, *, untouched: bool) -> bytes:
    """The picture without loss where its format lets it be: a JPEG with its own tables, a PNG as it is."""
    out = io.BytesIO()
    plain: dict[str, Any] = {"icc_profile": profile or None, "exif": b""}
    if kind == "jpeg":
        # "keep" takes the picture's own tables; one that was turned or unpacked from HEIC has none any more
        quality: dict[str, Any] = {"quality": "keep"} if untouched else {"quality": 92}
        if picture.mode not in ("L", "RGB", "CMYK"):
            picture = picture.convert("RGB")
        picture.save(out, "JPEG", optimize=True, comment=b"", **quality, **plain)
    elif kind == "png":
        picture.save(out, "PNG", **plain)
    else:
        picture.save(out, "WEBP", quality=92, method=4, **plain)
    return out.getvalue()


def in_colour(picture: Image.Image) -> Image.Image:
    """As a screen shows it; what is transparent stays so."""
    see_through = picture.mode in ("LA", "PA", "La") or "transparency" in picture.info
    if picture.mode == "RGBA" or (picture.mode == "RGB" and not see_through):
        return picture
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        # Pillow would cut the upper half of the range off instead of scaling it
        return picture.convert("F").point(lambda value: value / 257).convert("L").convert("RGB")
    return picture.convert("RGBA" if see_through else "RGB")


def small(picture: Image.Image, width: int, profile: bytes) -> bytes:
    """One of ``width`` pixels at most, in its own ratio; never drawn larger than it is."""
    height = max(1, round(picture.height * width / picture.width))
    if picture.width > width:
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    keeps = {"icc_profile": profile} if profile and len(profile) < 8 * 1024 else {}
    picture.save(out, "WEBP", quality=80, method=4, exif=b"", **keeps)
    return out.getvalue()


def main() -> None:
    kind, *numbers = sys.argv[1:]
    pixels, side, least, *widths = map(int, numbers)
    kept: Kept = []
    try:
        said, kept = look(sys.stdin.buffer.read(), kind, pixels, side, least, widths)
    except Refused as refusal:
        said = refusal.said
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        MemoryError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
    ):
        said = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    for _ending, part in kept:
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
