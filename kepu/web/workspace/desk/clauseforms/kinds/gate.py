"""把关条件: one condition on one fact of an activity."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.facts import COUNTED_FACTS, FACTS, MOMENT_FACTS, NUMBER_FACTS
from kepu.notices.kinds.gate import STAGES, Gate
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part
from kepu.web.workspace.desk.clauseforms.posted import Tree
from kepu.web.workspace.desk.clauseforms.widgets.cases import (
    CaseWidget,
    ValuesWidget,
    ValueWidget,
    names_told,
)
from kepu.web.workspace.desk.clauseforms.widgets.choice import OwnChoiceWidget
from kepu.web.workspace.desk.clauseforms.widgets.entries import EntriesWidget, Entry
from kepu.web.workspace.desk.clauseforms.widgets.text import MeasureWidget, TextWidget

OWN = "+"
_NUMBERS = (("fact", (*sorted(NUMBER_FACTS), *sorted(COUNTED_FACTS), OWN)),)
_MOMENTS = (("fact", (*sorted(MOMENT_FACTS), OWN)),)
_VALUES = (("fact", (*sorted(FACTS.keys() - NUMBER_FACTS - MOMENT_FACTS), OWN)),)
_FACTS = Known(vocabulary="fact", own=True, auto="chosen")


def cases() -> EntriesWidget:
    """In which cases: for each fact some of its values, or a limit."""
    return EntriesWidget(
        (Ask("key", _("看哪一项"), refreshes=True), OwnChoiceWidget(Known(vocabulary="fact", own=True))),
        (Ask("value", _("什么情况")), CaseWidget(limits=True)), _("种情况"), empty=[],
    )  # fmt: skip


def name_values(gate: dict[str, Any], tree: Tree) -> None:
    """What was ticked anew is called in the gate's sentences as it was on the form; a name that was typed stands."""
    told = names_told(tree)
    labels = gate.get("labels", {})
    if told and isinstance(labels, dict):
        gate["labels"] = {**told, **labels}
    elif told:  # rows that are to be drawn again
        typed = {entry.key for entry in labels if entry is not None}
        gate["labels"] = [*(Entry(code, label) for code, label in told.items() if code not in typed), *labels]


PART = Part(
    Gate,
    after=name_values,
    lead=_("活动在填报、发布、完善或总结时要符合的一个条件，没做到就拦下或提醒。一条管一项，至少写一个要求。"),
    first=(
        Ask("fact", _("管活动的哪一项"), _("这里没有的选“别的”，在下面给它起名，填报时会多问这一栏。"), known=_FACTS, refreshes=True),
        Ask("label", _("这一项叫什么"), _("上面选“别的”时要写，例如：申请补助金额；选了现成的，通知另有叫法才写。")),
        Ask("required", _("必须填写"), blank=_("没有说")),
        Ask("min", _("数量"), _("按通知的说法写在对应的格里，例如“不少于50人”。"), together=("min", "over", "max", "under"), when=_NUMBERS),
        Ask("unit", _("量的单位"), _("例如：人。"), short=True, suggest=("人", "天", "元", "场", _("百分比")), widget=MeasureWidget(), when=_NUMBERS),
        Ask("not_before", _("不早于"), when=_MOMENTS),
        Ask("not_after", _("不晚于"), when=_MOMENTS),
        Ask(
            "within", _("要在哪段时间里"), known=Known(vocabulary="window", prefix="window.", own=True), blank=_("没有说"),
            when=_MOMENTS,
        ),
        Ask(
            "same_as", _("必须与通知规定的一致"),
            known=Known(fixed=(("theme", _("与主题一致")), ("subtheme", _("与副主题一致"))), own=True), blank=_("没有说"),
            when=(("fact", ("theme", "subtheme", "title", OWN)),),
        ),
        Ask("contains", _("必须都包括"), widget=ValuesWidget(), when=_VALUES),
        Ask("one_of", _("只能是其中之一"), widget=ValuesWidget(), when=_VALUES),
        Ask("none_of", _("不能是其中任何一个"), widget=ValuesWidget(), when=_VALUES),
        Ask("review", _("由审核人对照的要点"), _("系统判断不了、要人来看的，例如：内容健康。")),
        Ask("steps", _("依次由专人把关的步骤"), _("审核时要写明每一步是谁做的，例如：初审、复审、终审。")),
        Ask("stages", _("在哪一步把关"), words=STAGES),
        Ask("when", _("只管这些情况"), _("例如只管线下的活动；不写就管所有活动。"), widget=cases()),
    ),
    more=(
        Ask("equals", _("必须正好是"), widget=ValueWidget(), when=_VALUES),
        Ask("preferred", _("最好做到多少"), _("除了必须做到的；没做到只提示。"), when=_NUMBERS),
        Ask("share_of", _("写的是占哪一项的百分之几"), known=Known(vocabulary="fact", own=True), blank=_("不是百分比"), when=_NUMBERS),
        Ask(
            "labels", _("代码怎么念"), _("提示里不印代码，印这里写的名称。"),
            widget=EntriesWidget(
                (Ask("key", _("代码")), TextWidget()), (Ask("value", _("名称")), TextWidget()), _("个"), empty="",
            ),
        ),
    ),
)  # fmt: skip
