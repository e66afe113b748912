"""Posters for made-up activities: the sun over hills, drawn without a letter, the same for the same number."""

from __future__ import annotations

import hashlib
import math
from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from kepu.activities.actions import KeptPicture
from kepu.core import files
from kepu.core.files.pictures import WIDTHS, ending_of

WIDTH, HEIGHT = 640, 906
# sky, far and near hills: the blue-green of the old landscapes, by morning, noon and evening
SKIES = (("#f3e3c3", "#e8b56a"), ("#d7e6ef", "#f6c453"), ("#f5d3c0", "#d9582f"))
HILLS = (
    ("#7fa7b8", "#3f7f86", "#1f5a58"),
    ("#8cb59a", "#4a8a6a", "#1b5a46"),
    ("#9a9fb8", "#5a648c", "#2b3a63"),
)
ALT = "样例海报（演练）：太阳升在群山上面，没有文字。"


def poster(number: int, *, at: datetime) -> KeptPicture:
    """A kept poster. Ours from the first pixel, so that no decoder need look at it."""
    picture = drawn(number)
    content = _webp(picture)
    small = {
        ending_of(width): content if width >= WIDTH else _webp(_narrowed(picture, width)) for width in WIDTHS
    }
    files.keep(content, small, at=at)
    return KeptPicture(hashlib.sha256(content).hexdigest(), "webp", len(content), WIDTH, HEIGHT)


def drawn(number: int) -> Image.Image:
    """The picture of a number."""
    luck = Random(f"poster {number}")
    sky, sun = luck.choice(SKIES)
    picture = Image.new("RGB", (WIDTH, HEIGHT), sky)
    draw = ImageDraw.Draw(picture)
    x, y, r = (
        luck.uniform(0.25, 0.75) * WIDTH,
        luck.uniform(0.2, 0.38) * HEIGHT,
        luck.uniform(0.1, 0.17) * WIDTH,
    )
    for ring in range(24):  # the graduation of an instrument around it
        turn = math.tau * ring / 24
        near, far = r * 1.25, r * (1.6 if ring % 2 else 1.4)
        ends = [(x + math.cos(turn) * reach, y + math.sin(turn) * reach) for reach in (near, far)]
        draw.line(ends, fill=sun, width=4)
    draw.ellipse((x - r, y - r, x + r, y + r), fill=sun)
    for depth, colour in enumerate(luck.choice(HILLS)):
        draw.polygon(_hill(luck, depth), fill=colour)
    return picture


def _hill(luck: Random, depth: int) -> list[tuple[float, float]]:
    base, height = HEIGHT * (0.55 + 0.14 * depth), HEIGHT * (0.16 - 0.03 * depth)
    waves = [(luck.uniform(1, 4), luck.uniform(0, math.tau), luck.uniform(0.3, 1)) for _ in range(3)]
    line = []
    for step in range(0, WIDTH + 1, 8):
        rise = sum(part * math.sin(math.tau * often * step / WIDTH + start) for often, start, part in waves)
        line.append((float(step), base - height * rise / 2))
    return [*line, (float(WIDTH), float(HEIGHT)), (0.0, float(HEIGHT))]


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    return picture.resize((width, round(HEIGHT * width / WIDTH)))


def _webp(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=80, method=1)
    return out.getvalue()
