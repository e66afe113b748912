"""What the number of a quota counts: what stands right behind it or right before it, else what the last number counted."""

from __future__ import annotations

import re

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.numbers import STRUNG, clause_end, clause_of
from kepu.notices.drafting.counts.objects import counted, counted_at_end, in_words, named
from kepu.notices.drafting.counts.shares import counts_people_of_a_place
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited
from kepu.notices.drafting.values.codes import code_for

_PEOPLE = frozenset({"participants", "nominations", "volunteers", "liaisons", "teams"})
_NO_ACTIVITIES = frozenset(["名", "张", "幅", "份", "元"])
_REPORTS = ("news_items", "宣传报道")
_ENTERS = re.compile("申报|参赛|报名|投稿|提交")
_CONTEST = re.compile("大赛|竞赛|比赛|征集|征文|评选")
_ENTRY_UNITS = frozenset(["项", "件", "幅", "部", "篇", "组", "个", "首"])
_HEADS = frozenset(["名", "人", "位"])
_ROLE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,4}?)(?:联络员|信息员|联系人|负责人|领导|领队|辅导员|讲解员|科技人员|工作人员|专家|代表)"
)
_LED = re.compile("(?:包联|走进|覆盖|帮扶|联系|结对|服务|深入)$")
_PLAIN = (("activities", "活动"),)
_ENTERED = frozenset(["nominations", "entries"])
_AMONG = re.compile("其中(?P<o>[\u4e00-\u9fff]{2,10})$")
_LIAISON = re.compile("联络员|信息员|联系人|负责人|工作人员")
_OPEN = re.compile("开放|展出|展览|巡展|停留|展示")
_NOMINATED = re.compile("限报|限推|申报|推荐|选报|选送|可报|报送")
_NOUN = re.compile(
    "[\u4e00-\u9fff]{0,4}(?:项目|作品|案例|活动|视频|选手|基地|课件|图书)(?=申报|征集|评选|推荐|遴选|报送|大赛|比赛|的通知|工作)"
)
_EACH = re.compile("^.*每(?:校|班|人|位|名|个|家|单位|天|日|周|月|季度|年)+(?=..)")
Thing = tuple[str, str]  # code and title


def what_is_counted(
    context: Context, sentence: Sentence, limit: Limited, last: Thing | None, last_end: int
) -> Thing | None:
    """Code and title; None where the text names nothing that can be counted. ``last`` is what the number before counted."""
    text = sentence.text
    clause, before = clause_of(text, limit)
    if re.search("人数|人次|参与|参加", before[-10:] + limit.unit) and counts_people_of_a_place(
        context, sentence, limit
    ):
        return ("participants", "参与人数") if limit.unit in ("人", "人次", "名") else None
    after = _after(text, limit)
    if limit.unit in _HEADS and (
        role := _ROLE.search(after) or _ROLE.search(text[max(last_end, limit.start - 12) : limit.start])
    ):
        return ("liaisons" if _LIAISON.search(role[0]) else code_for(role[0])), role[0]
    if alone := re.match("(?:的)?(?P<o>[村校镇县])(?=[，。；]|$)", after):
        led = _LED.search(before)
        name = f"{led[0] if led else ''}{alone['o']}"
        return code_for(name), name
    near = counted_at_end(text[max(last_end, limit.start - 16) : limit.start])
    behind = counted(after) if re.match(r"的?[\u4e00-\u9fff“]", after) else None
    what = behind or (near if near and near[0] != "activities" else None) or counted(before) or near
    if what is not None and what[0] == "open_days" and limit.unit != "天":
        what = None
    if behind is None and last and (among := _AMONG.search(before)) and not counted(among["o"]):
        return last[0], among["o"]
    if behind is None and (strung := _strung(text, after, limit, last, last_end)):
        return strung
    if (what is None or what[0] == "activities") and _is_entered(context, sentence, limit, clause):
        return "entries", in_words(_own(context, sentence, limit, last_end)) or "作品"
    what = (
        what
        or named(before, after, text[last_end : limit.start])
        or last
        or counted(text[last_end : limit.start], *reversed(sentence.titles))
        or _entered(context, before + text[limit.start : limit.end])
    )
    what = _fitting(what, limit, before) or (
        _entered(context, before + text[limit.start : limit.end]) if limit.unit in _ENTRY_UNITS else None
    )
    if what is None or what[0] in ("open_days", "news_items"):
        return what
    if what[0] == "activities" and last and behind is None and "活动" not in after + before:
        return last
    if what[0] == "activities" and re.search("推荐|选送|遴选|申报|选报", before):
        what = ("nominations", what[1])
    own = _own(context, sentence, limit, last_end)
    words = after if behind else own if near or what in _PLAIN or what[0] == "nominations" else ""
    name = in_words(words)
    if not name and last and {last[0], what[0]} <= _ENTERED:
        return last  # 每班推荐小制作5件，每校限报20件
    return what[0], name or what[1]


def _entered(context: Context, before: str) -> Thing | None:
    """What 限报2项 counts where only the title of the notice says what is entered: 申报科普活动项目."""
    found = _NOMINATED.search(before) and _NOUN.search(str(context.value("title", "")))
    return ("nominations", found[0]) if found else None


def _strung(text: str, after: str, limit: Limited, last: Thing | None, last_end: int) -> Thing | None:
    """走进2所学校、1个社区: what stands behind a number that is strung on behind another."""
    if last is None or not STRUNG.fullmatch(text[last_end : limit.start]):
        return None
    between = text[last_end : limit.start]
    return named("", after, "") or (
        named("", "", between) if not after and counted_at_end(between) is None else None
    )


def _fitting(what: Thing | None, limit: Limited, before: str) -> Thing | None:
    """What the unit of the number can count: no 人 counts activities, 天 only days open to the public."""
    if limit.unit == "天":
        return ("open_days", "开放天数") if _OPEN.search(before[-10:]) else None
    if (
        what is None
        or what[0] == "open_days"
        or (what[0] == "liaisons" and limit.unit not in (*_HEADS, "个"))
    ):
        return None
    if what[0] == "activities" and limit.unit in ("条", "篇"):
        return _REPORTS
    if what[0] == "activities" and limit.unit in _NO_ACTIVITIES:
        return None
    return None if limit.unit in ("人", "人次") and what[0] not in _PEOPLE else what


def _after(text: str, limit: Limited) -> str:
    """The words behind a number up to the end of their clause; of an enumeration the first, where it says what."""
    after = re.sub("（[^（）]*）", "", text[limit.end : limit.end + 40])
    after = after[: clause_end(after, 0)][:16]
    first = after.split("、")[0]
    return after if counted(first) is None and counted(after) else first


def _own(context: Context, sentence: Sentence, limit: Limited, last_end: int) -> str:
    """The words of its clause right before a number, without whom it asks."""
    start = limit.start - len(clause_of(sentence.text, limit)[1])
    start = max(
        [last_end, start, *(b.end for g in context.groups(sentence) for b in g if b.end <= limit.start)]
    )
    return _EACH.sub("", sentence.text[start : limit.start].lstrip("、和及"))


def _is_entered(context: Context, sentence: Sentence, limit: Limited, clause: str) -> bool:
    """Whether it is entered for a contest, which a name such as 项目 or 科幻画 does not say by itself."""
    if limit.unit not in _ENTRY_UNITS or re.search("活动|单位|个人|集体|场", clause):
        return False
    return _ENTERS.search(sentence.text[: limit.start]) is not None and (
        _CONTEST.search(f"{context.value('title', '')}{''.join(sentence.titles)}") is not None
    )
