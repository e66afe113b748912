"""The two-dimensional code that leads from paper to a page: as modules to be drawn, and as a picture for an office document."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white around it, as its standard asks (ISO/IEC 18004)
PIXELS = 8  # for each module of the picture
LONGEST = 2000  # bytes; about what the largest code of this level holds


def modules(text: str) -> Sequence[Sequence[bool]]:
    """The dark and the light modules, the quiet zone included; the level of correction is M, for a print that is handled."""
    return _code(text).get_matrix()


def path(text: str) -> tuple[str, int]:
    """The dark modules as the ``d`` of an SVG path, and the width of the whole in modules."""
    rows = modules(text)
    drawn = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            drawn.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return "".join(drawn), len(rows)


def svg(text: str) -> str:
    """The code as a picture of its own, black on white."""
    drawn, width = path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{width}v{width}H0z"/><path d="{drawn}"/></svg>'
    )


def png(text: str) -> bytes:
    """The code as a PNG."""
    out = BytesIO()
    _code(text).make_image().save(out)
    return out.getvalue()


def _code(text: str) -> qrcode.QRCode:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, box_size=PIXELS)
    code.add_data(text.encode()[:LONGEST])
    code.make(fit=True)
    return code
