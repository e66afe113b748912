"""A small notice in the manner of the genre with something of every kind, for comparing drafts with."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

from kepu.notices.format.schema import NoticeFile

TRUTH = """
format = 1
[notice]
code = "linxi-2025"
season = "reading-2025"
title = "临溪县科学技术协会关于举办2025年临溪县科学周的通知"
number = "临科协〔2025〕3号"
issuer = "临溪县科学技术协会"
place = "CN"
issued = 2025-03-03
joint_issuers = ["临溪县科学技术协会", "中共临溪县委宣传部", "共青团临溪县委", "临溪县教育局"]
recipients = [
  { title = "各乡镇人民政府", levels = ["town"] },
  { title = "各中小学校", kinds = ["school"] },
  { role = "cc", title = "有关单位", names = ["县图书馆", "县文化馆"] },
]
attachments = [{ number = 1, title = "科学周活动计划表" }, { number = 2, title = "优秀活动推荐表", known = false }]

[[clause]]
id = "LX-01"
kind = "theme"
summary = "主题。"
theme = { text = "科学点亮生活" }

[[clause]]
id = "LX-02"
kind = "theme"
summary = "自拟副主题。"
theme = { role = "right", set_by = ["region", "host"] }

[[clause]]
id = "LX-03"
kind = "window"
summary = "集中开展。"
window = { code = "concentrated", title = "集中开展", start = 2025-04-01, end = 2025-04-30 }

[[clause]]
id = "LX-04"
kind = "window"
summary = "发布。"
window = { code = "publishing", title = "发布活动", purpose = "publishing", start = 2025-03-20 }

[[clause]]
id = "LX-05"
kind = "duty"
summary = "报计划。"
audience = { levels = ["town"] }
[clause.duty]
what = "plan_table"
title = "科学周活动计划表"
due = 2025-03-21
to = "issuer"
form = "plan_table"
parts = [{ code = "electronic", label = "电子版" }, { code = "scan", label = "盖章扫描件" }]
channels = [{ code = "mailbox", label = "县科协邮箱" }]

[[clause]]
id = "LX-06"
kind = "duty"
summary = "报总结。"
audience = { any_of = [{ levels = ["town"] }, { kinds = ["school"] }] }
duty = { what = "organisation_summary", title = "科学周工作总结", due = { date = 2025-05-10, time = "16:00" } }

[[clause]]
id = "LX-07"
kind = "duty"
summary = "报图片。"
duty = { what = "pictures", title = "科学周活动图片", due = { date = 2025-05-10, time = "16:00" } }

[[clause]]
id = "LX-08"
kind = "duty"
summary = "活动总结。"
duty = { what = "activity_summary", title = "活动总结", about = "activity", due = { days = 10, after = "activity_end" } }

[[clause]]
id = "LX-09"
kind = "duty"
summary = "素材另行通知。"
status = "pending"
waits_for = "时间另行通知"
duty = { what = "materials", title = "宣传素材", due = { reference = "时间另行通知" } }

[[clause]]
id = "LX-10"
kind = "quota"
summary = "乡镇活动数。"
audience = { levels = ["town"] }
quota = { of = "activities", per = "place", place_level = "town", min = 2, unit = "场" }

[[clause]]
id = "LX-11"
kind = "quota"
summary = "学校活动数。"
audience = { kinds = ["school"] }
quota = { of = "activities", code = "schools", per = "unit", min = 2, unit = "场" }

[[clause]]
id = "LX-12"
kind = "quota"
summary = "百场讲座。"
quota = { of = "lectures", title = "“百场”讲座", per = "total", nominal = 100 }

[[clause]]
id = "LX-13"
kind = "gate"
summary = "线下人数。"
gate = { fact = "participants_expected", when = { mode = ["offline"] }, min = 50, unit = "人" }

[[clause]]
id = "LX-14"
kind = "gate"
summary = "线上人数。"
gate = { fact = "participants_expected", when = { mode = ["online"] }, min = 100, unit = "人" }

[[clause]]
id = "LX-15"
kind = "gate"
summary = "提前五天。"
gate = { fact = "lead_days", min = 5 }

[[clause]]
id = "LX-16"
kind = "gate"
summary = "不早于。"
gate = { fact = "published_at", stages = ["publication"], not_before = 2025-03-20 }

[[clause]]
id = "LX-17"
kind = "gate"
summary = "总结写全。"
[clause.gate]
fact = "sections"
stages = ["summary"]
contains = ["a", "b"]
labels = { a = "基本情况", b = "特色亮点" }

[[clause]]
id = "LX-18"
kind = "form"
summary = "计划表。"
[clause.form]
code = "plan_table"
title = "科学周活动计划表"
columns = [{ code = "a", title = "活动名称" }, { code = "b", title = "时间、地点" }, { code = "c", title = "联系人" }]

[[clause]]
id = "LX-19"
kind = "call"
summary = "征集照片。"
call = { code = "photos", title = "科学周照片", materials = ["picture"], opens = 2025-03-10, closes = 2025-04-25 }

[[clause]]
id = "LX-20"
kind = "file_rule"
summary = "照片要求。"
file_rule = { call = "photos", material = "picture", formats = ["jpg", "jpeg"], size_mb = { over = 3 }, name_pattern = "{unit}-{title}" }

[[clause]]
id = "LX-21"
kind = "indicator"
summary = "指标。"
indicator = { items = [{ code = "a", label = "组织动员" }, { code = "b", label = "活动数量", weight = 30 }] }

[[clause]]
id = "LX-22"
kind = "mark"
summary = "标识。"
mark = { items = [{ code = "a", label = "全国科普日" }, { code = "b", label = "科普中国" }] }

[[clause]]
id = "LX-23"
kind = "track"
summary = "板块。"
track = { code = "tracks", title = "主要活动", nodes = [{ code = "a", label = "启动仪式" }, { code = "b", label = "科普大篷车巡展" }] }

[[clause]]
id = "LX-24"
kind = "list"
summary = "形式。"
list = { code = "formats", title = "活动形式", items = [{ code = "a", label = "科普讲座" }, { code = "b", label = "科技展览" }] }

[[clause]]
id = "LX-25"
kind = "routing"
summary = "审核。"
routing = { routes = [{ steps = ["coordinator@town", "coordinator@county"], working_days = 3 }] }

[[clause]]
id = "LX-26"
kind = "commendation"
summary = "表扬。"
commendation = { step = "commend", objects = ["organisation", "activity"], by = "县科协" }

[[clause]]
id = "LX-27"
kind = "contact"
summary = "联系。"
contact = { desk = "office", title = "县科协科普部", gives = ["name", "phone"] }

[[clause]]
id = "LX-28"
kind = "programme"
summary = "启动仪式。"
programme = { code = "opening", title = "科学周启动仪式", type = "ceremony", when = 2025-04-01 }

[[clause]]
id = "LX-29"
kind = "coverage"
summary = "全覆盖。"
coverage = { of = "village", title = "每个村" }

[[clause]]
id = "LX-30"
kind = "party"
summary = "承办。"
party = { role = "host", title = "承办单位", members = [{ name = "县科技馆" }, { name = "县图书馆" }] }

[[clause]]
id = "LX-31"
kind = "text"
summary = "勤俭。"
text = { code = "thrift", title = "厉行勤俭节约" }
"""
DATA: dict[str, Any] = tomllib.loads(TRUTH)


def notice(data: dict[str, Any] | None = None) -> NoticeFile:
    return NoticeFile.model_validate(DATA if data is None else data)


def changed(clause_id: str, /, **params: Any) -> NoticeFile:
    """The notice with some parameters, or keys, of one clause replaced."""
    data = copy.deepcopy(DATA)
    clause = next(c for c in data["clause"] if c["id"] == clause_id)
    for name, value in params.items():
        (clause if name in ("audience", "status", "waits_for", "id") else clause[clause["kind"]])[name] = (
            value
        )
    return notice(data)


def with_head(**keys: Any) -> NoticeFile:
    return notice({**DATA, "notice": {**DATA["notice"], **keys}})
