"""Whom a clause binds: narrowed by what units are, widened by several sorts of them, less exceptions."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.notices.kinds.audience import Audience
from kepu.web.workspace.desk.clauseforms.layout import Ask, Known, Part
from kepu.web.workspace.desk.clauseforms.widgets.base import Node, Sheet, Spot, as_table
from kepu.web.workspace.desk.clauseforms.widgets.rows import Grouping, GroupWidget, RowsWidget

DEEPEST = 2  # sorts of sorts; what a draft has below is still shown, but no more is offered
_NESTED = ("any_of", "exceptions")


class AudienceWidget(GroupWidget):
    """An audience, and the audiences inside of it."""

    def __init__(self, depth: int = 0) -> None:
        super().__init__(_part(depth))
        self.depth = depth

    def draw(self, node: Node, ask: Ask, spot: Spot, sheet: Sheet, value: Any) -> None:
        table = as_table(value)
        first, more = self._questions().nodes(spot, sheet, table)
        if self.depth >= DEEPEST:
            names = [question.ask.name for question in self._questions().more]
            more = [n for n, name in zip(more, names, strict=True) if name not in _NESTED or table.get(name)]
        node.control, node.children = Grouping(first, more, str(self.part.fold)), [*first, *more]


class _Inner(AudienceWidget):
    """An audience inside another, made when it is needed: there is no end to how deep a draft may go."""

    def __init__(self, depth: int) -> None:
        self.depth = depth

    @property
    def part(self) -> Part:  # type: ignore[override]
        return _part(self.depth)


@cache
def _part(depth: int) -> Part:
    def pick(name: str, label: Any, vocabulary: str, help: Any = "") -> Ask:
        known = Known(vocabulary=vocabulary, own=True)
        return Ask(name, label, help, known=known, blank=_("不限"), folded=True)

    inner = _Inner(depth + 1)
    return Part(
        Audience,
        first=(
            pick("kinds", _("单位类别"), "kind"),
            pick("levels", _("级别"), "level", _("按相当于哪一级算：开发区可以是县级。")),
            pick("lines", _("系统"), "line"),
            pick("places", _("地区"), "place", _("选了的地区和它们下面的都算。")),
            pick("place_kinds", _("地区的类别"), "place_kind"),
            pick("members_of", _("成员单位"), "body"),
            pick("designations", _("称号"), "designation", _("单位自己或所在地区有这个称号。")),
            pick("roles", _("担任的角色"), "role", _("“谁统筹谁负责”的，选统筹单位。")),
            pick("units", _("点名的单位"), "unit", _("只对这几家。")),
        ),
        more=(
            Ask(
                "any_of", _("几类单位，符合一类就算"), _("例如“成员单位，以及省级学会”，写成两类。"),
                widget=RowsWidget(inner, _("类"), blanks=True),
            ),
            Ask("exceptions", _("除外"), _("例如“城关镇除外”。"), widget=RowsWidget(inner, _("类除外的"), blanks=True)),
            Ask("only_for", _("只对其中以后才知道的一部分"), _("写明是谁，例如：入围者。")),
        ),
        fold=_("几类合在一起、除外的、以后才知道的"),
    )  # fmt: skip
