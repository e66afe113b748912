"""What a notice's form asks of one of its fields, in words beside the field."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.notices.kinds.base import Bound, listed
from kepu.notices.kinds.form import Column


def limits_of(column: Column, *, with_choices: bool = False) -> str:
    """How long, how much, and what it must speak of; "" where nothing is laid down.

    ``with_choices`` for fields that do not show themselves what there is to choose.
    """
    said = [_length(column)]
    bound = Bound(min=column.min, max=column.max)
    if bound.is_set():
        said.append(_("%(limit)s。") % {"limit": bound.words()})
    if with_choices and column.choices:
        said.append(_("从这些里选：%(choices)s。") % {"choices": listed(list(column.choices))})
    if column.must_cover:
        said.append(_("要说到：%(points)s。") % {"points": listed(list(column.must_cover))})
    return " ".join(filter(None, said))


def _length(column: Column) -> str:
    if column.min_chars and column.max_chars:
        return _("%(least)s—%(most)s字。") % {"least": column.min_chars, "most": column.max_chars}
    if column.max_chars:
        return _("限%(most)s字以内。") % {"most": column.max_chars}
    return _("不少于%(least)s字。") % {"least": column.min_chars} if column.min_chars else ""
