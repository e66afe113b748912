"""The duties of a sentence: each date with the words that belong to it, and what is asked for without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.duties.asked import Asked, settle
from kepu.notices.drafting.duties.labelled import by_label, of_a_list
from kepu.notices.drafting.duties.objects import VERB, object_of
from kepu.notices.drafting.duties.things import is_generic, is_thing, thing
from kepu.notices.drafting.duties.ways import channels_in, parts_in, receiver_in
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body
from kepu.notices.drafting.values.codes import code_for
from kepu.notices.drafting.values.dates import Dated
from kepu.notices.drafting.values.enumerations import items_of

_CARRIES = re.compile(
    r"(?:[（\d.、）]|并|同时|于|请|应|须|需|要|务必|另|此外|活动结束|每[月周季年]|结束后|按|及时|以上|上述)"
)
_RECURRING = re.compile(
    r"每(?:周|月|[两二三\d]?[天日]|季度|半月|旬)[一二三四五六日末底初\d日]{0,4}(?:下班)?(?:前|之前)?"
)
_OWN = re.compile(
    r"(?:^|[，：；])(?:[^，。；：]{0,24}?)(?:我[会局委办部厅]|[省市县区][^，。；：于]{1,16}|组委会|主办单位|领导小组办公室|联合主办单位|中国科协|活动办公室|相关部门)(?:牵头)?"
    r"(?:将(?!于\d|其|把|本|[^，。；]{1,30}(?:报送|上报|提交|发送|报至|报[省市县区我]))|牵头总结|负责(?:汇总|审核)|会同)"
)
_OTHERS = re.compile(r"(?:请|各)[^，。；]{2,40}将")
_ASKS = re.compile(
    r"(?:作者|参赛者|参赛选手|投稿者)[^，。；]{0,10}[将把]|请|须|需|应|要|务必|必须|及时|按时|按要求|按照要求|认真|统一|可"
)
_PROVIDES = re.compile(r"(?:（[一二三四五六七八九十\d]+）|\d+[.、])?(?:同时)?(?:提供|填写|提交|报送|将)")
_FORBIDS = re.compile(r"(?:不得|不再|无需|不需|不用|无须|避免|严禁|禁止|不必)[^，。；]{0,8}$")
_MAKES = re.compile("完成|制定|整理|清理|开展自查|确定|总结")
_ALLOTS = re.compile(
    r"(?:申报|推荐|选报|选送|限报|可报|报送|提交|上报)[^，。；]{0,30}(?:不超过|不得超过|不少于|不低于|限|至多|最多|至少|各)\d"
)
_UNSAID = re.compile("[将把][^，。；]{2,40}[、，和及]$")
_NO_NAME = re.compile("(?:工作|有关|活动|相关|组织|其他|具体|几点)?(?:要求|事项|保障|安排|措施|内容|说明)")
_HEADED = re.compile(r"报送|提交|上报|资料|材料|总结|填报|完善|征集")
_HELD = re.compile(
    r"(?:期间)?(?:，?在[^，。；]{1,16})?(?:集中|统一)?(?:举行|举办|开展|进行)"
)  # when it takes place
_DESCRIBES = re.compile(
    r"(?:（[一二三四五六七八九十\d]+）|\d+[.、])?(?:各单位|所)?(?:报送|提交|上报|申报|推荐|参赛|征集)的?[^，。；]{1,8}?(?:须|应|要|必须|需)(?:当|要)?(?:符合|真实|为|是|有|具|围绕|突出|体现|确保|保证|紧扣)"
)
_STAGES = re.compile(r"分为?[^。；]{2,60}(?:阶段|环节|步骤|部分|程序)")
_CLAUSE = re.compile("[，；。：]")
_NO_SUBJECT = re.compile(r"(?:至|报|到|向|送|给|对|由|和|将|把|联合|动员|组织)$")
_TOLD = re.compile(r"(?:组织|动员)$")


def duties_in(context: Context, sentence: Sentence, carried: list[Body]) -> list[Asked]:
    """What a sentence asks to hand in. ``carried`` are the bodies of the sentence before it."""
    text = sentence.text
    dues = [d for d in context.dates(sentence) if _bounds(d, text)]
    labelled = by_label(context, sentence, dues)
    if labelled is not None:
        return [labelled]
    own = _OWN.search(text)
    if (
        own
        and not _asks_before(text[: own.start()])
        and not _OTHERS.search(text)
        and not any(d.edge == "by" for d in dues)
    ):
        return []  # what the issuer does itself
    shared = _shared_out(context, sentence, dues, carried)
    if shared:
        return shared
    found = [
        d for segment, due in _segments(text, dues) if (d := _duty(context, sentence, segment, due, carried))
    ]
    for before, duty in pairwise(found):
        if not duty.to and not duty.channels:
            duty.to, duty.desk = before.to, before.desk
    return found or list(of_a_list(context, sentence))


def _asks_before(words: str) -> bool:
    """Whether something is asked for before the issuer speaks of itself."""
    return "请" in words and any(v["strong"] for v in VERB.finditer(words))


def _bounds(dated: Dated, text: str) -> bool:
    """Whether a date says by when."""
    if dated.counted is not None:
        return (
            not dated.counted.is_before
            or re.search("报送|提交|提供|报备|备案|上报|报[省市县区我所]", _own_clauses(text, dated))
            is not None
        )
    if dated.is_span and _HELD.match(text, dated.end):
        return False
    if not dated.edge and dated.start <= 3 and text.startswith("：", dated.end):
        return not dated.is_span  # 5月10日：各校上报活动方案
    return dated.edge != "from" and bool(
        dated.edge == "by" or dated.is_reference or dated.is_span or dated.now
    )


def _own_clauses(text: str, dated: Dated) -> str:
    """From the clause in which a date stands to the end of its part of the sentence."""
    start = max(text.rfind(mark, 0, dated.start) for mark in "，。；")
    return text[start + 1 : dated.end] + re.split("[。；]", text[dated.end :])[0]


def _segments(text: str, dues: list[Dated]) -> Iterator[tuple[tuple[int, int], Dated | None]]:
    """The sentence cut so that each date has the words that belong to it."""
    if not dues:
        yield (0, len(text)), None
        return
    starts = [0]
    for before, due in pairwise(dues):
        cuts = [m.end() for m in _CLAUSE.finditer(text, before.end, due.start)]
        strung = due.start if text[due.start - 1] == "、" and not cuts else before.end
        starts.append(cuts[-1] if cuts else strung)
    again = [
        p.span()
        for p in re.finditer("[^；，]+", text)
        if _RECURRING.search(p[0]) and not any(p.start() <= d.start < p.end() for d in dues)
    ]
    for i, due in enumerate(dues):
        end = starts[i + 1] if i + 1 < len(starts) else len(text)
        yield (starts[i], next((a for a, _b in again if due.end < a < end), end)), due
    yield from ((span, None) for span in again)


def _duty(
    context: Context, sentence: Sentence, segment: tuple[int, int], due: Dated | None, carried: list[Body]
) -> Asked | None:
    words = _own_words(sentence.text, *segment, due)
    start = segment[1] - len(words)
    ahead = due is not None and due.counted is not None and due.counted.is_before
    if due is not None and ahead and not object_of(_own_clauses(sentence.text, due)):
        return None  # so many days ahead, and of nothing that is handed in
    if _UNSAID.search(words) and not VERB.search(words):
        later = next((v for v in VERB.finditer(sentence.text, segment[1]) if v["strong"]), None)
        words = words.rstrip("、，和及") + (sentence.text[later.start() :] if later else "")
    if _STAGES.search(words) or _DESCRIBES.match(words):
        return None
    verbs = [v for v in VERB.finditer(words) if not words.startswith("的", v.end())]
    verb = next((v for v in verbs if not _FORBIDS.search(words[: v.start()])), None)
    if verb is None:
        return None
    strong = any(v["strong"] for v in verbs)
    if due is not None and not strong and all(_MAKES.fullmatch(v[0]) for v in verbs):
        return None  # to be made by then, and handed to nobody
    heading = next((t for t in reversed(sentence.titles) if _HEADED.search(t)), "")
    title = _title(sentence, words, segment[1], heading, look_back=due is not None and strong)
    if due is None and not _asks_without_date(context, sentence, words, title, strong):
        return None
    if not title and not (due is not None and strong and heading):
        return None
    if due is not None and title and not strong and not is_thing(title, strict=True):
        return None
    title = title or _title_of(heading)
    what = thing(f"{verb[0]}{title}" if verb[0] in ("补充完善", "填报", "完善") else title)
    if due is None and _RECURRING.search(words) and what in ("", "organisation_summary", "news"):
        what = "progress_report"
    duty = Asked([sentence], title, what or thing(heading) or code_for(title), words, due)
    duty.bodies = _subject(context, sentence, start + verb.start(), carried)
    duty.channels, duty.parts = channels_in(words), parts_in(words)
    duty.to, duty.desk = receiver_in(words, context.level, str(context.value("issuer", "")))
    settle(context, duty, strong=strong)
    return duty


def _title(sentence: Sentence, words: str, end: int, heading: str, *, look_back: bool) -> str:
    title = object_of(words, heading)
    if not title and look_back:
        title = object_of(sentence.text[:end], heading)
    if is_generic(title) and not heading and sentence.titles and not _NO_NAME.fullmatch(sentence.titles[-1]):
        title = f"{re.sub('^(?:开展|举办|组织|做好)+', '', sentence.titles[-1])}{title}"[:50]
    return title


def _title_of(heading: str) -> str:
    title = re.sub(r"(?:要求|工作|报送|提交|做好|及时|开展)+", "", heading).strip("，、（）") or "材料"
    return title if is_thing(title) else f"{title}材料"


def _shared_out(context: Context, sentence: Sentence, dues: list[Dated], carried: list[Body]) -> list[Asked]:
    """分别于5月25日前、7月3日前将活动方案、活动总结报送: each thing with its own date."""
    text = sentence.text
    if len(dues) < 2 or "分别" not in text[: dues[0].start]:
        return []
    if not re.fullmatch(r"[、和，]?", text[dues[0].end : dues[1].start]):
        return []
    whole = _duty(context, sentence, (0, len(text)), dues[0], carried)
    things = items_of(whole.title) if whole else []
    if whole is None or len(things) != len(dues):
        return []
    out = [
        replace(whole, title=x, what=thing(x) or code_for(x), due=d)
        for d, x in zip(dues, things, strict=True)
    ]
    for duty in out:
        settle(context, duty, strong=True)
    return out


def _own_words(text: str, start: int, end: int, due: Dated | None) -> str:
    """The words that go with a date: from its own clause on, where that says what to hand in; else the whole segment."""
    if due is not None:
        cuts = [m.end() for m in _CLAUSE.finditer(text, start, max(start, due.start))]
        own = text[cuts[-1] : end] if cuts else ""
        name = object_of(own) if own and VERB.search(own) else ""
        if name and not is_generic(name):
            return own
    return text[start:end]


def _asks_without_date(context: Context, sentence: Sentence, words: str, title: str, strong: bool) -> bool:
    """Whether a sentence without a date still asks to hand something in."""
    if not title or not (
        is_thing(title, strict=True) or thing(title) in ("activity_filing", "completion_record")
    ):
        return False
    if re.match(r"(?:\d+\.)?(?:[^，。；]{0,12}?)(?:包括|是指|即|格式|内容)", words):
        return False
    if any(d.counted and d.counted.is_before for d in context.dates(sentence)):
        return False  # so many days ahead: a gate
    if _ALLOTS.search(words):
        return False  # so many for each: a quota
    if strong:
        headed = _PROVIDES.match(words) and any(_HEADED.search(t) for t in sentence.titles[-2:])
        asked = (
            headed
            or _ASKS.search(words)
            or _RECURRING.search(words)
            or re.match(r"(?:\d+\.|（\d+）)?各", words)
        )
        return asked is not None and not re.search("可(?:以)?(?:登录|查看|下载|参考|查询)", words)
    return bool(re.search("整理|清理|完善", words) and any(_HEADED.search(t) for t in sentence.titles))


def _subject(context: Context, sentence: Sentence, verb: int, carried: list[Body]) -> list[Body]:
    """Who is told: the bodies before the verb that are no receivers, else those of the sentence before."""
    before = [
        (g, sentence.text[max(0, g[0].start - 2) : g[0].start])
        for g in context.groups(sentence)
        if g[0].start < verb
    ]
    for group, lead in before:
        if not _NO_SUBJECT.search(lead):
            return group
    for group, lead in before:
        if _TOLD.search(lead):
            return group
    return carried if _CARRIES.match(sentence.text) else []
