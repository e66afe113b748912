"""What a stretch of time is for, by the words beside it: code, purpose and title of a window."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spell:
    """A use of time; ``pattern`` finds it in a label, a heading or the words around a date."""

    pattern: re.Pattern[str]
    code: str
    purpose: str = "activity"


SPELLS = (
    Spell(re.compile(r"报名|注册"), "registration", "filing"),
    Spell(re.compile(r"投票|点赞"), "voting", "voting"),
    Spell(re.compile(r"公示"), "publicity", "publicity"),
    Spell(
        re.compile(r"征集|投稿|征稿|收稿|收件|作品(?:提交|报送|上传|申报|征集)|创作"),
        "collection",
        "collection",
    ),
    Spell(re.compile(r"初赛|海选|预赛|选拔"), "preliminary"),
    Spell(re.compile(r"复赛|半决赛"), "semifinal"),
    Spell(re.compile(r"决赛"), "final"),
    Spell(re.compile(r"初评|评审|评选|评议|复评|终评|评比|遴选"), "review", "review"),
    Spell(re.compile(r"答题|竞答|竞赛|比赛|大赛|挑战赛"), "contest"),
    Spell(re.compile(r"填报|登记|录入|申报|备案|报送|提交"), "filing", "filing"),
    Spell(re.compile(r"推荐"), "recommendation", "filing"),
    Spell(re.compile(r"发布|推广|上线"), "publishing", "publishing"),
    Spell(re.compile(r"展示|展播|展出|巡展|展映"), "display"),
    Spell(re.compile(r"启动|动员|部署|准备|筹备|筹划|发动"), "preparation"),
    Spell(re.compile(r"总结|评估|表彰|表扬|颁奖"), "summing_up", "summary"),
    Spell(re.compile(r"自查|检查|督查|督导|巡查"), "inspection", "inspection"),
    Spell(re.compile(r"培训"), "training"),
    Spell(re.compile(r"系列活动"), "series"),
    Spell(re.compile(r"主场活动"), "main_venue"),
    Spell(re.compile(r"咨询日|宣传日|主题日|开放日|活动日|科普日|阅读日|低碳日"), "day"),
    Spell(
        re.compile(
            r"集中|活动周|宣传周|活动月|宣传月|生产月|阅读月|科技周|读书月|统一|时间|实施|开展|举办|举行|进行|活动|行动|[周月]$"
        ),
        "concentrated",
    ),
)


def spell_of(*words: str) -> Spell | None:
    """The use that the first of ``words`` with one names."""
    for said in words:
        for spell in SPELLS:
            if said and spell.pattern.search(said):
                return spell
    return None
