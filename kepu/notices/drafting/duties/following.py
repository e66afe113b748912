"""Sentences that go on with a duty before them, or say one a second time."""

from __future__ import annotations

import re

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.duties.asked import Asked, settle
from kepu.notices.drafting.duties.objects import VERB, object_of
from kepu.notices.drafting.duties.things import is_generic, is_thing
from kepu.notices.drafting.duties.ways import channels_in, parts_in, receiver_in
from kepu.notices.drafting.text.sentences import Sentence

_FOLLOWS = re.compile(
    r"^(?:\d+\.)?(?P<o>[^，。；：]{0,20}?)(?:请|统一|一并|均|需|须)?(?:提交|发送|报送|发|报|投递|传|寄)(?:至|到|送)"
)
_BARE_LEAD = re.compile(
    r"^(?:\d+\.)?(?:请|并|均|须|应|统一|一并|以上材料|上述材料|相关材料|各[^，。；]{1,16}|，)*(?:务必)?(?:于|在)?$"
)
_LATER = re.compile(r"(?:报送|提交|上报|上传|具体)(?:的)?[^，。；]{0,6}(?:时间|日期|期限)")
_ADDS = re.compile(r"(?:提供|上传|附上|补充|发布)(?P<o>[^。；]{2,40})")
_WORDS = re.compile(r"总结|素材|清单|作品|图片|视频|材料|资料|方案|表|名单|活动")
RECORDS = (
    ("news_link", "新闻报道链接", re.compile("链接|新闻报道|媒体报道")),
    ("photo_video", "活动图片视频", re.compile("图片|照片|视频|影像")),
)


def goes_on(context: Context, duty: Asked, sentence: Sentence, mine: list[Asked]) -> bool:
    """Whether a sentence speaks of the duty before it, which then takes what it says. ``mine`` are its own duties."""
    last = duty.sentences[-1]
    if sentence.block_index - last.block_index > 2 or sentence.block.attachment != last.block.attachment:
        return False
    if _says_by_when(context, duty, sentence):
        duty.sentences.append(sentence)
        return True
    if any(d.due is not None and not d.due.is_reference for d in mine):
        return False
    told = (
        _says_when(context, duty, sentence)
        or _says_how(duty, sentence, mine)
        or _says_what(duty, sentence, mine)
    )
    if told:
        duty.sentences.append(sentence)
    return told


def _says_when(context: Context, duty: Asked, sentence: Sentence) -> bool:
    """具体报送时间另行通知."""
    if (
        duty.due is not None
        or sentence.number != duty.sentences[0].number
        or not _LATER.search(sentence.text)
    ):
        return False
    later = next((d for d in context.dates(sentence) if d.is_reference), None)
    if later is None:
        return False
    duty.due, duty.status, duty.waits_for = later, "pending", sentence.text.strip("。 ")[:60]
    return True


def _says_by_when(context: Context, duty: Asked, sentence: Sentence) -> bool:
    """请于5月6日前报送市科协, behind a form to be filled in."""
    if duty.due is not None or sentence.block_index != duty.sentences[0].block_index:
        return False
    dues = [d for d in context.dates(sentence) if d.edge == "by" and d.counted is None and not d.is_reference]
    name = object_of(sentence.text)
    if duty.what == "progress_report" or not dues or not _BARE_LEAD.search(sentence.text[: dues[0].start]):
        return False
    if len(dues) != 1 or (name and not is_generic(name)) or not VERB.search(sentence.text):
        return False
    duty.due = dues[0]
    duty.words += sentence.text
    duty.add_channels(channels_in(sentence.text))
    duty.add_parts(parts_in(sentence.text))
    if not duty.to:
        duty.to, duty.desk = receiver_in(sentence.text, context.level, str(context.value("issuer", "")))
    settle(context, duty, strong=True)
    return True


def _says_how(duty: Asked, sentence: Sentence, mine: list[Asked]) -> bool:
    """素材提交至联系人邮箱."""
    follows, channels = _FOLLOWS.match(sentence.text), channels_in(sentence.text)
    if not follows or not channels:
        return False
    if mine and is_thing(follows["o"], strict=True) and not _same(follows["o"], duty.title):
        return False
    duty.add_channels(channels)
    duty.add_parts(parts_in(sentence.text))
    duty.words += sentence.text
    return True


def _says_what(duty: Asked, sentence: Sentence, mine: list[Asked]) -> bool:
    """并提供新闻链接, behind a duty to complete what is known of an activity."""
    adds = _ADDS.search(sentence.text)
    if (
        duty.what != "completion_record"
        or sentence.block_index != duty.sentences[0].block_index
        or adds is None
    ):
        return False
    parts = [{"code": code, "label": label} for code, label, pattern in RECORDS if pattern.search(adds["o"])]
    if not parts or any(d.due for d in mine):
        return False
    duty.add_parts(parts)
    return True


def _same(words: str, title: str) -> bool:
    return len(words) <= 4 or any(w in title for w in _WORDS.findall(words))


def said_before(duty: Asked, found: list[Asked]) -> bool:
    """Whether the text says it a second time, as an attachment repeats the text."""
    return any(_says_again(d, duty) for d in found)


def with_labels(found: list[Asked]) -> list[Asked]:
    """The duties, the day under a bare label (申报时间) given to the one thing of its sort that has none of its own."""
    kept = list(found)
    for label in [d for d in found if d.is_labelled]:
        part = label.sentences[0].number[:1]
        open_ones = [d for d in kept if d.due is None]
        if label.title == "材料":
            same = [d for d in open_ones if d.sentences[0].number[:1] == part]
        else:
            same = [d for d in open_ones if d.what == label.what]
        if same and (len(same) == 1 or label.title == "材料"):
            for duty in same:
                duty.due, duty.opens = label.due, label.opens
                duty.sentences.append(label.sentences[0])
        if same or (label.due is not None and label.due.is_span):  # a stretch of time by itself is a window
            kept.remove(label)
    return kept


def _says_again(first: Asked, second: Asked) -> bool:
    if (
        first.due is None
        or second.due is None
        or (first.due.first, first.due.last) != (second.due.first, second.due.last)
    ):
        return False
    in_attachment = second.sentences[0].block.attachment != ""
    return (
        first.what == second.what
        or is_generic(second.title)
        or (in_attachment and _overlap(first.title, second.title))
    )


def _overlap(a: str, b: str) -> bool:
    return a in b or b in a or len(set(a) & set(b)) >= 0.7 * min(len(set(a)), len(set(b)))
