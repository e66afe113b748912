"""Of whom a number is asked, and by what it is counted: 每人, 每校, 各市, 全市共…"""

from __future__ import annotations

import re
from typing import Any

from kepu.notices.drafting.context import Context
from kepu.notices.drafting.counts.numbers import clause_of
from kepu.notices.drafting.text.sentences import Sentence
from kepu.notices.drafting.values.bodies import Body, audience_of, bodies_in
from kepu.notices.drafting.values.bounds import Limited

_PER = {
    "人每天": "person_day", "人每日": "person_day", "人": "person", "作者": "person", "选手": "person", "参赛者": "person", "参赛选手": "person",
    "学生": "person", "教师": "person", "职工": "person", "投稿人": "person", "参与者": "person", "志愿者": "person", "团队": "team", "队伍": "team",
    "队": "team", "天": "day", "日": "day", "周": "week", "月": "month", "季度": "quarter", "年": "year", "场": "activity", "项活动": "activity",
    "项": "activity", "班级": "class", "班": "class", "家单位": "unit", "单位": "unit", "部门": "unit", "校": "unit", "院": "unit", "次": "activity", "期": "activity", "系": "unit", "园": "unit", "站": "unit", "点": "unit", "企业": "unit", "馆": "unit", "家": "unit",
    "所": "unit", "县": "place", "市": "place", "区": "place", "镇": "place", "村": "place", "社区": "place",
}  # fmt: skip
_ASKED = r"(?=至少|不少|不低|不超|最多|须|应|要|限|推荐|报送|组织|开展|举办|可|每[周月天年]|全年|年)"
_EACH = re.compile(
    rf"每(?:位|名|个)?(?P<who>{'|'.join(sorted(_PER, key=lambda w: -len(w)))})(?!(?<=周)[一二三四五六日末])(?![\u4e00-\u9fff]{{0,8}}(?:书屋|阵地|站|点))"
    rf"|每(?:个|所|家|支|处)(?P<other>[\u4e00-\u9fff]{{2,10}}?){_ASKED}|每(?:名|位)(?P<person>[\u4e00-\u9fff]{{2,8}}?){_ASKED}"
)
_KNOWN = frozenset({"unit", "place", "person", "person_day", "team", "day", "activity"})
_BESIDE = frozenset(
    {"activity", "day", "week", "month", "quarter", "year", "person", "person_day", "team", "class"}
)
_LEVEL = {"县": "county", "区": "county", "市": "city", "镇": "town", "村": "village", "社区": "village"}
_AUDIENCE: dict[str, dict[str, list[str]]] = {
    "校": {"kinds": ["school"]}, "企业": {"kinds": ["enterprise"]}, "村": {"levels": ["village"]}, "社区": {"levels": ["village"]}, "镇": {"levels": ["town"]},
}  # fmt: skip
_TOTAL = re.compile(
    r"(?:资助|立项|补助|支持|评选|遴选|认定)(?:数量|名额|总数)|拟(?:资助|立项|评选|遴选)|全[省市县区国州校](?:共|计划|将|拟|开展|组织|举办|累计|总计|力争|要|须|完成|确保|预计|发动)|总(?:数|量|计|共)|合计|累计"
)
_SPELL = re.compile("全年|年内|活动期间|实施期内|(?:机构|单位|学校|学会|企业|基地|个人|公民)[^，。；]{0,3}可")
_EVERY = re.compile(
    "(?:等|各)(?:单位|部门|学校)各|各(?:自)?(?:准备|开展|组织|派出|安排|举办|报送|制作|推荐|提供)|^(?:[\u4e00-\u9fff]{0,4}：)?各[^，。；]{2,18}?(?:至少|最少|应|须|要|每)|^各[^，。；]{2,18}(?=至少|不少|不低)"
)
_SAME = re.compile(
    "同一(?:(?P<who>[\u4e00-\u9fff]{0,4}(?:人|者|教师|选手))|[\u4e00-\u9fff]{0,4}(?:单位|学校|机构|企业))"
)
_NO_SUBJECT = re.compile(r"(?:至|报|到|向|送|给|在|于|由|经|对|与)$")


def told(context: Context, sentence: Sentence, limit: Limited) -> list[Body]:
    """The bodies a number is asked of: those of its own clause, else the last that the sentence names before it."""
    text = sentence.text
    before = clause_of(text, limit)[1]
    group: list[Body] = []
    for named in context.groups(sentence):
        lead = text[max(0, named[0].start - 2) : named[0].start]
        if named[0].start < limit.start and not _NO_SUBJECT.search(lead):
            group = named
    own = _of_clause(context, before)
    if own and (not group or group[0].end <= limit.start - len(before)):
        return own
    return group


def _of_clause(context: Context, before: str) -> list[Body]:
    """A body that the clause itself begins with, named without 各: 高危行业企业每家至少…"""
    for body in bodies_in(before, context.level, context.members, bare=True):
        lead = before[: body.start]
        if (
            body.start <= 4
            or lead.endswith(("各", "每", "其中"))
            or re.fullmatch(r"[\u4e00-\u9fff]{0,6}", lead)
        ):
            return [body]
    return []


def asked_of(
    text: str, limit: Limited, group: list[Body], carried: list[Body], *, allotted: bool = False
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """By what a number counts and whom it binds; None when the text asks nobody and a label has not ``allotted`` it."""
    own = clause_of(text, limit)[1]
    if not _EACH.search(own) and not group:
        if same := _SAME.search(own):
            return {"per": "person" if same["who"] else "unit"}, {}
        if _SPELL.search(own) or _EVERY.search(own):
            return {"per": "unit"}, {}
    since = text.rfind("；", 0, limit.start) + 1
    each = [m for m in _EACH.finditer(text, since, limit.end) if m.end() <= limit.start]
    last = each[-1] if each else None
    if last is not None and (not group or last.start() >= group[0].end or _beside(last, group)):
        per = {"per": "person"} if last["person"] else _per_each(last["who"])
        audience: dict[str, Any] = dict(_AUDIENCE.get(last["who"] or "", {}))
        if group and (per["per"] in _BESIDE or last["who"] in ("家", "所")):
            audience = audience_of(group)
        return per, audience
    if group or carried:
        return _per_bodies(group or carried), audience_of(group or carried)
    if _TOTAL.search(text[: limit.end]) or allotted:
        return {"per": "total"}, {}
    return None


def _beside(each: re.Match[str], group: list[Body]) -> bool:
    """学会每月…: the body belongs to the clause and stands before what it is counted by."""
    return group[0].start < each.start() and each["who"] is not None and _PER[each["who"]] in _BESIDE


def _per_each(who: str | None) -> dict[str, Any]:
    per = _PER[who] if who else "unit"
    if per == "place":
        return {"per": per, "place_level": _LEVEL[who or ""]}
    return {"per": per} if per in _KNOWN else {"per": per, "per_title": f"每{who}"}


def _per_bodies(group: list[Body]) -> dict[str, Any]:
    levels = {b.place_level for b in group}
    if all(b.per == "place" and b.place_level for b in group) and len(levels) == 1:
        return {"per": "place", "place_level": group[0].place_level}
    return {"per": "unit"}
