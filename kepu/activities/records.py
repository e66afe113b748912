"""What comes after an activity, made fit for the row: links, materials, the parts of a summary. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete, Reason

MOST_LINKS, LONGEST_LINK, LONGEST_PART = 50, 500, 20_000
KINDS = ("photo", "video", "document", "other")
PICTURES = frozenset({"photo", "video"})


def cleaned_links(links: Sequence[str]) -> list[str]:
    """Addresses of the web, each once. Raises :class:`Incomplete`."""
    found = list(dict.fromkeys(text for link in links if (text := str(link).strip())))
    if len(found) > MOST_LINKS:
        raise unfit(_("报道链接最多%(most)s条。") % {"most": MOST_LINKS}, "media_links")
    for link in found:
        if not is_address(link):
            raise unfit(
                _("“%(link)s”不是网址，要以 http:// 或 https:// 开头。") % {"link": link[:60]}, "media_links"
            )
    return found


def cleaned_materials(materials: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Materials as ``{"kind", "place", "note"}``: where each photo or video is kept. Raises :class:`Incomplete`."""
    found = []
    for material in materials:
        texts = {name: str(material.get(name) or "").strip() for name in ("kind", "place", "note")}
        if not texts["place"]:
            continue
        if texts["kind"] not in KINDS:
            texts["kind"] = "other"
        if "\0" in "".join(texts.values()) or any(len(text) > LONGEST_LINK for text in texts.values()):
            raise unfit(_("成果材料的每一栏最多%(most)s个字。") % {"most": LONGEST_LINK}, "materials")
        found.append(texts)
    if len(found) > MOST_LINKS:
        raise unfit(_("成果材料最多%(most)s份。") % {"most": MOST_LINKS}, "materials")
    return found


def undeclared_pictures(materials: Sequence[Mapping[str, Any]], minors: str) -> list[Reason]:
    """Why photos and videos go no further: nobody has said a word on the children in them. Empty where that is so."""
    if minors or not any(material.get("kind") in PICTURES for material in materials):
        return []
    sentence = _(
        "交来了照片或短视频，请声明里面有没有能认出的未成年人。有的，要有监护人的书面同意；没有同意的，请遮挡或者换掉。"
    )
    return [Reason(sentence, field="minors", code="form")]


def cleaned_sections(sections: Mapping[str, Any], columns: Collection[Any]) -> dict[str, str]:
    """The parts of a summary by code; where a form says which parts there are, no others."""
    known = {column.code for column in columns}
    texts = {
        str(code): str(text or "").strip() for code, text in sections.items() if not known or code in known
    }
    if (
        len(texts) > MOST_LINKS
        or "\0" in "".join(texts.values())
        or max(map(len, texts.values()), default=0) > LONGEST_PART
    ):
        raise unfit(_("总结的每一部分最多%(most)s个字。") % {"most": LONGEST_PART}, "sections")
    return {code: text for code, text in texts.items() if text}


def is_address(link: str) -> bool:
    """Whether it is an address that a page may safely link to."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    plain = not any(character.isspace() or character == "\0" for character in link)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and plain and len(link) <= LONGEST_LINK


def unfit(sentence: str, field: str) -> Incomplete:
    """The refusal of one field that cannot be taken as it is."""
    return Incomplete(reasons=[Reason(sentence, field=field, code="form")])
