"""What the number of a quota counts: what stands right behind it or right before it, else what the last number counted."""

from __future__ import annotations

import re

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.numbers import STRUNG, clause_end, clause_of
from kepu.notices.drafting.counts.objects import counted, counted_at_end, in_words, named
from kepu.notices.drafting.counts.shares import counts_people_of_a_place
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bounds import Limited

_PEOPLE = frozenset({"participants", "nominations", "volunteers", "liaisons", "teams"})
_NO_ACTIVITIES = frozenset(["名", "张", "幅", "份", "元"])
_REPORTS = ("news_items", "宣传报道")
_ENTERS = re.compile("申报|参赛|报名|投稿|提交")
_CONTEST = re.compile("大赛|竞赛|比赛|征集|征文|评选")
_ENTRY_UNITS = frozenset(["项", "件", "幅", "部", "篇", "组", "个", "首"])
_EACH = re.compile("^.*每(?:校|人|位|名|个|家|单位)+(?=..)")
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
    near = counted_at_end(text[max(last_end, limit.start - 16) : limit.start])
    behind = counted(after) if re.match(r"的?[\u4e00-\u9fff“]", after) else None
    what = behind or (near if near and near[0] != "activities" else None) or counted(before) or near
    if behind is None and (own := _strung(text, after, limit, last, last_end)):
        return own
    if (what is None or what[0] == "activities") and _is_entered(context, sentence, limit, clause):
        return "entries", in_words(_own(context, sentence, limit, last_end)) or "作品"
    what = (
        what
        or named(before, after, text[last_end : limit.start])
        or last
        or counted(text[last_end : limit.start], *reversed(sentence.titles))
    )
    what = _fitting(what, limit, before)
    if what is None or what[0] in ("open_days", "news_items"):
        return what
    if what[0] == "activities" and last and behind is None and "活动" not in after + before:
        return last
    if what[0] == "activities" and re.search("推荐|选送|遴选", before):
        what = ("nominations", what[1])
    own = _own(context, sentence, limit, last_end)
    words = after if behind else own if near or what[0] == "nominations" else ""
    return what[0], in_words(words) or what[1]


def _strung(text: str, after: str, limit: Limited, last: Thing | None, last_end: int) -> Thing | None:
    """走进2所学校、1个社区: what stands behind a number that is strung on behind another."""
    if last is None or not STRUNG.fullmatch(text[last_end : limit.start]):
        return None
    return named("", after, "")


def _fitting(what: Thing | None, limit: Limited, before: str) -> Thing | None:
    """What the unit of the number can count: no 人 counts activities, 天 only days open to the public."""
    if limit.unit == "天":
        return ("open_days", "开放天数") if "开放" in before[-8:] else None
    if what is None or what[0] == "open_days":
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
