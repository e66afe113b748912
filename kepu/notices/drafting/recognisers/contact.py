"""Contact points: which desk, and what the notice gives of it. Never a name, a number or a mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.saying import without_personal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for

_GIVES = (
    ("name", re.compile(r"联\s?系\s?人|联络人|负责人：")), ("phone", re.compile(r"电\s?话|手机|热线|传真|\d{7,8}")), ("mailbox", re.compile(r"邮\s?箱|E-?mail|@")),
    ("postal_address", re.compile(r"地\s?址")), ("postcode", re.compile(r"邮\s?编|邮政编码")), ("group", re.compile(r"(?:QQ|微信|钉钉|工作)群")),
)  # fmt: skip
_LINE = re.compile(
    r"(?P<title>[^：，。；]{0,30}?)(?:联\s?系\s?人(?:及电话|和电话|及联系方式|、电话)?|联系方式|(?:联系|咨询|监督|联络|办公|技术支持)?电\s?话|(?:电子|工作|联系|投稿)?邮\s?箱|(?:邮寄|通讯|联系|通信)?地\s?址|邮\s?编|传\s?真|联络人|QQ群|微信群)(?:[^：]{0,8})："
)
_INSIDE = re.compile(r"联\s?系\s?人[^：]{0,8}：|（[^（）]{2,20}电话：[^（）]{5,40}）")
_NAMES = re.compile(r"联\s?系\s?人(?:及电话|和电话|及联系方式|、电话)?：(?P<names>[^。；]{1,60})")
_DESKS = (
    (re.compile(r"平台|系统|技术(?:支持|咨询|运营|服务)|网站"), "platform_operation"), (re.compile(r"科普部|普及部|科学技术普及部"), "popularisation_department"), (re.compile(r"领导小组办公室"), "leading_group_office"),
    (re.compile(r"省科协|省科学技术协会"), "province_association"), (re.compile(r"市科协|市科学技术协会"), "city_association"), (re.compile(r"[县区]科协|[县区]科学技术协会"), "county_association"),
    (re.compile(r"组委会"), "organising_committee"), (re.compile(r"活动中心|青少年科技中心"), "organising_centre"), (re.compile(r"办公室"), "office"),
)  # fmt: skip
ORDER = 75


@dataclass(slots=True)
class _Desk:
    title: str
    sentences: list[Sentence]
    gives: list[str] = field(default_factory=list)
    count: int = 0


def recognise(context: Context) -> Iterator[Proposal]:
    desks: list[_Desk] = []
    last = -5
    previous: Sentence | None = None
    for sentence in context.sentences[context.first_sentence() :]:
        if sentence.block.is_list or "\t" in sentence.text:
            continue
        line = _LINE.match(sentence.text) or (
            _LINE.search(sentence.text) if _INSIDE.search(sentence.text) else None
        )
        if line is None:
            previous = sentence
            continue
        title = _title(line["title"], previous, sentence, line.start())
        gives = [code for code, pattern in _GIVES if pattern.search(sentence.text)]
        goes_on = (
            desks
            and sentence.block_index - last <= 1
            and not title
            and not (set(gives) & set(desks[-1].gives) - {"phone"})
        )
        if not goes_on:
            if not gives and re.fullmatch(r"联系方式：?", sentence.text):
                continue
            desks.append(_Desk(title or _fallback(context, sentence), [sentence]))
        desk = desks[-1]
        desk.gives += [g for g in gives if g not in desk.gives]
        desk.count = max(desk.count, _people(sentence.text))
        if sentence not in desk.sentences:
            desk.sentences.append(sentence)
        last, previous = sentence.block_index, None
    for desk in desks:
        if desk.gives:
            yield _proposal(context, desk)


def _title(own: str, previous: Sentence | None, sentence: Sentence, at: int) -> str:
    own = re.sub(r"^.*[，。；（]", "", own).strip("（）、 ")
    if len(own) >= 3 and not re.match(r"\d|联系|咨询|电子|素材|提交|发送", own):
        return own
    if (
        previous is not None
        and previous.block_index == sentence.block_index - 1
        and previous.number == sentence.number
    ):
        text = re.sub(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).、]+)", "", previous.text).strip("：。 ")
        if 3 <= len(text) <= 34 and not re.search("[，。；]|联系方式|如下|附件", text):
            return text
    block = sentence.block
    if (
        previous is not None
        and previous.block.is_heading
        and block.titles
        and not re.search("联系(?:方式|人|电话)$|要求", block.titles[-1])
    ):
        return block.titles[-1]
    return ""


def _fallback(context: Context, sentence: Sentence) -> str:
    caller = (
        next((t for t in reversed(sentence.titles) if "征集" in t), "") if sentence.block.attachment else ""
    )
    return caller or str(context.value("issuer", "")) or "联系处"


def _people(text: str) -> int:
    m = _NAMES.search(text)
    if m is None:
        return 0
    said = re.sub(r"（[^（）]*）|[\d—-]{5,}|(?:联系)?电\s?话.*", " ", m["names"])
    names = [
        n
        for n in re.split(r"[、，；\s和]+", said)
        if re.fullmatch(r"[\u4e00-\u9fff·]{2,8}(?:同志|老师|主任|科长)?", n)
    ]
    return len(names)


def _proposal(context: Context, desk: _Desk) -> Proposal:
    title = without_personal(desk.title)[:60] or "联系处"
    code = next((c for pattern, c in _DESKS if pattern.search(title)), "") or code_for(title, prefix="desk")
    params = {"desk": code, "title": title, "gives": desk.gives, "count": desk.count or None}
    head = desk.sentences[0]
    number = head.number
    if number == "落款" and any(
        re.match(r"联系方式", s.text) for s in context.sentences if s.number == "落款"
    ):
        number = "联系方式"
    return context.propose("contact", "contact", params, desk.sentences, 0.9, number=number)
