"""The official document as PDF: tagged, so that it can be read aloud, and the same bytes for the same notice."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from kepu.notices.format.schema import NoticeFile
from kepu.notices.official import faces
from kepu.notices.official import measures as m
from kepu.notices.official.document import (
    AttachmentList,
    AttachmentPage,
    Block,
    FormTable,
    Imprint,
    OfficialDocument,
    RedHead,
    Signature,
)
from kepu.notices.official.layout import official_document

_TEMPLATE = Path(__file__).with_name("official.typ")
_FACES = {
    "title": faces.SONG_TITLE, "fangsong": faces.FANG_SONG, "hei": faces.HEI, "kai": faces.KAI, "song": faces.SONG,
}  # fmt: skip
_MEASURES = {
    "page": m.PAGE_MM, "top": m.TOP_MM, "bottom": m.BOTTOM_MM, "left": m.LEFT_MM, "right": m.RIGHT_MM, "pitch": m.PITCH_PT,
    "line": m.LINE_PT, "titleline": m.TITLE_LINE_PT, "two": m.SIZE_2, "three": m.SIZE_3, "four": m.SIZE_4,
    "small": m.SIZE_SMALL_4, "red": f"#{m.RED}", "below": m.NUMBER_BELOW_TEXT_MM, "headfromtop": m.HEAD_FROM_TOP_MM,
    "ruleafter": m.RULE_BELOW_NUMBER_MM, "redrule": m.RED_RULE_MM, "outer": m.OUTER_RULE_MM, "inner": m.INNER_RULE_MM,
    "characters": m.CHARACTERS,
}  # fmt: skip


def to_pdf(notice: NoticeFile, *, names: Mapping[str, Any] | None = None) -> bytes:
    """The notice as a PDF/UA-1; as a tagged PDF without that claim where it holds a sign that no font at hand can draw.

    Faces come from the folder in the setting ``KEPU_FONTS`` and from the system, where they are; otherwise the stand-in
    that comes with the software. ``names`` as for :func:`official_document`.
    """
    official = official_document(notice, names=names)
    day = (
        datetime.combine(official.issued, time(), UTC)
        if official.issued
        else datetime(2000, 1, 1, tzinfo=UTC)
    )
    return compiled(_TEMPLATE, at=day, document=_data(official))


def compiled(template: Path, *, at: datetime, **told: Any) -> bytes:
    """A PDF/UA-1 drawn by a template from plain data, each under its name; a tagged PDF without that claim where it holds a
    sign that no font at hand can draw. The same data at the same instant make the same bytes."""
    inputs = {name: json.dumps(data, ensure_ascii=False) for name, data in told.items()}
    compiler = typst.Compiler(
        root=template.parent, font_paths=fonts(str(settings.KEPU_FONTS)), sys_inputs=inputs
    )
    try:
        made = compiler.compile(template, format="pdf", pdf_standards="ua-1", timestamp=at)
    except typst.TypstError as fault:
        if "PDF/UA" not in fault.message:
            raise
        made = compiler.compile(template, format="pdf", timestamp=at)
    assert isinstance(made, bytes)
    return made


def _data(official: OfficialDocument) -> dict[str, Any]:
    """What the template draws: runs of pages of one orientation, each with its blocks."""
    runs: list[dict[str, Any]] = [{"wide": False, "blocks": []}]
    for block in official.blocks:
        wide = isinstance(block, AttachmentPage) and block.wide
        if isinstance(block, AttachmentPage | Imprint) and wide != runs[-1]["wide"]:
            runs.append({"wide": wide, "blocks": []})
        runs[-1]["blocks"].append(_drawn(block))
    there = families(str(settings.KEPU_FONTS))
    return {
        "title": official.title, "issuer": official.issuer, "runs": runs, "measures": _MEASURES,
        "faces": {name: face_of(face, there) for name, face in _FACES.items()},
    }  # fmt: skip


def _drawn(block: Block) -> dict[str, Any]:
    data = {"kind": type(block).__name__, **asdict(block)}
    match block:
        case RedHead():
            data["size"] = m.head_size(block.lines)
        case AttachmentList():
            data["intro"] = block.INTRO
            data["items"] = [{"label": label, "title": title} for label, title in block.items]
        case Signature():
            names, date = block.from_right()
            data |= {"namesright": names, "dateright": date, "columns": max(len(row) for row in block.rows)}
        case FormTable():
            data["uprighthead"] = block.UPRIGHT
        case Imprint():
            data["intro"] = block.COPIES
    return data


def face_of(face: faces.Face, there: Mapping[str, str]) -> dict[str, Any]:
    """For a template: the first family of a face that is there, with the stand-in behind it for what it cannot draw."""
    found = next((there[name.lower()] for name in face.families if name.lower() in there), None)
    if found is None:
        return {"font": [faces.STAND_IN], "weight": face.weight}
    return {"font": [found, faces.STAND_IN], "weight": 400}


@lru_cache(maxsize=4)
def fonts(folder: str) -> typst.Fonts:
    """The fonts at hand, looked for once in the life of a process."""
    paths = [str(files("justmytype_intl_cjk") / "fonts"), *([folder] if folder else [])]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=paths)


@lru_cache(maxsize=4)
def families(folder: str) -> dict[str, str]:
    """The names of the families at hand, by the same in small letters."""
    return {family.lower(): family for family in fonts(folder).families()}
