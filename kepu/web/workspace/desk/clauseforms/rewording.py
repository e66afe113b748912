"""What the models say to people who write files, said to people who fill in a form: no names of keys, and to the question it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence of a model, ours in its place, and the fields beside it of which the first that there is shows it."""

    said: Any
    sentence: Any
    fields: str = ""


_ALL = (
    # moments
    Reworded(
        _("时间要用且只用一种写法：date、month、days/working_days 加 before/after，或 reference。"),
        _("没有写全：请写哪一天、哪个月、几天之前或之后，或者等什么。"),
    ),
    Reworded(_("写了天数，就要写在什么之前（before）或之后（after），二者择一。"), _("写了天数，还要选是什么事之前或之后。")),
    Reworded(_("before、after 只和 days 或 working_days 同用。"), _("选了在什么事前后，还要写几天。")),
    Reworded(_("days 和 working_days 只能写一个。"), _("自然日和工作日只能写一个。")),
    Reworded(_("part（上中下旬）只和 month 同用。"), _("选了上中下旬，还要写哪个月。")),
    Reworded(_("month 要写成 2023-09 这样。"), _("月份要写成 2023-09 这样。")),
    Reworded(_("time 要写成 16:00 这样，最晚 24:00。"), _("几点要写成 16:00 这样，最晚 24:00。")),
    Reworded(_("outer 只和 reference 同用。"), _("写了最晚哪一天，还要写等什么。")),
    Reworded(
        _("不认识“%(anchor)s”。可以写 %(known)s，或 window.代码.start、window.代码.end、event.代码。"),
        _("不知道“%(anchor)s”是哪件事，请从列表里选。"),
    ),
    # limits and codes
    Reworded(_("界限没有写数：请写 min、max、over、under 之一。"), _("请至少写一个数。")),
    Reworded(_("代码重复：%(codes)s。"), _("有两项的代码相同：%(codes)s。请在那两项的“更多”里改一个。"), "items nodes awards declarations conditions"),
    Reworded(_("栏目代码重复：%(codes)s。"), _("有两栏的代码相同：%(codes)s。请在那两栏的“更多”里改一个。"), "columns"),
    Reworded(_("上一层代码不在清单里：%(codes)s。"), _("有一项属于清单里没有的“%(codes)s”，请重新选。"), "items nodes"),
    Reworded(_("下限大于上限。"), _("下限大于上限。"), "min"),
    Reworded(_("“%(name)s”的下限大于上限。"), _("下限大于上限。"), "min"),
    Reworded(_("“%(name)s”的百分比超过了100。"), _("百分比超过了100。"), "min"),
    Reworded(_("字数的下限大于上限。"), _("字数的下限大于上限。"), "min_chars"),
    Reworded(_("行数的下限大于上限。"), _("行数的下限大于上限。"), "rows_min"),
    # every clause
    Reworded(_("relates 要写成 same:条款代码 这样：%(bad)s。"), _("没有写全：先选哪种关系，再写上级条款的编号。"), "relates"),
    Reworded(_("待定的条款要用 waits_for 写明等什么。"), _("待定的，请写明等什么。"), "waits_for"),
    Reworded(_("any_of 里有一类没有写是哪些单位。"), _("有一类还没有选是哪些单位。请选，或者把那一类删除。"), "any_of"),
    Reworded(_("exceptions 里有一类没有写是哪些单位。"), _("有一类除外的还没有选是哪些单位。请选，或者把那一类删除。"), "exceptions"),
    # theme, window, quota
    Reworded(_('set_by 只和 role = "right" 同用。'), _("这一条写的不是“谁可以自拟副主题”，这里就不用选。"), "set_by"),
    Reworded(_("写自拟副主题的权利，要写明谁可以（set_by）。"), _("请选谁可以自拟副主题。"), "set_by"),
    Reworded(_("时间段的结束早于开始。"), _("结束早于开始。"), "end"),
    Reworded(_("数量要求没有数：请写 min、max、nominal 或 classes。"), _("还没有写数：多少、分类名额、名号的数，至少写一样。"), "min"),
    Reworded(
        _("per 写“%(per)s”，要另写 per_title 说明怎么称呼；现成的有：%(known)s。"), _("按“别的”计的，请写怎么称呼，例如：每班。"),
        "per_title",
    ),
    Reworded(_('place_level 只和 per = "place" 同用。'), _("只有按“每个地区”计的，才选哪一级地区。"), "place_level"),
    Reworded(_("cap = true 表示上限是硬的，但是没有写上限（max）。"), _("勾了“上限是硬的”，但是没有写上限。"), "min"),
    Reworded(_("分类的代码重复。"), _("有两类的代码相同，请在那两类的“更多”里改一个。"), "classes"),
    Reworded(_("所属的类不存在：%(codes)s。"), _("有一类属于没有的“%(codes)s”，请重新选。"), "classes"),
    Reworded(_("“%(name)s”不能属于它自己。"), _("“%(name)s”不能属于它自己。"), "classes"),
    Reworded(_("各类的下限加起来超过了总数。"), _("各类的下限加起来超过了总数。"), "classes"),
    # gate
    Reworded(
        _("把关条件没有写要求：请写 required、min、max、one_of、contains、same_as、not_before、within 之一。"),
        _("还没有写要求：必须填写、数量、时间、范围、审核要点，至少写一样。"),
    ),
    Reworded(_("最好做到的（preferred）与必须做到的不能同时做到。"), _("最好做到的与必须做到的不能同时做到。"), "preferred"),
    Reworded(_("写了 share_of，就要用 min、max 写占百分之几。"), _("选了占哪一项的百分之几，还要在“数量”里写百分之几。"), "share_of"),
    Reworded(_("同一个代码既要又不要：%(codes)s。"), _("同一样既要又不要：%(codes)s。"), "none_of"),
    Reworded(_("not_after 早于 not_before。"), _("“不晚于”写得比“不早于”还早。"), "not_after"),
    # duty, call, form, file rule, commendation, routing
    Reworded(
        _("to 要写 issuer、caller、host_above、coordinator@级别（如 coordinator@city）、line:系统@级别或 unit:编号。"),
        _("没有选全：要选清是哪一级、哪个系统，或写清是哪个单位。"), "to",
    ),
    Reworded(_("parts 里的代码重复。"), _("有两样的代码相同，请在那两样的“更多”里改一个。"), "parts"),
    Reworded(_("channels 里的代码重复。"), _("有两条渠道选了同一种，请改一条。"), "channels"),
    Reworded(_("期限（due）早于开始报送的时间（opens）。"), _("期限早于开始报送的时间。"), "due"),
    Reworded(_("截止时间（closes）早于开始时间（opens）。"), _("截止时间早于开始时间。"), "closes"),
    Reworded(_("made_until 早于 made_from。"), _("“不晚于”写得比“不早于”还早。"), "made_until"),
    Reworded(_("选择项要写 choices 或 list。"), _("填的是“从选项里选”，请写有哪些选项，或选一份清单。"), "choices"),
    Reworded(
        _("min、max 只用于 number 和 money；字数写 min_chars、max_chars。"), _("数的范围只用于数和金额；限字数的写在“几个字”里。"), "min",
    ),
    Reworded(_("表格没有栏目。附件未见时请写 columns_known = false。"), _("还没有栏目。附件没有见到的，把“栏目都在手里”去掉。"), "columns"),
    Reworded(_("文件要求没有写要求。"), _("还没有写要求：格式、大小、像素等，至少写一样。")),
    Reworded(_("画幅比例要写成 16:9 这样：%(bad)s。"), _("画幅比例要写成 16:9 这样：%(bad)s。"), "aspect"),
    Reworded(_("异议期写 days 或 working_days，二者择一。"), _("自然日和工作日，要写一个，也只能写一个。")),
    Reworded(_("没有写条件的路线要放在最后，它后面的永远用不到。"), _("没有写条件的路线要放在最后，它后面的永远用不到。"), "routes"),
    Reworded(_("审核步骤写法不对：%(steps)s。"), _("有一步没有选全：要选清是哪一级、哪个系统，或写清是哪个单位。"), "steps"),
)  # fmt: skip

OUT_OF_RANGE = _("这个日期太早或太晚，请改成实际的日期。")
_OF_THE_CALENDAR = re.compile(r"(year|month|day|date|hour|minute)\b.*(range|must be)")


def reworded(message: str) -> tuple[str, list[str]]:
    """A model's sentence as a form says it, and the fields it may belong to; what needs no other words stays."""
    for pattern, one in _patterns(get_language() or ""):
        if found := pattern.fullmatch(message):
            return str(one.sentence) % found.groupdict(), one.fields.split()
    return (str(OUT_OF_RANGE), []) if _OF_THE_CALENDAR.search(message) else (message, [])


@lru_cache(maxsize=8)
def _patterns(language: str) -> list[tuple[re.Pattern[str], Reworded]]:
    return [
        (re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.*)", re.escape(str(one.said))), re.S), one)
        for one in _ALL
    ]
