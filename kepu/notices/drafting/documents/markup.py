"""HTML to lines: a block is a line, a row of a table is one with its cells apart by tabs; what leads elsewhere is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from kepu.notices.drafting.documents import limits
from kepu.notices.drafting.documents.document import DocumentRefused
from kepu.notices.drafting.documents.plain import decoded
from kepu.notices.drafting.documents.refusing import too_big, too_long

_DROPPED = frozenset({
    "head", "script", "style", "noscript", "template", "nav", "aside", "footer", "iframe", "object", "embed", "svg", "math",
    "canvas", "video", "audio", "button", "select", "option", "datalist", "textarea", "input", "dialog", "menu",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,30})""", re.IGNORECASE)
_DECLARED = re.compile(r"\s*<\?xml[^>]*\?>", re.IGNORECASE)
_CODECS = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb18030": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
}  # fmt: skip
_SOURCE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_DEEPEST = 120


def page_text(content: bytes) -> str | None:
    """The characters of a page: as it says itself, else as any text; a page that says so may have a bad character."""
    said = _CHARSET.search(content[:4096])
    codec = _CODECS.get(said[1].decode("ascii").lower(), "") if said else ""
    if not codec or content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decoded(content)
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return decoded(content) or content.decode(codec, "replace")


def read_page(text: str) -> list[str]:
    """The lines of a page. Raises :class:`DocumentRefused` for more than a notice could be."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    declared = _DECLARED.match(text)
    try:
        root = html.document_fromstring(text[declared.end() if declared else 0 :], parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    if sum(1 for _element in root.iter()) > limits.MAX_ELEMENTS:
        raise DocumentRefused(too_big())
    return _Reader().lines(root)


class _Reader:
    """Goes through a page once, in its order."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._characters = 0

    def lines(self, root: etree._Element) -> list[str]:
        self._block(root, 0)
        self._end()
        return self._lines

    def _end(self) -> None:
        if text := " ".join(_SOURCE_BREAK.sub("", "".join(self._line)).split()):
            self._keep(text)
        self._line = []

    def _keep(self, line: str) -> None:
        self._lines.append(line)
        self._characters += len(line)
        if self._characters > limits.MAX_CHARACTERS or len(self._lines) > limits.MAX_LINES:
            raise DocumentRefused(too_long())

    def _block(self, element: etree._Element, depth: int) -> None:
        name = element.tag
        if not isinstance(name, str) or name in _DROPPED or _is_hidden(element):
            return
        if depth > _DEEPEST:
            self._line.append(" ".join(element.itertext()))
            return
        if name == "header" and not any(a.tag in ("article", "main") for a in element.iterancestors()):
            return
        if name == "br":
            self._end()
        elif name == "table":
            self._end()
            self._table(element, depth)
        else:
            if name in _BLOCKS:
                self._end()
            self._inside(element, depth)
            if name in _BLOCKS:
                self._end()

    def _inside(self, element: etree._Element, depth: int) -> None:
        kept = element.tag == "pre"
        self._say(element.text, kept=kept)
        for child in element:
            self._block(child, depth + 1)
            self._say(child.tail, kept=kept)

    def _say(self, text: str | None, *, kept: bool) -> None:
        """Words of the line; where line ends are ``kept`` as they were typed, each ends one."""
        for at, part in enumerate((text or "").split("\n") if kept else (text or "",)):
            if at:
                self._end()
            self._line.append(part)

    def _table(self, table: etree._Element, depth: int) -> None:
        """Rows as lines. A table that only arranges the page (tables inside, or one cell full of blocks) is no table."""
        for row in _rows(table):
            cells = [c for c in row if c.tag in ("td", "th") and not _is_hidden(c)]
            if (
                row.tag == "caption"
                or len(cells) == 1
                or any(next(c.iter("table"), None) is not None for c in cells)
            ):
                for part in cells or [row]:
                    self._inside(part, depth)
                    self._end()
                continue
            texts: list[str] = []
            for cell in cells:
                texts += [" ".join(_words(cell)), *[""] * (_span(cell) - 1)]
            if any(texts):
                self._keep("\t".join(texts))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag in ("tr", "caption"):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _words(cell: etree._Element) -> list[str]:
    """The lines of a cell; a cell is read by a reader of its own so that its blocks stay one cell."""
    return _Reader().lines(cell)


def _span(cell: etree._Element) -> int:
    text = str(cell.get("colspan") or "1")
    return max(1, min(int(text), 60)) if re.fullmatch(r"\d{1,4}", text) else 1


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("role") in ("navigation", "search", "banner", "contentinfo")
        or bool(_HIDDEN.search(element.get("style") or ""))
    )
