"""Who issues jointly: the names that sign, in their order; else those that the text lists as 主办单位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found, Span
from kepu.notices.drafting.text.outline import Block
from kepu.notices.drafting.values.names import NAME, is_name, names_in

ORDER = 3
_HOSTS = re.compile(r"主办单位|联合主办|主办方")
_DATE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二一][〇零九].{2}年.{1,2}月.{1,3}日|.{2,40}印发$")


def recognise(context: Context) -> Iterator[Found]:
    names, spans = _signed(context)
    if len(names) < 2:
        names, spans = _titled(context)
    if len(names) < 2:
        names, spans = _listed(context)
    if len(names) >= 2:
        yield Found("joint_issuers", names, tuple(spans), 0.9, "joint_issuers")


def _signed(context: Context) -> tuple[list[str], list[Span]]:
    """The longest run of names under the text. A name that its line cuts goes on in the next."""
    best: tuple[list[str], list[Span]] = ([], [])
    names: list[str] = []
    spans: list[Span] = []
    half: Block | None = None
    contact = True
    for block in context.reading.blocks:
        if block.number != "落款" or block.is_list:
            half = None
            continue
        said = names_in(block.text)
        whole = names_in(half.text + block.text) if half is not None else []
        if whole:
            said = whole
        if said and not contact:
            names += said
            spans.append(context.reading.span((half or block).start, block.start + len(block.text)))
            half = None
        elif half is None and names and _is_half(block.text):
            half = block
        else:
            half = None
            if len(names) > len(best[0]):
                best = (names, spans)
            names, spans = (
                (said, [context.reading.span(block.start, block.start + len(block.text))])
                if said
                else ([], [])
            )
        contact = "联系" in block.text and "：" in block.text and not said
    if len(names) > len(best[0]):
        best = (names, spans)
    return list(dict.fromkeys(best[0])), best[1]


def _titled(context: Context) -> tuple[list[str], list[Span]]:
    """Those that the title names before 关于."""
    title = context.found.get("title")
    names = names_in(str(title.value).partition("关于")[0]) if title is not None else []
    return (names, list(title.spans[:1])) if title is not None and len(names) > 1 else ([], [])


def _is_half(text: str) -> bool:
    return (
        4 <= len(text) <= 30
        and re.fullmatch(r"[\u4e00-\u9fff（）]+", text) is not None
        and not _DATE.search(text)
    )


def _listed(context: Context) -> tuple[list[str], list[Span]]:
    for i, block in enumerate(context.reading.blocks):
        if block.attachment or not _HOSTS.search(block.text[:30]):
            continue
        text = block.text.partition("：")[2]
        at = block.start + len(block.text) - len(text)
        if (
            not text
            and block.is_heading
            and _HOSTS.search(block.title)
            and i + 1 < len(context.reading.blocks)
        ):
            text, at = context.reading.blocks[i + 1].text, context.reading.blocks[i + 1].start
        names = [n for n in re.split(r"[、，； \t]+", text.rstrip("。等")) if n]
        if (
            len(names) >= 2
            and sum(is_name(n) or NAME.fullmatch(n) is not None for n in names) >= len(names) * 0.8
        ):
            return names, [context.reading.span(at, at + len(text))]
    return [], []
