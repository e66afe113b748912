"""Windows: stretches of time for holding, filing, collecting, publishing; the whole year; phases; a day of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.proposals import Proposal
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.beside import PLAIN_TIME, STAGE, TIME, around, following, label_of, title_of
from kepu.notices.drafting.values.dates import Dated
from kepu.notices.drafting.values.spells import Spell, spell_of

_ALL_YEAR = re.compile(
    r"(?P<what>[^，。；、]{0,16}?)(?:贯穿|持续|常态化开展)(?:于)?(?:全年|整年|一年)|全年(?:持续|开展|常态)"
)
_DEADLINE = re.compile(r"截止|截至|期限|时限|完成|前$")
_HANDING = re.compile(r"报送|提交|上报|投稿|发送|报至|填写|寄|反馈|报[省市县区我镇]|上传|申报材料|推荐")
_REGISTERS = re.compile(r"^期?[间内]?，(?:请|可|均|须|需|应)?(?:登[录陆记]|注册|填报|录入|申报)")
_HELD = re.compile(
    r"开展|举办|举行|组织|集中|进行|实施|启动|为期|定于|安排在|期间|活动|报名|投票|公示|展示|展播|征集|答题|评审|发布|推广|比赛|初赛|决赛|复赛|[\u4e00-\u9fff]{2}[周月](?:活动)?$|宣传[周月]|活动[周月]"
)
_WIDE = re.compile(
    r"集中|活动[周月日]|宣传[周月]|统一|全[省市县区国州]|各地|[\u4e00-\u9fff]{2,8}[周月](?:活动)?|定于"
)
_PAST = re.compile(
    r"(?:成功|已经?|共|累计|曾|先后|顺利)(?:举办|开展|组织|举行|完成)|举办了|开展了|以来[^，。；]{0,20}了"
)
_TENTATIVE = re.compile(r"拟(?:定)?(?:于|在)|暂定|初步|计划于|预计|拟$|拟定")
_OPENS = re.compile(r"发布|推广|填报|报名|登录|注册|申报|开放|征集|投票|答题")
_UNTIL = re.compile(
    r"在(?P<ref>[^，。；]{4,30}?(?:通知|方案|文件)(?:正式)?(?:出台|印发|下发|公布|发布))(?:之)?前"
)
_EVENT_DAY = re.compile(r"(?:咨询日|宣传日|主题日|开放日|活动日|纪念日|低碳日|读书日|阅读日|安全日)")
_WITH_TIME = re.compile(r"(?:征集|报名|活动|投票|评审|公示|比赛|展示)时间")
_HOLDS = re.compile("开展|举办|举行|组织")
SCHEDULE = 3  # lines from which on days are a timetable
Ends = tuple[dict[str, Any] | None, dict[str, Any] | None, float]


def _timetables(context: Context) -> set[tuple[str, tuple[str, ...]]]:
    """The places of the text that are timetables: several short lines, each with a day and what or where."""
    lines = Counter(
        (s.number, s.titles)
        for s in context.body()
        if len(s.text) <= 60 and any(_opens_line(s, d) for d in context.dates(s))
    )
    return {place for place, count in lines.items() if count >= SCHEDULE}


def _opens_line(sentence: Sentence, dated: Dated) -> bool:
    return not dated.is_span and dated.start <= 2 and len(sentence.text) - dated.end >= 2


def recognise(context: Context) -> Iterator[Proposal]:
    found = list(_all(context))
    yield from (p for p in found if not any(_says_closer(other, p) for other in found))


def _says_closer(one: Proposal, coarse: Proposal) -> bool:
    """Whether one window gives the days of what the opening of the text only gives in months."""
    start, end = coarse.params.get("start", {}), coarse.params.get("end", {})
    first, last = one.params.get("start", {}).get("date"), one.params.get("end", {}).get("date")
    if coarse.number or one is coarse or "month" not in start or "part" in start or not first or not last:
        return False
    return bool(f"{first:%Y-%m}" == start["month"] and f"{last:%Y-%m}" == end.get("month"))


def _all(context: Context) -> Iterator[Proposal]:
    timetables = _timetables(context)
    for sentence in context.body():
        if "\t" in sentence.text:
            continue
        yield from _all_year(context, sentence)
        is_row = len(sentence.text) <= 60 and (sentence.number, sentence.titles) in timetables
        for dated in context.dates(sentence):
            if not (is_row and _opens_line(sentence, dated)):
                yield from _window(context, sentence, dated)
        if (m := _UNTIL.search(sentence.text)) and re.search("准备|筹备", sentence.text):
            params = {
                "code": "preparation",
                "title": "筹备",
                "end": {"reference": m["ref"]},
                "purpose": "filing",
            }
            yield context.propose("window", "window", params, sentence, 0.6)


def _all_year(context: Context, sentence: Sentence) -> Iterator[Proposal]:
    m, year = _ALL_YEAR.search(sentence.text), context.years.said
    if m and year:
        title = re.sub(r"^(?:各|将|要|的|并)+", "", m["what"] or "").strip() or "全年活动"
        ends = {"start": {"date": date(year, 1, 1)}, "end": {"date": date(year, 12, 31)}}
        yield context.propose(
            "window", "window", {"code": "year_round", "title": title, **ends}, sentence, 0.93
        )


def _window(context: Context, sentence: Sentence, dated: Dated) -> Iterator[Proposal]:
    clause, before = around(sentence.text, dated)
    label = label_of(sentence, dated)
    if dated.counted or dated.is_reference or _PAST.search(clause + following(sentence.text, dated)):
        return
    named = TIME.search(label) or STAGE.search(label) or _is_stage(sentence, label)
    if not named and _is_handing_in(sentence, dated, clause):
        return
    start, end, confidence = _ends(context, sentence, dated, label, clause)
    spell = _spell(sentence, dated, label, clause)
    if spell is None or (start is None and end is None):
        return
    tentative = _TENTATIVE.search(before) or _TENTATIVE.search(
        re.split("[，。；]", sentence.text[dated.end :])[0][:10]
    )
    broken = any(f.code in ("impossible_date", "year_unknown") for f in dated.faults)
    params = {
        "code": spell.code, "title": title_of(sentence, dated, label, spell), "start": start, "end": end,
        "purpose": "" if spell.purpose == "activity" else spell.purpose,
    }  # fmt: skip
    yield context.propose(
        "window", "window", params, sentence, confidence - (0.3 if broken else 0), flags=context.flags(sentence, dated),
        status="pending" if broken else "tentative" if tentative else "final", waits_for="核对日期" if broken else "",
    )  # fmt: skip


def _ends(context: Context, sentence: Sentence, dated: Dated, label: str, clause: str) -> Ends:
    """From when to when, and how sure; nothing where the date makes no window."""
    start, end = dated.first, dated.last
    if dated.is_span or dated.now:
        if dated.now:
            start = {"date": context.years.issued} if context.years.issued else None
        near = label or _HELD.search(clause)
        return (start, end, 0.93 if near else 0.6) if near or _HELD.search(sentence.text) else (None, None, 0)
    named = bool(label and (TIME.search(label) or STAGE.search(label) or _is_stage(sentence, label)))
    if dated.edge == "from":
        opens = _OPENS.search(sentence.text) and not _DEADLINE.search(label)
        return (start, None, 0.9) if opens or named else (None, None, 0)
    if dated.edge or start is None:
        return None, None, 0
    if named and not _DEADLINE.search(label):
        return start, start, 0.85
    if "date" in start and _is_event_day(sentence.text, dated, clause):
        return start, start, 0.7
    if "month" in start and _WIDE.search(clause) and _HOLDS.search(clause):
        return start, start, 0.7
    return None, None, 0


def _is_stage(sentence: Sentence, label: str) -> bool:
    """Whether a label before a colon says what the time is for: 颁奖：3月."""
    block = sentence.block
    colon = label == block.title and block.body > 0 and block.text[block.body - 1] == "："
    return colon and spell_of(label) is not None and not _HANDING.search(label)


def _is_event_day(text: str, dated: Dated, clause: str) -> bool:
    """Whether a day is a day of its own in the programme: 12月4日为集中宣传日, 6月16日开展“…咨询日”活动."""
    if re.match(
        r"(?:（[^（）]{2,16}）)?(?:当天|当日)?(?:定)?为“?[^，。；]{0,12}日", text[dated.end :]
    ) or re.search(r"日(?:定)?为$", text[: dated.start]):
        return True
    near = clause + following(text, dated)
    return (
        _EVENT_DAY.search(near) is not None and _HOLDS.search(text) is not None and not _HANDING.search(near)
    )


def _is_handing_in(sentence: Sentence, dated: Dated, clause: str) -> bool:
    """Whether the date says by when to hand something in: that is a duty's."""
    if dated.edge == "from" and re.search("发布|推广", sentence.text[dated.end :]):
        return False
    if _WITH_TIME.search(sentence.text[: dated.start]):
        return False
    if _REGISTERS.match(sentence.text[dated.end :]):
        return True
    if _HANDING.search(clause):
        return not re.search(r"集中(?:开展|宣传)", clause)
    return (
        bool(dated.now or dated.edge == "from") and _HANDING.search(sentence.text[dated.start :]) is not None
    )


def _spell(sentence: Sentence, dated: Dated, label: str, clause: str) -> Spell | None:
    """What the time is for."""
    behind = sentence.text[dated.end :]
    if dated.edge == "from":
        opens = _OPENS.search(behind)
        return spell_of(
            "" if re.fullmatch(r".{0,4}时间.{0,4}", label) else label, opens[0] if opens else "", behind
        )
    concentrated = re.search(r"集中(?:开展|宣传|举办|活动|举行|组织)", clause) and "时间" not in label
    if PLAIN_TIME.fullmatch(label) or concentrated or (not label and "集中" in clause + behind[:12]):
        return spell_of("集中")
    return spell_of(
        label,
        clause,
        following(sentence.text, dated),
        sentence.text[max(0, dated.start - 30) : dated.end + 40],
    )
