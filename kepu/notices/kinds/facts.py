"""The facts of an activity that a gate or a quota may speak of. A gate may also name a fact of its own (``label``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fact:
    """Name, unit and the field of the filing form that a sentence points at."""

    label: Any
    unit: Any = ""
    field: str = ""
    hint: Any = ""  # what to do


FACTS: dict[str, Fact] = {
    "title": Fact(_("活动名称"), field="title"),
    "theme": Fact(_("活动主题"), field="theme"),
    "subtheme": Fact(_("副主题"), field="subtheme", hint=_("请选用本地统一的副主题。")),
    "activity_level": Fact(_("活动级别"), field="activity_level"),
    "mode": Fact(_("举办方式"), field="mode"),
    "arrangement": Fact(_("场次安排"), field="arrangement"),
    "main_venue": Fact(_("主会场活动"), field="main_venue"),
    "key_reason": Fact(_("申报重点活动的理由"), field="key_reason"),
    "resources_planned": Fact(_("预期形成的资源"), field="resources_planned"),
    "lead_days": Fact(_("距活动开始的天数"), "天", "starts_at", _("请提前填报，或把开始时间往后调。")),
    "starts_at": Fact(_("开始时间"), field="starts_at"),
    "ends_at": Fact(_("结束时间"), field="ends_at"),
    "filed_at": Fact(_("填报时间")),
    "published_at": Fact(_("发布时间"), hint=_("可以先保存草稿、填报和审核，到时间再发布。")),
    "participants_expected": Fact(
        _("预计参与人数"), "人", "participants_expected", _("确有原因的，请在说明里写明，由审核单位决定。")
    ),
    "participants_actual": Fact(
        _("实际参与人数"), "人", "participants_actual", _("确有原因的，请在说明里写明。")
    ),
    "taking_part": Fact(_("参加方式"), field="taking_part", hint=_("请写明公众怎么参加。")),
    "capacity": Fact(_("名额"), "个", "capacity"),
    "accessibility": Fact(_("无障碍"), "项", "accessibility", _("请写明为有需要的人准备了什么。")),
    "responsible_unit": Fact(_("归口单位"), field="responsible_unit"),
    "key_activity": Fact(_("重点活动"), field="key_activity"),
    "tracks": Fact(_("活动板块"), field="tracks"),
    "fields": Fact(_("行业领域"), field="fields"),
    "topics": Fact(_("内容主题"), field="topics"),
    "entries": Fact(_("进基层"), field="entries"),
    "audiences": Fact(_("服务人群"), field="audiences"),
    "formats": Fact(_("活动形式"), field="formats"),
    "host_kind": Fact(_("举办单位类别")),
    "safety_person": Fact(_("安全责任人"), field="safety_person", hint=_("请写明谁对现场安全负责。")),
    "content_person": Fact(_("内容责任人"), field="content_person", hint=_("请写明谁对内容把关。")),
    "host_place_person": Fact(_("举办地责任人"), field="host_place_person", hint=_("请写明举办地由谁负责。")),
    "risk_assessment": Fact(_("风险研判"), field="risk_assessment"),
    "risk_plan": Fact(_("风险处置方案"), field="risk_plan", hint=_("请写明遇高温、暴雨、舆情等情况怎么办。")),
    "publicity_plan": Fact(_("宣传计划"), field="publicity_plan"),
    "marks": Fact(_("使用的标识"), field="marks"),
    "media_links": Fact(_("媒体报道链接"), "篇", "media_links", _("请补上报道的网址。")),
    "photos": Fact(_("活动照片"), "张", "photos"),
    "videos": Fact(_("活动视频"), "个", "videos"),
    "materials": Fact(_("照片、短视频等成果材料"), "份", "materials", _("请写明材料的网址或存放处。")),
    "sections": Fact(_("总结内容"), field="sections", hint=_("请把缺的部分补上。")),
    "days_after_end": Fact(_("距活动结束的天数"), "天"),
    "budget": Fact(_("经费"), "元", "budget"),
    "declarations": Fact(_("承诺与声明"), field="declarations"),
    "labels": Fact(_("标注"), field="labels"),
}


def fact_of(code: str) -> Fact:
    """What is known of a fact; an unknown one is named by its code."""
    return FACTS.get(code) or Fact(code, field=f"answers.{code}")


VALUES: dict[str, dict[str, Any]] = {
    "mode": {"offline": _("线下"), "online": _("线上"), "mixed": _("线上线下结合")},
    "arrangement": {"once": _("单场"), "recurring": _("定期多场"), "tour": _("巡回（多站）"), "series": _("系列（含子活动）")},
    "taking_part": {
        "walk_in": _("直接来，不用预约"), "booking": _("需要预约"), "groups": _("只对内部或组织好的团体"),
    },
    "accessibility": {
        "wheelchair": _("轮椅可以进出"), "toilet": _("无障碍卫生间"), "sign_language": _("手语翻译"), "captions": _("字幕"),
        "hearing_aid": _("助听设备"), "spoken": _("口述讲解"), "braille": _("盲文或大字材料"), "touch": _("可以触摸的展品"),
        "guide_dog": _("导盲犬可以进"), "helpers": _("有人陪同协助"),
    },
    "activity_level": {
        "nation": _("全国"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "town": _("镇街级"),
        "village": _("村（社区）级"),
    },
}  # fmt: skip
YES_NO: dict[str, Any] = {"yes": _("“是”"), "no": _("“否”")}

# what a fact is, where a condition of another sort would never come true
MOMENT_FACTS = frozenset({"starts_at", "ends_at", "filed_at", "published_at"})
NUMBER_FACTS = frozenset(
    {"lead_days", "participants_expected", "participants_actual", "capacity", "days_after_end", "budget"}
)
COUNTED_FACTS = frozenset({
    "media_links", "photos", "videos", "materials", "tracks", "fields", "topics", "entries", "audiences", "formats",
    "accessibility", "marks", "sections", "declarations", "labels",
})  # fmt: skip


def value_name(fact: str, code: str) -> str:
    """The word for a code of a fact whose codes are fixed; the code itself where a notice brings its own."""
    return str(VALUES.get(fact, {}).get(code) or YES_NO.get(code, code))
