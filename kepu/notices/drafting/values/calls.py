"""Which call for works or materials a part of a text belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kepu.notices.drafting.values.codes import code_for

if TYPE_CHECKING:
    from kepu.notices.drafting.context import Context
    from kepu.notices.drafting.text.sentences import Sentence

_CALLS = (
    (re.compile(r"历(?:年|史).{0,4}(?:图片|照片)"), "history_pictures"), (re.compile(r"主场.{0,6}(?:素材|材料)"), "main_venue_material"), (re.compile(r"宣传素材|素材|宣传材料"), "publicity_material"), (re.compile(r"微视频|短视频|视频"), "videos"),
    (re.compile(r"摄影|照片|图片"), "photos"), (re.compile(r"征文|文章"), "essays"), (re.compile(r"海报|漫画|绘画|书画"), "drawings"), (re.compile(r"案例"), "cases"), (re.compile(r"作品|大赛|比赛|竞赛"), "works"),
)  # fmt: skip


def call_by(title: str) -> str:
    """The code for a call with this title."""
    return next((code for pattern, code in _CALLS if pattern.search(title)), "") or code_for(
        title, prefix="call"
    )


def call_code(context: Context, sentence: Sentence) -> str:
    """The call a sentence belongs to: that of its attachment, of its headings, of the notice itself."""
    for proposal in context.proposals:
        if proposal.kind == "call" and proposal.number and sentence.number.startswith(proposal.number):
            return str(proposal.params["code"])
    calls = [p for p in context.proposals if p.kind == "call"]
    if len(calls) == 1 and not sentence.block.attachment:
        return str(calls[0].params["code"])
    words = [
        *sentence.titles,
        next(
            (
                a["title"]
                for a in context.value("attachments", [])
                if sentence.block.attachment == f"附件{a['number']}"
            ),
            "",
        ),
        str(context.value("title", "")),
    ]
    for said in words:
        for pattern, code in _CALLS:
            if said and pattern.search(said):
                return code
    return "materials"
