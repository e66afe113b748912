"""What the fields of a notice are called, and the words for values that a file writes as codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.commendation import STEPS
from kepu.notices.kinds.contact import GIVES
from kepu.notices.kinds.facts import VALUES
from kepu.notices.kinds.file_rule import ORIENTATIONS
from kepu.notices.kinds.gate import STAGES
from kepu.notices.kinds.quota import OBJECTS, PER, PLACES
from kepu.notices.kinds.theme import SETTERS

HEADER: dict[str, Any] = {
    "code": _("代码"), "season": _("届次"), "title": _("标题"), "number": _("发文字号"), "issuer": _("发文单位"),
    "issuer_unit": _("发文单位的编号"), "place": _("适用地区"), "line": _("适用系统"), "status": _("性质"),
    "parents": _("上级通知"), "replaces": _("代替的通知"), "amends": _("补充或更正的通知"), "based_on": _("依据的文件"),
    "issued": _("印发日期"), "printed": _("印制日期"), "in_force": _("生效时间"), "names": _("本届活动的名称"),
    "edition": _("第几届"), "edition_local": _("当地第几届"), "level": _("发文层级"), "joint_issuers": _("联合主办"),
    "recipients": _("主送和抄送"), "attachments": _("附件"), "opening": _("正文开头"), "sections": _("正文标题"), "note": _("备注"),
}  # fmt: skip

CLAUSE: dict[str, Any] = {
    "id": _("条款代码"), "number": _("条款号"), "kind": _("种类"), "key": _("规则名"), "summary": _("概述"),
    "summary_en": _("英文概述"), "wording": _("公文里的文字"), "mode": _("与上级的关系"), "strictness": _("强度"),
    "status": _("状态"), "waits_for": _("等什么"), "audience": _("对象"), "scope": _("适用范围"), "caller": _("发起单位"),
    "relates": _("对应的上级条款"),
}  # fmt: skip

# by the field's name, whatever the kind; what a kind calls otherwise stands below
FIELDS: dict[str, Any] = {
    "about": _("说明"), "activity_types": _("活动类型"), "anonymous": _("匿名"), "aspect": _("画幅比例"), "awards": _("奖项"),
    "bound": _("数量"), "by": _("由谁"), "by_kinds": _("由哪类单位做"), "call": _("征集"), "cap": _("上限是硬的"),
    "categories": _("组别"), "channel": _("渠道"), "channels": _("报送渠道"), "channels_needed": _("几条渠道"),
    "choice": _("归口单位"), "choices": _("选项"), "classes": _("分类名额"), "closes": _("截止"), "code": _("代码"),
    "columns": _("栏目"), "columns_known": _("栏目已知"), "conditions": _("条件"), "conditions_needed": _("几个条件"),
    "contains": _("必须包括"), "content": _("内容"), "count": _("数目"), "counts": _("哪些才算"), "criteria": _("标准"),
    "data": _("数据来源"), "days": _("天数"), "declarations": _("承诺"), "desk": _("部门"), "dpi": _("分辨率"), "due": _("期限"),
    "duration_s": _("时长（秒）"), "end": _("结束"), "equals": _("必须是"), "example": _("例子"), "exempt": _("不占名额"),
    "fact": _("哪一项"), "fee": _("收费"), "form": _("表格"), "four_eyes": _("填报和审核须由不同的人办理"), "formats": _("形式或格式"), "gives": _("给出的联系方式"),
    "guests": _("嘉宾"), "header": _("表头"), "height": _("高（像素）"), "host_excludes": _("不算的举办单位"),
    "host_kinds": _("举办单位类别"), "host_levels": _("举办单位级别"), "hosts": _("承担单位"), "items": _("各项"),
    "judged": _("由人评"), "kind": _("类别"), "label": _("名称"), "label_en": _("英文名称"), "labels": _("各项的名称"),
    "levels": _("级别"), "line": _("系统"), "list": _("选项来自的清单"), "long_side": _("长边（像素）"), "made_from": _("作品不早于"),
    "made_until": _("作品不晚于"), "material": _("材料"), "materials": _("材料"), "max_chars": _("最多字数"),
    "megabyte": _("1M的算法"), "members": _("成员"), "merge": _("合并的规定"), "min_chars": _("最少字数"), "mode": _("举办方式"),
    "money": _("奖金"), "must_cover": _("要说到的"), "name": _("名称"), "name_pattern": _("文件命名"), "named": _("实名"),
    "nodes": _("各项"), "nominal": _("名义数"), "none_of": _("不能是"), "not_after": _("不晚于"), "not_before": _("不早于"),
    "note": _("说明"), "object": _("针对什么"), "objection": _("异议期"), "objects": _("表扬对象"), "of": _("数什么"), "one_of": _("只能是"),
    "open_ended": _("可以另写"), "opens": _("开始"), "ordered": _("分先后"), "orientation": _("横竖"), "parent": _("上一层"),
    "partners": _("合作单位"), "parts": _("要交的"), "per": _("按什么计"), "per_title": _("计量的称呼"), "percent": _("百分比"),
    "personal": _("含个人信息"), "pixels": _("像素"), "place": _("地区"), "place_level": _("哪一级地区"), "places": _("名额"),
    "pool": _("从哪些里选"), "preferred": _("最好做到"), "public": _("公开"), "purpose": _("用途"), "qualities": _("特点"),
    "quota": _("数量要求"), "removed": _("去掉的项"), "required": _("必须"), "results": _("所附名单"), "review": _("审核要点"),
    "role": _("哪一方"), "routes": _("路线"), "rows_max": _("最多行数"), "rows_min": _("最少行数"), "rules": _("使用规定"),
    "same_as": _("与哪条一致"), "scope": _("范围"), "sender_kinds": _("申报单位类别"), "set_by": _("谁可以拟"),
    "share_of": _("占什么的比例"), "short_side": _("短边（像素）"), "since_year": _("起始年份"), "size_mb": _("大小（MB）"),
    "source": _("取自"), "stages": _("步骤"), "stamped": _("盖章"), "start": _("开始"), "step": _("步骤"), "steps": _("审核步骤"),
    "subject_pattern": _("邮件主题"), "template": _("附件号"), "term": _("叫法"), "text": _("文字"), "theme": _("主题"),
    "title": _("名称"), "title_en": _("英文名称"), "to": _("报给谁"), "topic": _("话题"), "topics": _("话题"), "type": _("类型"),
    "under": _("挂在哪里"), "unit": _("单位"), "uses": _("用途"), "variants": _("各种情况"), "weight": _("权重"), "what": _("什么"),
    "when": _("时间"), "where": _("地点"), "width": _("宽（像素）"), "window": _("时间段"), "within": _("落在哪个时间段"),
    "without": _("不要的栏"), "working_days": _("工作日数"), "written": _("书面"),
    # these stand alone where a model has no bound of its own
    "min": _("至少"), "max": _("至多"), "over": _("大于"),
}  # fmt: skip

OF_A_KIND: dict[tuple[str, str], Any] = {
    ("gate", "when"): _("适用的情况"), ("Route", "when"): _("适用的情况"), ("gate", "stages"): _("在哪一步把关"),
    ("gate", "bound"): _("界限"), ("gate", "unit"): _("计量单位"), ("quota", "unit"): _("量词"), ("quota", "of"): _("数什么"),
    ("coverage", "of"): _("覆盖什么"), ("coverage", "min"): _("每处至少几场"), ("coverage", "percent"): _("覆盖率"),
    ("theme", "role"): _("主题还是副主题"), ("theme", "text"): _("主题"), ("duty", "about"): _("几份"), ("duty", "what"): _("报什么"),
    ("duty", "opens"): _("开始报送"), ("routing", "object"): _("审核什么"), ("form", "object"): _("一行是什么"),
    ("form", "stamped"): _("要盖章"), ("file_rule", "formats"): _("格式"), ("file_rule", "count"): _("文件数"),
    ("call", "labels"): _("必须标注的"), ("commendation", "to"): _("上报给谁"), ("track", "under"): _("挂在哪个板块下"),
    ("Award", "percent"): _("比例"), ("Part", "required"): _("必交"), ("Column", "required"): _("必填"),
    ("Column", "choices"): _("选项"), ("window", "purpose"): _("用途"), ("party", "what"): _("做什么"),
    ("Condition", "unit"): _("计量单位"), ("QuotaClass", "unit"): _("量词"), ("Column", "type"): _("填什么"),
}  # fmt: skip

YES, NO = _("是"), _("否")
_PROGRAMME = {
    "main_venue": _("主场活动"), "branch_venue": _("分会场活动"), "ceremony": _("仪式"), "forum": _("论坛"), "contest": _("竞赛"),
    "exhibition": _("展览"), "broadcast": _("直播"), "service": _("服务"), "other": _("其他"),
}  # fmt: skip
_COLUMN = {
    "text": _("文字"), "long_text": _("长文字"), "number": _("数"), "date": _("日期"), "datetime": _("日期和时间"),
    "choice": _("选项"), "yes_no": _("是否"), "file": _("文件"), "serial": _("序号"), "phone": _("电话"), "money": _("金额"),
}  # fmt: skip

# words for codes, by the kind (or the model inside it) and the field
CODES: dict[tuple[str, str], Mapping[str, Any]] = {
    ("duty", "about"): {"unit": _("每单位一份"), "activity": _("每项活动一份"), "entry": _("每件作品一份")},
    ("duty", "channels_needed"): {"any": _("任选一条"), "all": _("每条都要")},
    ("call", "conditions_needed"): {"all": _("都要符合"), "any": _("符合一个即可")},
    ("quota", "of"): OBJECTS, ("quota", "per"): PER, ("quota", "place_level"): PLACES,
    ("gate", "stages"): {str(stage): words for stage, words in STAGES.items()},
    ("theme", "role"): {"theme": _("主题"), "subtheme": _("副主题"), "right": _("自拟副主题")}, ("theme", "set_by"): SETTERS,
    ("commendation", "step"): STEPS, ("contact", "gives"): GIVES, ("file_rule", "orientation"): ORIENTATIONS,
    ("file_rule", "megabyte"): {"decimal": _("1M是10^6字节"), "binary": _("1M是2^20字节")},
    ("programme", "type"): _PROGRAMME, ("programme", "mode"): VALUES["mode"], ("Column", "type"): _COLUMN,
    ("routing", "choice"): {"fixed": _("由通知规定"), "free": _("可以自选")},
    ("window", "purpose"): {
        "activity": _("举办活动"), "filing": _("填报"), "publishing": _("发布"), "voting": _("投票"), "publicity": _("公示"),
    },
}  # fmt: skip


def label_of(owner: str, field: str) -> str:
    """What a field is called; ``owner`` is the kind of the clause, or the model inside its parameters."""
    return str(OF_A_KIND.get((owner, field)) or FIELDS.get(field, field))
