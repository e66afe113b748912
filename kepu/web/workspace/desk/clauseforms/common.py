"""What every clause is asked beside the questions of its kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kepu.notices.format.schema import DEFAULT_STRICTNESS, ClauseBase
from kepu.notices.inheritance import MODE_WORDS, STATUS_WORDS, STRICTNESS_WORDS
from kepu.notices.kinds import Params, Strictness
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part
from kepu.web.workspace.desk.clauseforms.widgets.relation import RelationWidget
from kepu.web.workspace.desk.clauseforms.widgets.rows import RowsWidget

ASKED_ELSEWHERE = ("kind",)  # it is chosen before the form is drawn


@cache
def common_part(params: type[Params]) -> Part:
    """The questions that do not depend on the kind; what holds where nothing is said does."""
    usual = STRICTNESS_WORDS[DEFAULT_STRICTNESS.get(params.KIND, Strictness.NONE)]
    return Part(
        ClauseBase,
        first=(
            Ask("summary", _("概述"), _("用自己的话写一句，不抄原文，不写人名、电话、邮箱。例如：活动至少提前五天填报。"), long=True),
            Ask("number", _("在正文里的位置"), _("照通知的序号连着写，例如：三（二）1。"), short=True),
            Ask("audience", _("对谁说的"), _("都不选，就是这份通知管的所有单位。几项都选的，要同时符合。")),
            Ask(
                "strictness", _("不照办会怎样"), _("通知说“必须、应、不得”的选必须；“原则上、要求”的选原则上；“争取、鼓励”的选争取。"),
                words=STRICTNESS_WORDS, blank=_usually(usual), radio=True,
            ),
            Ask(
                "status", _("定了没有"), _("“拟、暂定”的选暂定；值要等别处来的选待定。"), words=STATUS_WORDS, radio=True,
            ),
            Ask(
                "waits_for", _("等什么"), _("例如：省里通知公布的主题。"),
                when=(("status", ("tentative", "pending")), ("mode", ("pending",))),
            ),
            Ask(
                "wording", _("公文里印的文字"), _("印在红头文件里的原话；不写，就印软件的那一句。"), long=True,
            ),
        ),
        more=(
            Ask("mode", _("与上级同一条规定的关系"), words=MODE_WORDS, blank=_usually(MODE_WORDS[params.MODE])),
            Ask("caller", _("由谁发起"), _("任务或征集由别的单位发起、这份通知只是转达的，写发起的单位。例如：省阅读推广中心。")),
            Ask(
                "scope", _("适用到哪个地区"), _("只有超出这份通知的地区时才选，例如全国的征集。"),
                known=Known(fixed=(("CN", _("全国")),), vocabulary="place", own=True), blank=_("就是这份通知的地区"),
            ),
            Ask(
                "relates", _("与上级哪一条有关"), _("上级条款的编号，例如：NA-05。"),
                widget=RowsWidget(RelationWidget(), _("处关系")),
            ),
            Ask(
                "key", _("规则名"), _("一般不用写。对同一件事要提两个不同的要求、不想与别的条款合在一起时，才另起一个英文名。"),
            ),
            Ask("summary_en", _("英文概述"), long=True),
            Ask("id", _("这一条的编号"), _("由系统编；本单位另有编法的可以改，例如：LX-05。别的通知用它来指这一条。")),
        ),
        fold=_("与上级的关系、代谁转达、英文、编号"),
    )  # fmt: skip


def _said_usually(words: Any) -> str:
    return gettext("按惯例：%(what)s") % {"what": words}


_usually = lazy(_said_usually, str)
