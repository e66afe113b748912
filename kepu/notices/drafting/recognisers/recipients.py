"""To whom a notice is sent: the 主送 above the text or below it, cut into groups, and the 抄送 as cc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Found
from kepu.notices.drafting.text.outline import Block
from kepu.notices.drafting.values.bodies import Body, bodies_in
from kepu.notices.drafting.values.names import is_name

ORDER = 10
_TO = re.compile(r"主送(?:单位|机关)?[：:]")
_CC = re.compile(r"抄[送报](?:单位|机关)?[：:]")
_OPENS = re.compile(
    r"各|有关|相关|校|院|省|市|县|区|镇|乡|州|全|驻|中央|国务院|中共|新疆|[\u4e00-\u9fff]{2,12}(?:省|市|县|区|局|厅|委|部|办|会|校|学|司|团|院)"
)
_GROUP = re.compile(
    r"各|有关|省[级直属区]|市[级直属]|县[级直属]|区[级直属]|省（|全国|驻|新疆|[^、]{2,24}成员单位"
)
SEARCHED, LONGEST = 25, 3000


def recognise(context: Context) -> Iterator[Found]:
    groups: list[dict[str, Any]] = []
    spans = []
    to = next((b for b in context.reading.blocks if _TO.match(b.text)), None) or _above_the_text(context)
    cc = next((b for b in context.reading.blocks if _CC.match(b.text)), None)
    for block, pattern, role in ((to, _TO, "to"), (cc, _CC, "cc")):
        if block is None:
            continue
        lead = pattern.match(block.text)
        text = block.text[lead.end() if lead else 0 : LONGEST].rstrip("：。:. ")
        groups += _groups(text, role, context)
        spans.append(context.reading.span(block.start, block.start + len(block.text)))
    if groups:
        yield Found("recipients", groups, tuple(spans), 0.9, "recipients")


def _above_the_text(context: Context) -> Block | None:
    """The first line that ends in a colon and begins with a body, before anything numbered."""
    for block in context.reading.blocks[:SEARCHED]:
        if block.level or block.attachment:
            return None
        if (
            block.text.endswith(("：", ":"))
            and _OPENS.match(block.text)
            and not re.search("如下|。", block.text)
        ):
            return block
    return None


def _groups(text: str, role: str, context: Context) -> list[dict[str, Any]]:
    parts = [p for p in _split(text, "；") for p in _split(p, "，") if p.strip()]
    if len(parts) == 1:
        parts = _at_openings(parts[0])
    if role == "cc" and not any(re.match("各|有关", p) for p in parts):
        names = [n for p in parts for n in _split(p, "、") if n]
        if names and not any(bodies_in(n, context.level) for n in names if n.startswith("各")):
            return [{"role": "cc", "title": text, "names": names}]
    return [_group(part.strip("、 "), role, context) for part in parts if part.strip("、 ")]


def _split(text: str, mark: str) -> list[str]:
    """Cut at a mark that stands outside brackets."""
    parts, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "（") - (char == "）")
        if char == mark and depth <= 0:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]


def _at_openings(text: str) -> list[str]:
    """Cut at a 、 behind which another kind of recipient begins."""
    parts: list[str] = []
    for piece in _split(text, "、"):
        if parts and not _GROUP.match(piece):
            parts[-1] += f"、{piece}"
        else:
            parts.append(piece)
    return parts


def _group(title: str, role: str, context: Context) -> dict[str, Any]:
    group: dict[str, Any] = {} if role == "to" else {"role": role}
    group["title"] = title
    bodies = bodies_in(title, context.level, context.members, bare=True)
    if (
        is_name(title)
        and not title.startswith(
            ("各", "市级", "省级", "县级", "区级", "有关", "全", "市直", "省直", "县直", "区直")
        )
        and not any("members_of" in b.audience for b in bodies)
    ):
        return group | {"names": [title]}
    for key in ("kinds", "lines", "levels", "members_of", "place_kinds", "designations"):
        values = list(dict.fromkeys(v for b in bodies for v in _values(b, key)))
        if values:
            group[key] = values
    if len(group.get("lines", ())) > 1:
        if "association" in group.get("kinds", ()):
            group["lines"] = ["kx", *group["lines"]]
        group.pop("kinds", None)
    return group


def _values(body: Body, key: str) -> list[str]:
    inner = body.audience.get("any_of") or [body.audience]
    return [v for a in inner for v in a.get(key, ())]
