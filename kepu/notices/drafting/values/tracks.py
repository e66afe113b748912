"""Codes and hosts of tracks and actions by their names."""

from __future__ import annotations

import re

from kepu.notices.drafting.values.codes import code_for

_NODES = (
    (re.compile(r"联合行动$(?<!科普联合行动)(?<=系列联合行动)|^(?:全[省市县区])?(?:系列)?联合行动$"), "joint_actions", ()), (re.compile(r"^(?:科普)?专项行动$"), "special_actions", ()),
    (re.compile(r"县（市、区）主场|区（市）县主场|各市主场|各省区域|镇街|市级主场活动$(?<=各地)"), "regional", ()), (re.compile(r"部门|部委|系统活动"), "department_system", ()), (re.compile(r"主场"), "main_venue", ()),
    (re.compile(r"云上|线上|网络"), "cloud_day", ()), (re.compile(r"青少年|校园|学校"), "youth", ("youth_body",)), (re.compile(r"科学家"), "scientist_talks", ()), (re.compile(r"农技协|农村专业技术"), "agri_associations", ("agri_association", "science_yard")),
    (re.compile(r"学会|科技社团"), "societies", ("society",)), (re.compile(r"企业"), "enterprises", ("enterprise", "enterprise_association")), (re.compile(r"高校|院校"), "universities", ("university", "research_institute")),
    (re.compile(r"科技馆|场馆"), "science_halls", ("science_hall",)), (re.compile(r"科普基地|教育基地"), "science_bases", ("science_base",)), (re.compile(r"图书馆"), "libraries", ("library",)), (re.compile(r"医院|医疗|卫生"), "hospitals", ("hospital",)),
    (re.compile(r"成员单位"), "member_units", ()), (re.compile(r"示范县"), "demonstration_counties", ()), (re.compile(r"产业"), "industry", ()), (re.compile(r"专家"), "communication_experts", ()), (re.compile(r"特别参与"), "special_units", ()),
)  # fmt: skip


def node_code(label: str) -> str:
    """The code of a track or an action with this name."""
    return next((code for pattern, code, _hosts in _NODES if pattern.search(label)), "") or code_for(
        label, prefix="track"
    )


def node_hosts(label: str) -> list[str]:
    """The kinds of unit an action is for, where its name says it."""
    if not label.endswith("行动"):
        return []
    return list(next((hosts for pattern, _code, hosts in _NODES if pattern.search(label)), ()))
