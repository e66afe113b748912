"""Duties that a label or a heading makes: 报送时间：9月8日前; ③总结10月31日 under 上报."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.duties.asked import Asked, settle
from kepu.notices.drafting.duties.things import is_thing, thing
from kepu.notices.drafting.duties.ways import channels_in, parts_in
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.codes import code_for
from kepu.notices.drafting.values.dates import Dated

_SENDING = re.compile(r"报送|上报|提交|投稿|填报")
_LABEL = re.compile(
    r"(?P<o>[^，。；：（）]{0,14}?)(?:(?P<verb>报送|提交|投稿|上报|申报|报名|推荐|征稿|征集|收稿|上传|填报|反馈|选送|收件)?(?:作品|材料)?)"
    r"(?:截止|截稿|最终)?(?:时间|日期|期限|时限)(?:为|是)?[：]?$"
)
_LAST = re.compile("截[止稿]")
_MANNER = re.compile(
    r"(?:报送|提交|投稿|上报|申报|征集|推荐)?(?:及|和|与)?(?:要求|方式|办法|须知|安排|工作|程序)+$"
)
_PAPERS = re.compile("(?:相关|有关|全部|申报|报送)?材料(?:送交|报送|提交|上报|寄送)?")
_BY_VERB = {
    "报名": "报名",
    "申报": "申报材料",
    "推荐": "推荐材料",
    **dict.fromkeys(("投稿", "征稿", "征集", "收稿"), "作品"),
}


def by_label(context: Context, sentence: Sentence, dues: list[Dated]) -> Asked | None:
    """The duty of 作品提交截止时间：…; its object is in the label or in the headings."""
    bare = [d for d in context.dates(sentence) if _is_bare(sentence, d)]
    for due in [*dues, *bare]:
        head = sentence.titles[-1] if sentence.titles and due.start <= 4 else ""
        said = _LABEL.search(sentence.text[max(0, due.start - 40) : due.start]) or _LABEL.fullmatch(head)
        if said is None or due.counted is not None or not (said["verb"] or _LAST.search(said[0])):
            continue
        if said["verb"] in ("报名", "征集") and due.edge != "by":
            return None  # a window
        title = _named(sentence, said)
        duty = _made(context, sentence, due, title, thing(title) or thing(said["verb"] or ""), 0.75)
        duty.is_labelled = title in _BY_VERB.values() or _PAPERS.fullmatch(title) is not None
        if _PAPERS.fullmatch(title) and title not in _BY_VERB.values():
            duty.title = "材料"
        return duty
    return None


def _is_bare(sentence: Sentence, dated: Dated) -> bool:
    """Whether a sentence is nothing but a day, under a heading such as 截止时间."""
    if dated.edge or dated.is_span or dated.is_reference or len(sentence.text) - len(dated.words) > 4:
        return False
    return bool(sentence.titles) and _LAST.search(sentence.titles[-1]) is not None


def of_a_list(context: Context, sentence: Sentence) -> Iterator[Asked]:
    """The duty of a point of a list that has a thing and a date, and no verb."""
    if not any(_SENDING.search(t) for t in sentence.titles[-2:]) or len(sentence.text) > 60:
        return
    for due in context.dates(sentence):
        if due.edge not in ("", "by") or due.is_span or due.is_reference:
            continue
        before = re.sub(r"^(?:（\d+）|[①-⑳]|\d+[.、）]|于|请)+|[：，（于]+$", "", sentence.text[: due.start])
        name = before or re.split("[，。；]", sentence.text[due.end :].lstrip("前：，"))[0]
        if is_thing(name, strict=True) and len(name) <= 24:
            yield _made(context, sentence, due, name, thing(name), 0.7)
        return


def _named(sentence: Sentence, said: re.Match[str]) -> str:
    own = (said["o"] or "").strip("“” ")
    if is_thing(own, strict=True):
        return own
    for title in reversed(sentence.titles):
        plain = _MANNER.sub("", title).strip("，、和及与")
        if not _LABEL.fullmatch(title) and is_thing(plain, strict=True):
            return plain
    return _BY_VERB.get(said["verb"] or "", "材料")


def _made(
    context: Context, sentence: Sentence, due: Dated, title: str, what: str, confidence: float
) -> Asked:
    duty = Asked([sentence], title, what or code_for(title), sentence.text, due)
    duty.channels, duty.parts = channels_in(sentence.text), parts_in(sentence.text)
    settle(context, duty, strong=True)
    duty.confidence = confidence
    return duty
