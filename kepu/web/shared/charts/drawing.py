"""What all charts are made of: their frame, their shapes and words, and the round number a scale ends with. Pure."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.safestring import SafeString


def frame(name: str, *, title: str, desc: str, height: int) -> Element:
    """An empty chart of ``height`` pixels and the width of its room. ``name`` is one of its own on the page."""
    svg = Element(
        "svg",
        {
            "class": "chart", "role": "img", "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-desc",
            "width": "100%", "height": str(height), "fill": "currentColor", "focusable": "false",
        },
    )  # fmt: skip
    SubElement(svg, "title", {"id": f"{name}-title"}).text = title
    SubElement(svg, "desc", {"id": f"{name}-desc"}).text = desc
    return svg


def box(svg: Element, kind: str, *, x: float, y: float, width: float, height: float) -> None:
    """A rectangle; ``x`` and ``width`` in shares of the width (0 to 100), the rest in pixels."""
    SubElement(
        svg,
        "rect",
        {"class": kind, "x": share(x), "y": pixels(y), "width": share(width), "height": pixels(height)},
    )


def line(svg: Element, kind: str, *, y: float) -> None:
    """A level line over the whole width."""
    SubElement(
        svg, "line", {"class": kind, "x1": "0", "x2": "100%", "y1": pixels(y), "y2": pixels(y), "stroke": "currentColor"}
    )  # fmt: skip


def words(
    svg: Element, kind: str, text: str, *, x: float, y: float, anchor: str = "start", dx: int = 0
) -> None:
    """A line of text, its foot at ``y``."""
    placed = {"class": kind, "x": share(x), "y": pixels(y), "text-anchor": anchor}
    SubElement(svg, "text", placed | ({"dx": str(dx)} if dx else {})).text = text


def drawn(svg: Element) -> SafeString:
    """The markup; whatever stands in titles and labels has been escaped."""
    return SafeString(tostring(svg, encoding="unicode"))


def share(part: float) -> str:
    return f"{part:.2f}%"


def pixels(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def round_top(most: int) -> int:
    """The number a scale ends with: 1, 2, 5 or 10 times a power of ten, and not below ``most`` (at least 1)."""
    power = 1
    while power * 10 < most:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)
