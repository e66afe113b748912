"""A made-up county's reading month: a head and a clause of each kind, with the words that they use."""

from __future__ import annotations

from typing import Any

from kepu.web.workspace.desk.clauseforms import Words

HEAD: dict[str, Any] = {
    "code": "linxi-2025", "season": "reading-2025", "title": "2025年临溪县全民阅读月通知", "number": "临阅办〔2025〕3号",
    "issuer": "临溪县全民阅读工作办公室", "place": "linxi", "level": "county", "issued": "2025-03-03",
    "in_force": "2025-03-10T08:30:00", "names": ["2025年全民阅读月", "书香临溪"], "joint_issuers": ["县教育局", "县文化馆"],
    "recipients": [
        {"title": "各乡镇", "kinds": ["town_office"], "levels": ["town"]},
        {"role": "cc", "title": "县图书馆", "names": ["临溪县图书馆"]},
    ],
    "attachments": [{"title": "阅读月活动计划表"}, {"number": 2, "title": "优秀活动推荐表", "known": False}],
    "opening": "为办好全民阅读月，现将有关事项通知如下。",
    "sections": [{"number": "一", "title": "主题和时间"}, {"number": "四（二）", "title": "审核"}],
}  # fmt: skip

CLAUSES: tuple[dict[str, Any], ...] = (
    {"kind": "theme", "number": "一", "summary": "今年的主题。", "theme": {"text": "一县书声，满城春色"}},
    {
        "kind": "window", "number": "二", "summary": "四月集中开展。",
        "window": {
            "code": "concentrated", "title": "阅读月集中活动", "start": {"date": "2025-04-01"}, "end": {"month": "2025-04", "part": "late"},
        },
    },
    {
        "kind": "list", "number": "三（一）", "summary": "活动形式四种。",
        "list": {
            "code": "formats", "title": "活动形式", "open_ended": True,
            "items": [
                {"code": "lecture", "label": "名家讲座"}, {"code": "reading_aloud", "label": "朗读会", "note": "室内室外都可以"},
                {"code": "exhibition", "label": "书画展"}, {"code": "book_swap", "label": "换书集市", "same_as": "market"},
            ],
        },
    },
    {
        "kind": "track", "number": "三（三）", "summary": "联合行动两项。",
        "track": {
            "code": "joint_actions", "title": "联合行动", "under": "joint_actions",
            "nodes": [
                {"code": "libraries", "label": "图书馆夜读行动", "hosts": ["library"]},
                {"code": "schools", "label": "校园共读行动", "hosts": ["school"], "formats": ["reading_aloud"]},
            ],
        },
    },
    {
        "kind": "quota", "number": "三（二）", "summary": "每个乡镇四到六场，其中线上至少一场。",
        "audience": {"kinds": ["town_office"], "levels": ["town"], "exceptions": [{"places": ["linxi-chengguan"]}]},
        "quota": {
            "of": "activities", "per": "place", "place_level": "town", "min": 4, "max": 6, "unit": "场", "window": "window.concentrated",
            "classes": [{"code": "online", "label": "线上活动", "min": 1, "counts": {"mode": ["online", "mixed"]}}],
        },
    },
    {
        "kind": "coverage", "number": "三（二）", "strictness": "strive", "summary": "力争八成的村书屋都办一场。",
        "coverage": {"of": "village", "title": "农家书屋活动", "percent": 80, "min": 1},
    },
    {
        "kind": "gate", "number": "四（一）", "strictness": "in_principle", "summary": "线下活动原则上不少于三十人，最好六十人以上。",
        "gate": {
            "fact": "participants_expected", "stages": ["filing"], "when": {"mode": ["offline", "mixed"]}, "min": 30,
            "preferred": {"min": 60},
        },
    },
    {
        "kind": "duty", "number": "四（四）", "summary": "各乡镇三月二十一日前报计划表，电子版和盖章扫描件都要。",
        "audience": {"any_of": [{"members_of": ["reading_group"]}, {"kinds": ["library"], "levels": ["county"]}]},
        "duty": {
            "what": "plan_table", "title": "阅读月活动计划表", "due": {"date": "2025-03-21", "time": "17:00"}, "form": "plan_table",
            "to": "line:education@county",
            "parts": [{"code": "electronic", "label": "电子版"}, {"code": "scan", "label": "盖章扫描件", "required": False}],
            "channels": [{"code": "platform", "label": "报名系统"}, {"code": "mailbox", "label": "工作邮箱"}],
        },
    },
    {
        "kind": "form", "number": "附件1", "summary": "活动计划表：表头两项，每场活动一行。",
        "form": {
            "code": "plan_table", "title": "阅读月活动计划表", "object": "activity", "template": "1", "stamped": True, "rows_min": 4,
            "header": [{"code": "unit", "title": "填报单位", "source": "unit.name"}],
            "columns": [
                {"code": "title", "title": "活动名称", "source": "activity.title"},
                {"code": "format", "title": "活动形式", "type": "choice", "list": "formats"},
                {"code": "outline", "title": "活动内容", "type": "long_text", "max_chars": 200, "must_cover": ["内容", "对象"]},
                {"code": "seats", "title": "预计人数", "type": "number", "min": 1},
            ],
            "variants": [{"title": "学校", "sender_kinds": ["school"], "columns": [{"code": "grade", "title": "年级"}], "without": ["seats"]}],
        },
    },
    {
        "kind": "file_rule", "number": "附件3", "summary": "视频用mp4，一到五分钟，横幅。",
        "file_rule": {
            "call": "videos", "material": "video", "formats": ["mp4"], "duration_s": {"min": 60, "max": 300}, "size_mb": {"under": 500},
            "orientation": "landscape", "name_pattern": "{unit}-{title}",
        },
    },
    {
        "kind": "call", "number": "三（三）", "summary": "征集荐书短视频，匿名评审。",
        "call": {
            "code": "videos", "title": "一分钟荐书短视频", "materials": ["video"], "categories": ["学生组", "社会组"],
            "opens": {"date": "2025-04-01"}, "closes": {"date": "2025-05-15", "time": "16:00"}, "anonymous": True, "fee": False,
            "conditions": [{"code": "age", "label": "作者年龄", "min": 16, "unit": "周岁"}],
            "declarations": [{"code": "rights", "text": "作品原创，肖像、音乐均已获许可", "stamped": True}],
            "labels": ["人工智能生成的画面和声音须注明"],
        },
    },
    {
        "kind": "routing", "number": "四（二）", "summary": "学校的活动由县教育局审，其余先乡镇后县。",
        "routing": {
            "routes": [
                {"label": "学校的活动", "host_kinds": ["school"], "steps": ["line:education@county"], "working_days": 2},
                {"steps": ["coordinator@town", "coordinator@county"], "working_days": 2},
            ],
        },
    },
    {
        "kind": "indicator", "number": "五", "summary": "评价看两个方面，各占权重。",
        "indicator": {
            "items": [
                {"code": "scale", "label": "活动场次", "weight": 60, "data": ["activities"], "judged": False},
                {"code": "originality", "label": "创意", "weight": 40},
            ],
        },
    },
    {
        "kind": "commendation", "number": "五", "summary": "县里评出优秀单位和优秀活动，公示五个工作日。",
        "commendation": {
            "step": "publicise", "objects": ["organisation", "activity"], "by": "县阅读办",
            "awards": [{"code": "first", "label": "优秀组织单位", "places": 6}, {"code": "second", "label": "优秀活动", "percent": 10}],
            "criteria": {"organisation": ["组织有力", "参与面广"]},
            "objection": {"working_days": 5, "named": True, "to": "县阅读办"},
        },
    },
    {
        "kind": "mark", "number": "四（三）", "summary": "用阅读月标识。",
        "mark": {"items": [{"code": "reading_month", "label": "全民阅读月", "rules": "不变形，不改颜色"}]},
    },
    {
        "kind": "programme", "number": "三（一）", "status": "tentative", "summary": "启动式在县图书馆，两个环节。",
        "programme": {
            "code": "opening", "title": "阅读月启动式（上午）", "type": "ceremony", "when": {"date": "2025-04-01"}, "where": "县图书馆",
            "items": [{"code": "reading", "label": "名篇朗读"}, {"code": "gift", "label": "赠书"}],
        },
    },
    {
        "kind": "party", "number": "四", "summary": "县图书馆和一家书店是合作单位。",
        "party": {
            "role": "partner", "title": "合作单位", "what": "提供图书和场地",
            "members": [{"name": "县图书馆", "kind": "library"}, {"name": "县新书店", "kind": "bookshop"}],
        },
    },
    {
        "kind": "contact", "number": "落款", "summary": "县阅读办有联系人、电话和邮箱。",
        "contact": {"desk": "reading_office", "title": "县阅读办", "gives": ["name", "phone", "mailbox"], "count": 1},
    },
    {
        "kind": "text", "number": "四（三）", "strictness": "strive", "summary": "节俭办活动，不向基层重复要材料。",
        "text": {"topic": "burden", "code": "thrift", "title": "节俭、减负", "items": ["不铺张", "不重复要材料"]},
    },
)  # fmt: skip

WORDS = Words({
    "kind": (
        ("reading_office", "全民阅读工作办公室"), ("town_office", "乡镇（街道）"), ("school", "中小学、幼儿园"), ("library", "图书馆"),
        ("bookshop", "书店"), ("village_committee", "村（居）委会"), ("society", "学会、协会"), ("museum", "博物馆"), ("media", "媒体"),
        ("enterprise", "企业"), ("hospital", "医疗卫生机构"), ("university", "高等院校"), ("volunteer_team", "志愿服务队"), ("park", "园区"),
    ),
    "designation": (("model_room", "示范农家书屋"),),
    "body": (("reading_group", "阅读工作领导小组成员单位"),),
    "line": (("education", "教育"), ("culture", "文化")),
    "place": (("linxi", "临溪县"), ("linxi-chengguan", "城关镇")),
    "notice": (("city-2025", "全市全民阅读月通知"),),
    "clause": (("CT-05", "全市通知 三：每县不少于十场。"),),
}).with_clauses(CLAUSES)  # fmt: skip
