"""Which column of a sheet holds what: headers matched to fields by their names, and what was decided before wins.

A field is a name of ``kepu.activities.models.CONTENT`` or one of ``TOGETHER``: what people write in one column and an
activity keeps in several. A header nobody knows gets no field and a note, so that a person can match it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kepu.activities.models import CONTENT, Activity

TOGETHER: dict[str, Any] = {
    "when": gettext_lazy("活动时间（日期、钟点）"),
    "where": gettext_lazy("活动地点（地区、场地）"),
    "when_where": gettext_lazy("时间和地点"),
    "host": gettext_lazy("主办单位"),
    "contact": gettext_lazy("联系人和电话"),
}
_NOT_IN_SHEETS = ("sessions", "answers", "arrangement")  # come out of the times; asked for by name elsewhere
FIELDS: dict[str, Any] = TOGETHER | {
    name: Activity._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    for name in CONTENT
    if name not in _NOT_IN_SHEETS
}
SERIAL = re.compile(r"序号?|编号|序次|No\.?|#|行号", re.I)
# fields that several columns may fill together, in the order of the sheet
SHARED = frozenset({
    "when", "where", "host", "contact", "co_hosts", "undertakers", "supporters", "formats", "topics",
    "audiences", "entries", "fields", "tracks",
})  # fmt: skip

# field, names that mean it and nothing else, and a pattern that means it in most sheets
_NAMES: tuple[tuple[str, str, str], ...] = (
    ("title", "活动名称 项目名称 活动项目 活动项目名称 活动题目 活动标题 名称 活动 项目 重点活动名称 子活动名称 课程名称 讲座题目 活动名",
     r"(?:活动|项目|重点活动|讲座|展览|科普)(?:的)?(?:名称|题目|标题)"),
    ("theme", "活动主题 主题", r"主题$"),
    ("subtheme", "副主题 分主题", r"[副分]主题"),
    ("activity_level", "活动级别 级别", r"级别"),
    ("mode", "举办方式 活动方式 开展方式 线上/线下 线上或线下 线上线下 是否线上 举办形式", r"线上.{0,2}线下|(?:举办|开展|活动|组织)方式"),
    ("when", "活动时间 举办时间 起止时间 时间 活动日期 日期 举办日期 时间安排 活动起止时间 开展时间 实施时间 计划时间 拟举办时间 活动时段 "
             "时段 具体时间 举行时间 拟定时间 时间段 活动安排时间 预计时间 活动开展时间 钟点",
     r"(?:活动|举办|举行|起止|开展|实施|计划|具体|预计|拟定?)(?:举办|开展|起止)?(?:时间|日期|时段)"),
    ("starts_at", "开始时间 起始时间 开始日期 活动开始时间 开幕时间 起始日期", r"(?:开始|起始)(?:时间|日期)"),
    ("ends_at", "结束时间 截止时间 结束日期 活动结束时间 终止时间", r"(?:结束|终止)(?:时间|日期)"),
    ("when_where", "时间地点 活动时间地点 时间及地点 时间和地点 活动时间及地点 活动时间和地点 活动时间与地点 举办时间地点 时间/地点 时间、地点 活动时间、地点",
     r"时间.{0,4}地点"),
    ("where", "活动地点 举办地点 地点 活动场所 活动场地 场地 举办场所 实施地点 开展地点 举行地点 活动地址 线下地点 会场",
     r"(?:活动|举办|举行|开展|实施|线下)(?:的)?(?:地点|场所|场地|地址)"),
    ("venue", "场地名称 场馆 场馆名称", r"场[地馆]名称"),
    ("address", "详细地址 具体地址 地址", r"(?:详细|具体)(?:地址|地点)"),
    ("place", "所属镇街 镇街 镇（街道） 镇/街道 镇街（园区） 区县 县区 县（市、区） 所在地 所属区县 地区 所属地区 举办地 所在镇街 区域 行政区",
     r"(?:所属|所在)(?:镇街|区县|县区|地区|街道|乡镇|区域)"),
    ("booking_link", "预约网址 预约链接 预约地址 报名网址 报名链接 预约报名链接", r"预约.{0,2}(?:网址|链接)"),
    ("booking_note", "怎么预约 预约方式 预约办法 预约电话 预约及电话 报名方式 报名办法 报名电话 预约说明", r"预约(?:方式|办法|电话|说明)"),
    ("taking_part", "参加方式 参与方式 参加办法 是否预约 是否需预约 是否需要预约 是否要预约 预约 预约要求 是否报名 是否需要报名", r"是否.{0,3}预约|参[加与]方式"),
    ("capacity", "名额 活动名额 名额数 名额数量 预约名额 报名名额 招募人数 限额 限定人数 人数上限 人数限制 可预约人数", r"名额|人数上限|限额"),
    ("accessibility", "无障碍 无障碍设施 无障碍服务 无障碍安排 无障碍环境", r"无障碍"),
    ("accessibility_note", "无障碍说明", r"无障碍.{0,2}说明"),
    ("online_link", "活动网址 线上网址 网址 链接 活动链接 线上链接 直播链接 直播地址 线上地址 直播网址 参与链接 线上平台及链接",
     r"网址|链接|直播地址"),
    ("summary", "内容简介 活动简介 活动概述 概述 活动概况 活动内容 简介 内容 活动介绍 主要内容 项目简介 项目概况 内容概要 活动概要 活动主要内容 概况 "
                "活动内容简介 活动简要介绍 活动内容及形式 内容及形式 项目内容", r"简介|概况|概要|(?:活动|主要|项目)内容|简要介绍"),
    ("tracks", "活动板块 板块 所属板块 活动系列 系列", r"板块|系列$"),
    ("fields", "行业领域 领域 所属领域 学科领域", r"领域"),
    ("topics", "内容主题 科普主题 主题内容 科普内容类别", r"内容主题"),
    ("entries", "进基层 六进 科普六进", r"六进|进基层"),
    ("audiences", "服务人群 受众 面向人群 活动对象 参与对象 参加对象 服务对象 受众人群 面向对象 目标人群 参加人群 对象 参加人员 参与人群",
     r"(?:活动|参与|参加|服务|面向|目标)(?:对象|人群)|受众"),
    ("formats", "活动形式 形式 活动类型 类型 活动类别 类别 开展形式 活动种类 主要形式", r"(?:活动|开展|主要)(?:形式|类型|类别|种类)"),
    ("main_venue", "主会场活动 是否主会场 主会场", r"主会场"),
    ("key_activity", "重点活动 是否重点活动 是否重点 申报重点活动 是否为重点活动 是否申报重点活动", r"是否.{0,4}重点"),
    ("key_reason", "申报重点活动的理由 推荐理由 重点理由 申报理由", r"(?:推荐|申报|重点).{0,5}理由"),
    ("online_expected", "线上人数 线上参与人数 其中线上 线上预计人数 预计线上人数 预计线上参与人数", r"线上.{0,4}人[数次]"),
    ("participants_expected", "参与人数 预计人数 预计参与人数 参加人数 预计参加人数 规模 活动规模 人数 预计规模 预计参与人次 参与人次 受众人数 "
     "预计受众人数 线下人数 参与人数（预计） 预计受益人数 预计人次 活动人数", r"人[数次]|规模"),
    ("participants_note", "人数统计办法 统计办法", r"统计[办方]法"),
    ("safety_person", "安全责任人 安全负责人", r"安全.{0,2}[责负]"),
    ("content_person", "内容责任人 内容负责人", r"内容.{0,2}[责负]任?人"),
    ("host_place_person", "举办地责任人 场地负责人 场地责任人", r"(?:举办地|场地).{0,2}[责负]任?人"),
    ("risk_assessment", "风险研判 风险评估", r"风险(?:研判|评估)"),
    ("risk_plan", "风险处置方案 应急预案 安全预案 应急方案", r"预案|处置方案"),
    ("publicity_plan", "宣传计划 宣传方案 媒体宣传 宣传安排", r"宣传"),
    ("resources_planned", "预期形成的资源 预期成果 形成资源 预期资源", r"预期(?:成果|资源)"),
    ("marks", "使用的标识 标识", r"标识"),
    ("co_hosts", "联合主办单位 联合主办 共同主办单位 合办单位", r"(?:联合|共同)主办|合办"),
    ("undertakers", "承办单位 承办 具体承办单位 实施单位 执行单位", r"承办|执行单位"),
    ("supporters", "支持单位 支持 协办单位 协办 协作单位 合作单位 参与单位 参加单位 指导单位", r"协办|支持单位|合作单位|指导单位"),
    ("host", "主办单位 主办 举办单位 主办单位名称 组织单位 牵头单位 主办方 活动主办单位 开展单位 申报单位 报送单位 填报单位 单位 单位名称 责任单位 所属单位 活动单位",
     r"(?:主办|举办|牵头|组织|申报|报送)(?:单位|方)"),
    ("contact", "联系人及电话 联系方式 联系人及联系方式 联系人和电话 联系人电话 联系人及联系电话 联系人/电话 联系人、电话 联系人姓名及电话 联系人与电话 "
     "负责人及电话 负责人及联系方式 活动联系人及电话 联系人、联系电话", r"(?:联系|负责)人.{0,6}(?:电话|方式|手机)"),
    ("contact_name", "联系人 联系人姓名 活动联系人 负责人 姓名 活动负责人 项目负责人", r"^(?:活动|项目)?(?:联系人|负责人)"),
    ("contact_phone", "联系电话 电话 手机 手机号 手机号码 联系人手机 电话号码 联系手机 负责人电话 负责人联系电话", r"电话|手机"),
    ("responsible_unit", "归口单位 归口管理单位 归口部门", r"归口"),
    ("in_principle_note", "情况说明", r"情况说明"),
    ("latitude", "纬度", r"纬度"),
    ("longitude", "经度", r"经度"),
)  # fmt: skip
_WEAK = {
    "名称": "title", "活动": "title", "项目": "title", "内容": "summary", "单位": "host", "单位名称": "host", "责任单位": "host",
    "所属单位": "host", "姓名": "contact_name", "对象": "audiences", "会场": "where", "类别": "formats", "类型": "formats",
    "参加人员": "audiences", "系列": "tracks", "级别": "activity_level", "截止时间": "ends_at", "参与单位": "supporters",
    "参加单位": "supporters", "指导单位": "supporters", "支持": "supporters", "负责人": "contact_name", "举办形式": "mode",
}  # fmt: skip
# headers that look like a field's and are not about the activity
_OTHERS = re.compile(
    r"填报(?:时间|日期|人)|报名|填表|审核|审批|报送(?:时间|日期)|实际(?:参与|参加)?人|备注|签[字名]|盖章|经费|预算|邮箱|传真|照片|图片|天数|场次数?$"
)
_EXACT = {name: field for field, names, _p in _NAMES for name in names.split()}
_LIKE = tuple((field, re.compile(pattern)) for field, _n, pattern in _NAMES)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its place counted from 0, its header, its field ("" for none), how sure that is (0 to 1)."""

    index: int
    header: str
    field: str
    sure: float
    note: str = ""


def match_columns(headers: Sequence[tuple[int, str]], remembered: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns with their fields. ``remembered`` maps headers to fields, or to "" for a column to leave out.

    A field that only one column can fill goes to the surest; the others are left without one, and their note says so.
    """
    columns = [_matched(index, header, remembered) for index, header in headers]
    return tuple(_settled(columns, decided={header for _i, header in headers if header in remembered}))


def field_of(header: str) -> tuple[str, float]:
    """The field that a header's name means, and how sure that is; ``("", 0.0)`` where no field does."""
    plain = plain_of(header)
    for name in (plain, *_parts(plain)):
        if name in _EXACT:
            return _EXACT[name], 0.7 if name in _WEAK else 1.0
    if not plain or SERIAL.fullmatch(plain) or _OTHERS.search(plain):
        return "", 0.0
    found = [field for field, pattern in _LIKE if pattern.search(plain)]
    if not found:
        return "", 0.0
    return found[0], 0.8 if len(set(found)) == 1 else 0.6


def plain_of(header: str) -> str:
    """A header without blanks, stars and what stands in brackets behind it: *活动名称（必填） → 活动名称."""
    text = re.sub(r"[\s*＊★:：]", "", header).replace("(", "（").replace(")", "）")
    if text in _EXACT:
        return text
    bare = re.sub(r"（[^（）]*）", "", text)
    return bare or text.strip("（）")


def _parts(plain: str) -> tuple[str, ...]:
    """The lower of two headers over each other, and both joined: 联系人·电话 → 电话, 联系人电话."""
    if "·" not in plain:
        return ()
    upper, _dot, lower = plain.rpartition("·")
    return (upper.replace("·", "") + lower, lower)


def _matched(index: int, header: str, remembered: Mapping[str, str]) -> Column:
    if header in remembered and (not remembered[header] or remembered[header] in FIELDS):
        field = remembered[header]
        return Column(index, header, field, 1.0, "" if field else _("按上次的选择，不导入这一列。"))
    field, sure = field_of(header)
    note = ""
    if SERIAL.fullmatch(plain_of(header)):
        return Column(index, header, "", 1.0, _("序号不用导入。"))
    if not field:
        note = _("认不出这一列是什么，请选一项；不选就不导入。")
    elif sure < 0.75:
        note = _("看名字像“%(field)s”，请核对。") % {"field": FIELDS[field]}
    elif field == "supporters" and "协办" in header:
        note = _("“协办单位”记在“支持单位”里。")
    return Column(index, header, field, sure, note)


def _settled(columns: list[Column], *, decided: set[str]) -> list[Column]:
    fields = {column.field for column in columns}
    has_title = "title" in fields
    settled = []
    for column in columns:
        if column.field == "theme" and not has_title and column.header not in decided:
            has_title = True  # a sheet without a name for its activities calls them by their theme
            column = replace(
                column, field="title", sure=0.7, note=_("没有“活动名称”一列，把这一列当作名称，请核对。")
            )
        settled.append(column)
    for field in {column.field for column in settled} - {""} - SHARED:
        same = [column for column in settled if column.field == field]
        if len(same) == 1:
            continue
        best = max(same, key=lambda column: (column.header in decided, column.sure, -column.index))
        for column in same:
            at = settled.index(column)
            if column is best:
                others = _("、").join(f"“{other.header}”" for other in same if other is not best)
                words = _("%(others)s也像“%(field)s”，取了这一列，请核对。")
                settled[at] = replace(
                    column,
                    sure=min(column.sure, 0.6),
                    note=words % {"others": others, "field": FIELDS[field]},
                )
            else:
                words = _("和“%(best)s”都像“%(field)s”，这一列没有导入，请核对。")
                settled[at] = replace(
                    column, field="", sure=0.3, note=words % {"best": best.header, "field": FIELDS[field]}
                )
    return settled
