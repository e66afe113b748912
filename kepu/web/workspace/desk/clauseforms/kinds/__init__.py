"""The questions of each kind of clause, one file each."""

from __future__ import annotations

from kepu.web.workspace.desk.clauseforms.kinds import (
    call,
    codelist,
    commendation,
    contact,
    coverage,
    duty,
    file_rule,
    form,
    gate,
    indicator,
    mark,
    party,
    programme,
    quota,
    routing,
    text,
    theme,
    track,
    window,
)
from kepu.web.workspace.desk.clauseforms.layout import Part

PARTS: dict[str, Part] = {
    module.PART.model.KIND: module.PART
    for module in (
        theme, window, codelist, track, quota, coverage, gate, duty, form, file_rule, call, routing, indicator,
        commendation, mark, programme, party, contact, text,
    )
}  # fmt: skip

__all__ = ["PARTS"]
