"""Whether a number is asked of each activity, or of a unit or a place over the whole season."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kepu.notices.drafting.values.bodies import bodies_in

if TYPE_CHECKING:
    from kepu.notices.drafting.context import Context
    from kepu.notices.drafting.text.sentences import Sentence
    from kepu.notices.drafting.values.bounds import Limited

_ONE = re.compile(r"每[场项次](?!不同)|每个活动|单场|单项活动|活动(?:举办|开展)?结束后|活动举办后|每场活动")
_RECORD = re.compile(r"平台|活动信息|完善|补充|活动举办单位|举办单位|主办方")
_UNITS = re.compile(
    r"各[^，。；、]{0,12}(?:市|县|区|镇|街道|单位|学会|部门|校|社区|企业|科协|局)|每[个家所][^，。；]{0,8}(?:县|区|镇|街道|单位|学校|社区|企业|部门|学会|市)|县（市、区）"
)
_ONE_EVENT = re.compile(
    r"每[场次期]|单场|活动(?:的)?(?:参与|参加|现场)|(?:线上|线下|现场|主场)[^，。；]{0,6}活动|活动规模|(?:线上|线下)(?:参与|参加|观看|受众|活动)"
)
_WHOLE_PLACE = re.compile(
    r"(?:各|每)[^，。；]{1,20}?(?:参与|参加|组织|答题|参赛|发动|动员|覆盖|受众|宣讲|培训)"
)
_REACHED = re.compile(
    r"参与群众|参与人[数次]|受益|惠及|覆盖|受众|服务群众|参加人[数次]|累计|总人[数次]|参与公众|接待|培训"
)
_EVERYWHERE = re.compile(r"全[省市县区国州校](?:共|计划|累计|将|拟|力争|总|开展|组织|举办)")
_ATTACHED = re.compile("附[上有]?[^，。；]{0,8}$")
_ATTENDANCE = re.compile(r"(?:各|每)[^，。；、]{0,6}场")


def is_of_one_activity(sentence: Sentence, limit: Limited) -> bool:
    """Whether pictures, reports and the like are asked of every activity."""
    start = sentence.text.rfind("；", 0, limit.start) + 1
    text = re.split("；", sentence.text[start:])[0]
    if _ONE.search(text) or any(_ONE.search(t) for t in sentence.titles):
        return True
    if _UNITS.search(text[: limit.start - start]):
        return False
    return _RECORD.search(text) is not None or any(re.search("完善|平台|填报", t) for t in sentence.titles)


def is_beside_summary(sentence: Sentence, limit: Limited) -> bool:
    """Whether pictures go along with a summary: 总结材料和不少于5张照片."""
    before = re.split("[。；]", sentence.text[: limit.start])[-1]
    told = re.search("总结|小结|结项报告", before)
    return told is not None and (len(before) - told.end() <= 34 or _ATTACHED.search(before) is not None)


def counts_people_of_a_place(context: Context, sentence: Sentence, limit: Limited) -> bool:
    """Whether people are counted over all that a place or a unit does, and not at one event."""
    clause = re.split("[，。；]", sentence.text[: limit.start])[-1]
    segment = re.split("[。；]", sentence.text[: limit.start])[-1]
    if _ONE_EVENT.search(clause) or _ATTENDANCE.search(clause) or re.search("每[场次期]|单场", segment):
        return False
    start = limit.start - len(clause)
    told = [g[0] for g in context.groups(sentence) if g[0].start < limit.start and not g[0].is_host]
    told = told or bodies_in(sentence.text[: limit.start], context.level, context.members, bare=True)
    if any(b.start >= start and b.audience for b in told) and _WHOLE_PLACE.search(clause):
        return True
    return bool(told or _EVERYWHERE.search(sentence.text)) and _REACHED.search(clause) is not None
