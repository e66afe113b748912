"""The sort of answer that a field takes, from its type; a layout says only what the type cannot."""

from __future__ import annotations

import types
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from kepu.notices.kinds.audience import Audience
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.moments import Moment
from kepu.web.workspace.desk.clauseforms.layout import Ask
from kepu.web.workspace.desk.clauseforms.widgets.audience import AudienceWidget
from kepu.web.workspace.desk.clauseforms.widgets.base import NOTHING, Widget
from kepu.web.workspace.desk.clauseforms.widgets.bound import BoundWidget
from kepu.web.workspace.desk.clauseforms.widgets.choice import (
    ChoiceWidget,
    OwnChoiceWidget,
    SeveralWidget,
    YesNoWidget,
)
from kepu.web.workspace.desk.clauseforms.widgets.moment import MomentWidget
from kepu.web.workspace.desk.clauseforms.widgets.rows import GroupWidget, RowsWidget
from kepu.web.workspace.desk.clauseforms.widgets.text import (
    CodesWidget,
    DayHourWidget,
    DayWidget,
    LinesWidget,
    NumberWidget,
    TextWidget,
)


def widget_for(annotation: Any, ask: Ask, default: Any) -> Widget:
    """The sort of answer for a field. Raises TypeError for a type that no sort is made for."""
    if ask.widget is not None:
        return ask.widget
    kinds = _alternatives(annotation)
    if ask.together:
        return BoundWidget(ask.together, whole=int in kinds)
    if {date, datetime} <= set(kinds):
        return DayHourWidget()
    (kind,) = kinds
    if options := _options(kind):
        return ChoiceWidget(options, may_be_empty=default is NOTHING or ask.thrice)
    if get_origin(kind) is tuple:
        return _of_many(get_args(kind)[0], ask)
    return _of_one(kind, ask, default)


def _of_one(kind: Any, ask: Ask, default: Any) -> Widget:
    if kind is bool:
        return YesNoWidget(None if default is NOTHING else default, thrice=ask.thrice)
    if kind is str:
        if ask.known is None:
            return TextWidget()
        may_be_empty = default is NOTHING
        return (
            OwnChoiceWidget(ask.known, may_be_empty=may_be_empty)
            if ask.known.own
            else ChoiceWidget(may_be_empty=may_be_empty)
        )
    made = {
        int: lambda: NumberWidget(whole=True), float: lambda: NumberWidget(whole=False), date: DayWidget,
        Moment: MomentWidget, Bound: BoundWidget, Audience: AudienceWidget,
    }.get(kind)  # fmt: skip
    if made is not None:
        return made()
    if ask.part is not None:
        return GroupWidget(ask.part)
    raise TypeError(f"{ask.name}: no sort of answer for {kind}")


def _of_many(inner: Any, ask: Ask) -> Widget:
    if options := _options(_bare(inner)):
        return SeveralWidget(options)
    if isinstance(inner, type) and issubclass(inner, BaseModel) and ask.rows is not None:
        part = ask.rows.part
        return RowsWidget(
            GroupWidget(part), ask.rows.one, stem=part.auto, numbers=part.numbers, opens=ask.rows.open
        )
    if ask.known is not None:
        return SeveralWidget()
    if _bare(inner) is str:
        return CodesWidget() if _has_pattern(inner) else LinesWidget()
    raise TypeError(f"{ask.name}: no sort of answer for many of {inner}")


def _alternatives(annotation: Any) -> list[Any]:
    """The types that a field may have, without None and without what checks them."""
    kind = _bare(annotation)
    if get_origin(kind) in (Union, types.UnionType):
        return [_bare(inner) for inner in get_args(kind) if inner is not type(None)]
    return [kind]


def _bare(annotation: Any) -> Any:
    return _bare(get_args(annotation)[0]) if get_origin(annotation) is Annotated else annotation


def _options(kind: Any) -> dict[str, Any]:
    """The values of a type that has few, by themselves: their labels are the layout's."""
    if get_origin(kind) is Literal:
        return {str(value): str(value) for value in get_args(kind)}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {str(member.value): str(member.value) for member in kind}
    return {}


def _has_pattern(annotation: Any) -> bool:
    return any(
        isinstance(m, StringConstraints) and m.pattern for m in getattr(annotation, "__metadata__", ())
    )
