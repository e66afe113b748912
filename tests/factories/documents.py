"""Files as people send them, made on the spot: DOCX from the XML inside it, PDF from words, pages or bare operators."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

import docx
import justmytype_intl_cjk
import typst

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


@cache
def _blank() -> bytes:
    return saved(docx.Document())


def saved(document) -> bytes:
    """A document of python-docx as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_docx(body: str, **parts: str | bytes) -> bytes:
    """A DOCX with this body; ``parts`` replace or add files inside it, with ``__`` for ``/`` and ``_dot_`` for the dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): text for name, text in parts.items()}
    named["word/document.xml"] = named.get("word/document.xml") or (
        f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    )
    return rezipped(_blank(), named)


def rezipped(content: bytes, parts: dict[str, str | bytes]) -> bytes:
    """The same archive with some of its files replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*(n for n in old.namelist() if n not in parts), *parts]:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph: words as runs, what begins with ``<`` as it is."""
    inner = "".join(
        r if r.startswith("<") else f'<w:r><w:t xml:space="preserve">{r}</w:t></w:r>' for r in runs
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, number: int, level: int = 0) -> str:
    """A paragraph that Word numbers by itself."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def row(*cells: str, properties: str = "") -> str:
    """A row of a table: words as cells, what begins with ``<`` as the inside of one."""
    inner = "".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in cells)
    return f"<w:tr>{properties}{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


PAGE = "#set page(width: 210mm, height: 297mm, margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm){more})\n"
TEXT = '#set text(font: "Noto Sans SC", size: 16pt, lang: "zh")\n#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n'


def a_pdf(
    source: str, *, page: str = "", files: dict[str, bytes] | None = None, folder: Path | None = None
) -> bytes:
    """A PDF as a word processor would make it, from Typst's marks; ``page`` adds to the page's settings."""
    fonts = str(Path(justmytype_intl_cjk.__file__).parent / "fonts")
    text = PAGE.replace("{more}", f", {page}" if page else "") + TEXT + source
    if folder is None:
        return typst.compile(text.encode(), font_paths=[fonts])
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content)
    (folder / "main.typ").write_text(text, "utf-8")
    return typst.compile(str(folder / "main.typ"), font_paths=[fonts])


def a_bare_pdf(*pages: bytes, trailer: bytes = b"", page: bytes = b"", pack: bool = True) -> bytes:
    """A PDF of one drawn page for each string of operators; ``/F`` is a font. ``trailer`` and ``page`` add entries."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    things = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for i, drawn in enumerate(pages):
        things.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R%s>>"
            % (5 + 2 * i, page)
        )
        stream = zlib.compress(drawn, 9) if pack else drawn
        things.append(
            b"<</Length %d%s>>stream\n%s\nendstream"
            % (len(stream), b"/Filter/FlateDecode" if pack else b"", stream)
        )
    out, places = b"%PDF-1.5\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(things) + 1, trailer, len(out))
    return out + head + table + tail


def a_png(width: int = 40, height: int = 60) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
