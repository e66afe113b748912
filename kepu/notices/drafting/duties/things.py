"""What is handed in: the code of a thing by its name, and whether words name a thing that can be handed in at all."""

from __future__ import annotations

import re

_THINGS = (
    (re.compile(r"补充完善|完善.{0,6}信息|活动信息.{0,4}完善|进展成果|信息和进展"), "completion_record"),
    (re.compile(r"填报.{0,12}活动|活动(?:内容)?填报|网上填报|信息填报|填报$|活动登记|录入.{0,6}活动"), "activity_filing"),
    (re.compile(r"重点.{0,8}(?:活动|项目).{0,10}(?:清单|表|目录|名录|计划|项目)|活动(?:项目)?清单|重点活动$"), "key_activity_list"),
    (re.compile(r"(?:活动|单场).{0,2}小结|每.{0,4}活动.{0,6}总结"), "activity_summary"),
    (re.compile(r"总结|工作(?:开展)?情况|开展情况|工作报告|情况报告|自评报告"), "organisation_summary"),
    (re.compile(r"推荐(?:表|材料|名单|名额|对象|人选|意见)|候选|推荐的|推荐.{0,8}(?:案例|集体|个人|项目|选手|单位)"), "nominations"),
    (re.compile(r"报名|参赛(?:回执|名单|队员)|参会|回执"), "registration"),
    (re.compile(r"申报|申请"), "applications"),
    (re.compile(r"联络员|联系人|负责人名单|信息员|责任人名单"), "contact_list"),
    (re.compile(r"计划(?!开展|举办|组织)|方案|安排|活动表|排期|预告|活动预报|日程|项目表|议程"), "plan_table"),
    (re.compile(r"作品|征文|稿件|论文|课件|教案|课例|剧本|微视频作品|投稿"), "entries"),
    (re.compile(r"图片|照片|视频|素材|影像|录像|音像|海报"), "materials"),
    (re.compile(r"案例|典型经验|经验做法"), "cases"),
    (re.compile(r"统计|汇总表|数据|台账|情况表|报表|进度表|一览表"), "statistics"),
    (re.compile(r"信息|简报|动态|新闻|报道|消息|宣传稿"), "news"),
    (re.compile(r"名单|人选"), "name_list"),
    (re.compile(r"意见|建议|反馈|问卷"), "feedback"),
    (re.compile(r"清单|目录"), "item_list"),
)  # fmt: skip
_MATERIAL = re.compile(
    r"总结|小结|报告|表|清单|目录|方案|计划|材料|资料|作品|征文|图片|照片|视频|素材|信息|名单|情况|回执|稿|数据|台账|简报|案例|论文|课件|教案|教学设计|课例|书目|点子|申报书|推荐书|书$|意见|链接|文档|登记|安排|成果|线索|预告|"
    r"证明|问卷|统计|影像|录像|音频|PPT|ppt|日程|文件|附件|承诺书|授权|人选|标语|口号|楹联|歌曲|剧本|海报|报名|申请|联络员|进展|活动内容|动态|填报"
)
_HELD = re.compile(r"活动|项目|集体|个人|单位|选手|队|人员|讲师|志愿者")
_GENERIC = re.compile(
    r"(?:相关|有关|上述|以下|以上|全部|各类|所有|完整的?|书面)?(?:材料|资料|内容|信息|文件|附件|表格?|电子版|活动|情况)(?:及附件)?"
)


def thing(title: str) -> str:
    """The code for what is handed in, "" when its name says nothing known."""
    found = [
        (m.start(), rank, code)
        for rank, (pattern, code) in enumerate(_THINGS)
        if (m := pattern.search(title))
    ]
    return min(found)[2] if found else ""


def is_thing(title: str, *, strict: bool = False) -> bool:
    """Whether the words name something that can be handed in; ``strict`` leaves out people and events."""
    return _MATERIAL.search(title) is not None or (not strict and _HELD.search(title) is not None)


def is_generic(title: str) -> bool:
    """Whether they name it too generally to stand alone: 相关材料."""
    return _GENERIC.fullmatch(title) is not None
