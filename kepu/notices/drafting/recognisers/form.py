"""Forms: tables of attachments with their columns, forms that are only named, and what a summary has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Flag, Proposal
from kepu.notices.drafting.text.outline import Block
from kepu.notices.drafting.values.columns import columns_of, is_head, with_sample
from kepu.notices.drafting.values.forms import form_code

_FORM = re.compile(r"表(?!现|达|示|彰|扬)|清单|回执|申报书|推荐书|登记卡|样式|模板|承诺书")
_FIELD = re.compile(r"(?P<title>[\u4e00-\u9fff]{2,10}(?:（盖章）|（公章）|（章）)?)：")
_ROW_OF = (
    (re.compile(r"分会场|系列"), "series"),
    (re.compile(r"图片|照片|视频|素材"), "file"),
    (re.compile(r"作品"), "entry"),
    (re.compile(r"人员|个人|名单|联络员|报名"), "person"),
    (re.compile(r"活动|项目"), "activity"),
)
_MERGE = re.compile(r"(?P<m>(?:有多场|多场|同一系列)[^，。；]{2,30})")
ORDER = 70


def recognise(context: Context) -> Iterator[Proposal]:
    done: set[int] = set()
    titles: set[str] = set()
    blocks = context.reading.blocks
    for i, block in enumerate(blocks):
        if i in done or ("\t" not in block.text and " " not in block.text):
            continue
        cells = block.text.split("\t" if "\t" in block.text else " ")
        if is_head(cells):
            done |= set(range(i, i + 3))
            proposal = _table(context, i, cells)
            if proposal is not None:
                titles.add(str(proposal.params["title"]))
                yield proposal
    yield from _flattened(context, titles)
    yield from _absent(context, titles)


def _table(context: Context, at: int, cells: list[str]) -> Proposal | None:
    blocks = context.reading.blocks
    head = blocks[at]
    columns = columns_of(cells)
    if len(columns) < 3:
        return None
    title, first = _title(context, at)
    if not title:
        return None
    below = [b for b in blocks[at + 1 : at + 3] if "\t" in b.text]
    for row in below:
        with_sample(columns, row.text.split("\t"))
    above = [b for b in blocks[first + 1 : at] if b.attachment == head.attachment]
    return _proposal(context, title, columns, [blocks[first], *above, head, *below], head)


def _title(context: Context, at: int) -> tuple[str, int]:
    """The nearest line above that is the title of the table, and where it stands."""
    blocks = context.reading.blocks
    for i in range(at - 1, max(-1, at - 8), -1):
        text = blocks[i].text.strip()
        if blocks[i].attachment != blocks[at].attachment:
            break
        if len(text) <= 50 and _FORM.search(text) and not re.search("[：。；]|^注|^附件", text):
            return re.sub(r"^\d{1,2}[.、]", "", text), i
    named = next(
        (
            a["title"]
            for a in context.value("attachments", [])
            if _label(context, a["number"]) == blocks[at].attachment
        ),
        "",
    )
    return (named, max(0, at - 1)) if named and blocks[at].attachment else ("", 0)


def _label(context: Context, number: int) -> str:
    heads = {b.attachment for b in context.reading.blocks if b.attachment}
    return f"附件{number}" if f"附件{number}" in heads else "附件"


def _proposal(
    context: Context, title: str, columns: list[dict[str, Any]], blocks: list[Block], head: Block
) -> Proposal:
    words = " ".join(b.text for b in blocks)
    fields = [
        m["title"]
        for b in blocks
        if b is not head and "\t" not in b.text
        for m in _FIELD.finditer(b.text[:80])
        if not b.text.startswith("注")
    ]
    params: dict[str, Any] = {
        "code": form_code(title), "title": title, "object": next((code for p, code in _ROW_OF if p.search(title)), ""), "columns": columns,
        "header": columns_of(fields), "stamped": re.search("盖章|公章", words) is not None or None, "template": re.sub(r"\D", "", head.attachment) or ("1" if head.attachment else ""),
    }  # fmt: skip
    if m := _MERGE.search(words):
        params["merge"] = m["m"]
    spans = tuple(context.reading.span(b.start, b.start + len(b.text)) for b in blocks)
    proposal = context.propose(
        "form", "form", params, [], 0.85, number=head.attachment or head.number, spans=spans
    )
    return proposal


def _flattened(context: Context, titles: set[str]) -> Iterator[Proposal]:
    """Tables that a PDF has flattened: every cell of the head on a line of its own."""
    blocks = context.reading.blocks
    run: list[Block] = []
    for i, block in enumerate([*blocks, None]):
        short = (
            block is not None
            and block.attachment
            and not block.level
            and 2 <= len(block.text) <= 14
            and not re.search("[。；，：\t]", block.text)
        )
        if short and block is not None and (not run or run[-1].attachment == block.attachment):
            run.append(block)
            continue
        cells = [b.text for b in run]
        while cells and (cells[0].startswith("附件") or _FORM.search(cells[0])):
            cells, run = cells[1:], run[1:]
        if len(cells) >= 4 and is_head(cells):
            title, first = _title(context, i - len(run))
            columns = columns_of(cells)
            if title and title not in titles and len(columns) >= 3:
                titles.add(title)
                flag = Flag(
                    "table_flattened",
                    f"《{title}》的表格在文件里散成了单行，栏目请核对。",
                    context.reading.span(run[0].start, run[-1].start + len(run[-1].text)),
                )
                proposal = _proposal(context, title, columns, [blocks[first], *run], run[0])
                yield replace(proposal, confidence=0.55, flags=(*proposal.flags, flag))
        run = []


def _absent(context: Context, titles: set[str]) -> Iterator[Proposal]:
    """Forms that are named among the attachments and are not there."""
    found = context.found.get("attachments")
    if found is None:
        return
    for attachment, span in zip(found.value, found.spans, strict=False):
        title = attachment["title"]
        if title in titles or not _FORM.search(title) or attachment.get("known", True):
            continue
        number = f"附件{attachment['number']}" if len(found.value) > 1 else "附件"
        mention = next(
            (
                s
                for s in context.body()
                if title in s.text
                or (len(found.value) > 1 and re.search(rf"附件{attachment['number']}(?!\d)", s.text))
            ),
            None,
        )
        params = {
            "code": form_code(title), "title": title, "object": next((code for p, code in _ROW_OF if p.search(title)), ""),
            "columns_known": False, "template": str(attachment["number"]),
        }  # fmt: skip
        spans = (span, *((context.span(mention),) if mention else ()))
        flags = tuple(f for f in found.flags if f.span == span)
        where = mention.number if mention is not None and len(found.value) == 1 else number
        yield context.propose(
            "form",
            "form",
            params,
            [],
            0.85,
            number=where,
            spans=tuple(dict.fromkeys(spans)),
            status="pending",
            waits_for=f"附件《{title}》的正文",
            flags=flags,
        )
