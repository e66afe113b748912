"""The gallery: what there is to build pages from, each with its states and the line that draws it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse

from kepu.core.paging import Page
from kepu.core.refusals import GateClosed, Incomplete, Reason, Verdict
from kepu.web.gallery import public_samples, samples
from kepu.web.gallery.parts import PARTS
from kepu.web.gallery.sample_rules import in_force
from kepu.web.looks import Look
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.forms import Form
from kepu.web.shared.tones import TONES
from kepu.web.shared.views import page, reads

CLAUSE = "东科协〔2023〕17号 六（二）1"
STATES = {
    "draft": "草稿", "filed": "待审核", "returned": "退回修改", "approved": "已通过", "published": "已发布",
    "changed": "有变更", "postponed": "延期", "cancelled": "取消", "completed": "已办结", "overdue": "已过期限", "late": "迟交",
}  # fmt: skip


COLOURS = (
    ("paper", "宣纸"), ("surface", "纸面"), ("sunk", "凹处"), ("ink", "墨"), ("ink-soft", "淡墨"), ("line", "细线"), ("line-strong", "粗线"),
    ("focus", "焦点"), ("azurite", "石青"), ("azurite-deep", "深石青"), ("azurite-wash", "石青底"), ("malachite", "石绿"), ("malachite-wash", "石绿底"),
    ("gamboge", "藤黄"), ("gamboge-wash", "藤黄底"), ("sun", "日"), ("ochre", "赭石"), ("ochre-wash", "赭石底"), ("cinnabar", "朱砂"),
    ("cinnabar-wash", "朱砂底"), ("plain", "平常"), ("plain-wash", "平常底"), ("on-strong", "重色上的字"), ("sky", "天"), ("sky-low", "天边"),
    ("sky-ink", "天上的字"), ("sky-sun", "天上的日"), ("sky-line", "天上的线"),
)  # fmt: skip
SPACES = (
    ("s1", "0.25rem"), ("s2", "0.5rem"), ("s3", "0.75rem"), ("s4", "1rem"), ("s5", "1.5rem"), ("s6", "2rem"), ("s7", "3rem"), ("s8", "4.5rem"),
)  # fmt: skip
BUTTON_KINDS = (
    ("", "提交审核"),
    ("quiet", "存草稿"),
    ("danger", "取消活动"),
    ("plain", "返回"),
    ("link", "文字按钮"),
)
BUTTON_STATES = (
    ("", "平常"), ("hover", "指着"), ("focus", "焦点"), ("pressed", "按下"), ("disabled", "按不了"), ("busy", "正在做"),
)  # fmt: skip
PREVIEWS = (
    ("", "标准"), ("light", "浅色"), ("dark", "深色"), ("large", "大字"), ("large.dark", "大字深色"), ("contrast.light", "高对比"),
    ("contrast.dark", "高对比深色"), ("large.contrast.light", "大字高对比"), ("lite", "省流量"),
)  # fmt: skip


class SampleForm(Form):
    """An activity, much shortened."""

    title = forms.CharField(label="活动名称", max_length=30, help_text="30 个字以内，让没来过的人也看得懂。")
    starts_on = forms.DateField(label="开始日期", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label="活动形式", choices=[("", "请选择"), ("talk", "讲座"), ("open", "场馆开放")]
    )
    audience = forms.MultipleChoiceField(
        label="面向人群",
        choices=[("youth", "青少年"), ("farmer", "农民"), ("worker", "产业工人"), ("elder", "老年人")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    summary = forms.CharField(label="内容简介", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    agreed = forms.BooleanField(label="内容已经由本单位负责人看过")


def _wrong_form() -> SampleForm:
    form = SampleForm({"title": "走进气象台", "starts_on": "2023-09-10"}, auto_id="wrong_%s")
    form.is_valid()
    form.refuse(
        Incomplete(
            reasons=[
                Reason("活动要提前 7 天申报，最早可以填 9月15日。", field="starts_on", clause=CLAUSE),
                Reason("参加人数超过 300 人的活动，要先填安全方案。", clause="东科协〔2023〕17号 七（三）"),
            ]
        )
    )
    return form


def _closed_form() -> SampleForm:
    form = SampleForm({"title": "走进气象台", "kind": "open"}, auto_id="closed_%s")
    for field in form.fields.values():
        field.disabled = True
    return form


def signs() -> list[str]:
    """Every sign of ``img/icons.svg``, in the order of the file."""
    drawn = (Path(__file__).parents[1] / "static" / "img" / "icons.svg").read_text("utf-8")
    return re.findall(r'<symbol id="([\w-]+)"', drawn)


@reads
def gallery(request: Request) -> HttpResponse:
    """All parts on one page; ``?look=large.dark`` shows it in a look without changing one's own."""
    only_among_ourselves()
    wanted = request.GET.get("look")
    if wanted is not None:
        request.look = Look.of(wanted)
    filled = SampleForm(
        auto_id="filled_%s",
        initial={
            "title": "走进气象台",
            "starts_on": "2023-09-16",
            "kind": "open",
            "audience": ["youth"],
            "agreed": "on",
        },
    )
    refusal = GateClosed(
        "本市的申报窗口 9月8日已经关闭。", reasons=[Reason("本市的申报窗口 9月8日已经关闭。", clause=CLAUSE)]
    )
    context: dict[str, Any] = {
        "parts": PARTS, "previews": PREVIEWS, "shown": wanted, "colours": COLOURS, "spaces": SPACES, "signs": signs(),
        "button_kinds": BUTTON_KINDS, "button_states": BUTTON_STATES, "closed": _closed_form(),
        "groups": public_samples.groups(), "programme": public_samples.days(), "dials": public_samples.dials(),
        "states": [{"state": state, "label": label} for state, label in STATES.items() if state in TONES],
        "yes": Verdict(),
        "no": Verdict((Reason("活动开始前不到 7 天，已经不能提交。", clause=CLAUSE),)),
        "clause": CLAUSE,
        "ruled": in_force(),
        "refusal": refusal,
        "fresh": SampleForm(auto_id="fresh_%s"),
        "filled": filled,
        "tabs": [
            {"label": "等我审核", "url": "#g-tabs", "current": True, "count": 42},
            {"label": "已退回", "url": "#g-tabs", "current": False, "count": 3},
            {"label": "已通过", "url": "#g-tabs", "current": False, "count": 1180},
            {"label": "全部", "url": "#g-tabs", "current": False, "count": None},
        ],
        "cursor": Page(items=[], next="bmV4dA", previous="cHJldg"),
        "items": [
            {"when": "8月28日", "what": "东莞市通知印发", "state": "past", "sources": ["东科协〔2023〕17号"]},
            {
                "when": "9月8日 17:00 前",
                "what": "镇街报送活动计划表",
                "state": "now",
                "text": "还有 2 天。计划表由已填报的活动自动生成。",
            },
            {"when": "9月17日 — 23日", "what": "活动周", "state": "", "url": "#g-timeline"},
            {"when": "10月13日前", "what": "报送总结", "state": ""},
        ],
        "rows": [
            ("走进气象台：台风是怎样被看见的", "莞城街道", "published", "已发布", 320),
            ("院士面对面", "松山湖高新区", "filed", "待审核", 800),
            ("社区用药安全讲座", "石龙镇", "returned", "退回修改", 60),
        ],
        "where": [("工作台", "/workspace/"), ("组件", "/gallery/")],
        "difference": samples.DIFFERENCE,
        "impact": samples.IMPACT,
    }  # fmt: skip
    # The wrong form stands here on purpose; the page itself is in order.
    return page(request, "gallery/gallery.html", {**context, "wrong": _wrong_form()}, status=200)


def only_among_ourselves() -> None:
    """Only where we develop or rehearse: anywhere else these pages are not there."""
    if not (settings.DEBUG or settings.KEPU_REHEARSAL):
        raise Http404


PAGES = {
    400: errors.bad_request, 403: errors.forbidden, 404: errors.not_found, 405: lambda r: errors.not_allowed(r, ["POST"]),
    419: errors.csrf, 422: lambda r: errors.refused(r, GateClosed(reasons=[Reason("本市的申报窗口 9月8日已经关闭。", clause=CLAUSE)]), status=422),
    429: errors.too_many, 500: errors.fault,
}  # fmt: skip


@reads
def error(request: Request, status: int) -> HttpResponse:
    """Each error page as people see it."""
    only_among_ourselves()
    if status not in PAGES:
        raise Http404
    return PAGES[status](request)
