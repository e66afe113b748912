"""The notice inside its own document: a DOCX of ours carries the notice's file, good for as long as its words are as written.

Word and WPS keep a custom XML part when they save. It holds the TOML and a digest of it and of the text that a reader
sees, so a document that was only opened, restyled or stamped gives back the same clauses, while one in which somebody has
changed a word gives nothing: then the words count, and the recognisers read them. The digest tells changes, it proves
nothing about who made the file; what is read from it is a draft that a person confirms.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from kepu.notices.format.problems import NoticeFileRefused
from kepu.notices.format.reading import LARGEST, read_notice
from kepu.notices.format.schema import NoticeFile
from kepu.notices.official.package import NotAPackage, parts, xml

NAMESPACE = "urn:kepu:notice:1"
_ITEM = "{8C0B5E57-6C0E-4C53-9B6F-0D9F7B1A2023}"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_WANTED = re.compile(r"word/document\.xml|customXml/item\d{1,4}\.xml")
_MOST_WANTED = 40

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT = f"{_W}p", f"{_W}t"
_GONE = (f"{_W}moveFrom", f"{_W}del", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
# What a reader sees beside words, or no longer sees although it is there: its coming changes the document as well.
# A picture does not: it is the seal. The words of a text box are words.
_MARKS = frozenset(
    f"{_W}{name}"
    for name in (
        "footnoteReference", "endnoteReference", "sym", "numPr", "vanish", "webHidden", "noBreakHyphen", "softHyphen",
        "altChunk",
    )
)  # fmt: skip


def embed(document: Document, toml: str) -> None:
    """Put the notice's file into its document, which says by now all that it will say."""
    body = xml(document.part.blob)
    root = etree.Element(f"{{{NAMESPACE}}}notice", nsmap={None: NAMESPACE}, digest=_digest(body, toml))
    root.text = base64.encodebytes(toml.encode()).decode("ascii")  # as it stands: XML would mend line ends
    package = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", _bytes(root), package)
    properties = etree.Element(
        f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": _ITEM}, nsmap={"ds": _STORE}
    )
    references = etree.SubElement(properties, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": NAMESPACE})
    described = Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, _bytes(properties), package)
    item.relate_to(described, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def embedded_in(content: bytes) -> str:
    """The TOML that an unchanged document of ours carries; "" for a changed one, one of others, and what is no DOCX."""
    try:
        found = dict(parts(content, named=_WANTED, most=_MOST_WANTED))
        body = xml(found.pop("word/document.xml", b""))
        for part in found.values():
            if f'"{NAMESPACE}"'.encode() in part or f"'{NAMESPACE}'".encode() in part:
                return _kept(xml(part), body)
    except NotAPackage:
        pass
    return ""


def read_official(content: bytes) -> NoticeFile | None:
    """The notice that an unchanged document of ours carries; None for anything else."""
    toml = embedded_in(content)
    try:
        return read_notice(toml) if toml else None
    except NoticeFileRefused:
        return None


def visible_text(body: Any) -> str:
    """What a reader sees in ``word/document.xml``, a paragraph a line, without spaces, which programs treat freely."""
    lines: list[list[str]] = []
    for element in body.iter(etree.Element):
        if element.tag == _PARAGRAPH or not lines:
            lines.append([])
        if element.tag in _MARKS:
            lines[-1].append(f"\x00{etree.QName(element).localname}")
        elif element.tag == _TEXT and element.text and not any(True for _a in element.iterancestors(*_GONE)):
            lines[-1].append("".join(element.text.split()))
    return "\n".join(line for parts in lines if (line := "".join(parts)))


def _digest(body: Any, toml: str) -> str:
    return hashlib.sha256(f"{visible_text(body)}\x00{toml}".encode()).hexdigest()


def _kept(root: Any, body: Any) -> str:
    if root.tag != f"{{{NAMESPACE}}}notice":
        return ""
    try:
        toml = base64.b64decode("".join((root.text or "").split()), validate=True)
        text = toml.decode() if len(toml) <= LARGEST else ""
    except (binascii.Error, ValueError):
        return ""
    return text if text and root.get("digest") == _digest(body, text) else ""


def _bytes(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
