"""Theme and sub-theme: their words, that they are still open, and who may set a sub-theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal, Span
from kepu.notices.drafting.text.sentences import Sentence

_HEADING = re.compile(r"(?:[^，。；]{0,14}?)(?P<sub>副|子|分)?主题(?:和时间|与时间|为|是)?")
_NAMED = re.compile(
    r"(?P<name>[^，。；：“”（）和及]{0,14}?(?P<sub>副|子|分)?主题)(?:（[^（）]{1,12}）)?(?:确定|拟定|暂定|定)?(?:[为是]：|为|是|：|——|(?=待定|另行)|(?<=主题)(?=“))(?=(?P<rest>.{2,160}))"
)
_QUOTED = re.compile(
    r"(?:以|围绕|紧扣|紧紧围绕|突出|聚焦|根据|按照)“(?P<text>[^“”]{4,60})”(?:为|这一|的|这个|深入|广泛|认真)?(?:组织|开展|举办)?(?:活动)?(?P<sub>副)?主题"
)
_BARE = re.compile(
    r"(?:围绕|紧扣|以)(?P<text>[^，。；：“”（）为]{6,30}?)(?:为|这一)?(?P<sub>副)?主题(?=[，。；]|开展|举办|举行|组织)"
)
_RIGHT = re.compile(
    r"(?:拟定|确定|设定|设计|制定|自拟|提出|选定|设立|策划|拟)(?:本地区?|本单位|本部门|各自|相应|具体|活动|、){0,4}的?(?:活动)?(?P<term>(?:活动)?(?:副|子|分)?主题)(?![宣教党日班团词展讲活])"
)
_WHO = re.compile(r"(?:各|有关)[^，。；可]{1,30}")
_OPEN = re.compile(r"待定|另行(?:通知|公布|确定)|尚未确定|待[^，。；]{2,20}(?:公布|确定|下发)")
_TENTATIVE = re.compile(r"暂定|拟定|暂拟")
_WAITS = re.compile(
    r"(?:^|[（，])(?:根据|按照?|以|待)?(?P<what>[^（），。]{4,40}?)(?:的)?(?:要求|规定|精神)?(?:确定|公布后?确定|为准|公布|下发后?)"
)
_STOP = re.compile(r"[。；（]|，(?=定于|时间|活动时间|于|拟于|自|从\d|将于|在全|各地|各单位|由|主要)|\t")
_NOT = re.compile(r"邮件|主题(?:教育|党日|宣传|活动|班会|团日|词|展|公园|讲座|曲)")
_SETTERS = (
    ("各地", "region"),
    ("各市", "region"),
    ("各县", "region"),
    ("各区", "region"),
    ("各镇", "region"),
    ("部门", "department"),
    ("单位", "unit"),
    ("学校", "unit"),
    ("主办方", "host"),
    ("举办单位", "host"),
    ("主办单位", "host"),
)


def recognise(context: Context) -> Iterator[Proposal]:
    said: set[str] = set()
    last: tuple[Span, ...] = ()
    sentences = context.body()
    for i, sentence in enumerate(sentences):
        previous = sentences[i - 1] if i else None
        for proposal in _of(context, sentence, previous):
            role = str(proposal.params.get("role", "theme"))
            if role == "right" or role not in said or proposal.spans == last:
                said.add(role)
                last = proposal.spans
                yield proposal
    if "theme" not in said:
        yield from _in_passing(context, sentences)


def _of(context: Context, sentence: Sentence, previous: Sentence | None) -> Iterator[Proposal]:
    if "主题" not in sentence.text and not (previous and "主题" in previous.text):
        return
    named = [
        m for m in _NAMED.finditer(sentence.text) if not _NOT.search(m[0][: m.start("rest") - m.start()])
    ]
    if named:
        for m in named:
            yield from _named(context, sentence, m["rest"], bool(m["sub"]), m["name"].strip())
    elif _follows_heading(sentence, previous) and _is_plain(sentence):
        head = _HEADING.fullmatch(sentence.block.title) or (
            previous and _HEADING.fullmatch(previous.block.title)
        )
        yield from _named(context, sentence, sentence.text, bool(head and head["sub"]), "")
    yield from _right(context, sentence)


def _is_plain(sentence: Sentence) -> bool:
    """Whether it may be the words of a theme, and speaks of none."""
    if sentence.block.is_heading or "主题" in sentence.text:
        return False
    return len(sentence.text) <= 80 and not re.match(r"各|要|请", sentence.text)


def _follows_heading(sentence: Sentence, previous: Sentence | None) -> bool:
    """Whether it is the first sentence under a heading such as 活动主题."""
    if previous is None:
        return False
    if previous.block.is_heading and _HEADING.fullmatch(previous.block.title):
        return True
    return (
        sentence.block_index == previous.block_index
        and sentence.start == sentence.block.start + sentence.block.body > sentence.block.start
        and _HEADING.fullmatch(sentence.block.title) is not None
    )


def _named(context: Context, sentence: Sentence, rest: str, is_sub: bool, term: str) -> Iterator[Proposal]:
    rest = rest.strip()
    role = "subtheme" if is_sub else "theme"
    stop = _STOP.search(rest)
    head = rest[: stop.start()] if stop else rest
    if _OPEN.match(rest.lstrip("“（")) or _OPEN.fullmatch(head):
        waits = _WAITS.search(rest)
        yield context.propose(
            "theme",
            "theme",
            {"role": role},
            sentence,
            0.9,
            status="pending",
            waits_for=waits["what"] if waits else "主题公布",
        )
        return
    quoted = re.match(r"(?:：)?“([^“”]{2,80})”(?=[，。；（—]|$)", rest)
    text = (quoted[1] if quoted else head).strip("“”。，；：! ")
    if not 3 <= len(text) <= 60 or text.startswith(("的", "开展", "要", "在", "进行")):
        return
    at = sentence.text.find(text)
    if at >= 0:
        text = context.as_written(sentence, at, at + len(text))
    params: dict[str, Any] = {"role": role, "text": text}
    tentative = _TENTATIVE.search(rest[len(head) : len(head) + 12]) or _TENTATIVE.search(
        sentence.text[: sentence.text.find(rest[:4])]
    )
    yield context.propose(
        "theme",
        "theme",
        params,
        sentence,
        0.95 if term else 0.9,
        status="tentative" if tentative else "final",
    )


def _right(context: Context, sentence: Sentence) -> Iterator[Proposal]:
    for m in _RIGHT.finditer(sentence.text):
        before = sentence.text[max(0, m.start() - 70) : m.start()]
        named = list(_WHO.finditer(before))
        if not named or not re.search("可|自行|自拟|鼓励", sentence.text[: m.end()]):
            continue
        who = list(dict.fromkeys(code for word, code in _SETTERS if word in named[-1][0]))
        if "host" in who and "unit" in who:
            who.remove("unit")
        if who:
            term = ("活动" if before.endswith("活动") or "活动" + m["term"] in m[0] else "") + m[
                "term"
            ].removeprefix("活动")
            params = {"role": "right", "set_by": who, "term": term}
            yield context.propose("theme", "theme", params, sentence, 0.92, strictness="none")
            return


def _in_passing(context: Context, sentences: list[Sentence]) -> Iterator[Proposal]:
    """The theme as the opening or a first section says it in passing: 以“…”为主题."""
    near = sentences[:60]
    for sentence in [*(s for s in near if s.block.level < 3), *(s for s in near if s.block.level >= 3)]:
        if sentence.block.attachment and len(sentence.number) > 5:
            continue
        if m := _QUOTED.search(sentence.text) or _BARE.search(sentence.text):
            role = "subtheme" if m["sub"] else "theme"
            text = context.as_written(sentence, *m.span("text"))
            yield context.propose("theme", "theme", {"role": role, "text": text}, sentence, 0.75)
            return
