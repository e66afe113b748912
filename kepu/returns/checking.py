"""What a notice asks of the content of a return: the parts that must be there, the columns of its form. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kepu.activities.facts import characters
from kepu.activities.lengths import whole_fault
from kepu.core.refusals import Incomplete, Reason
from kepu.notices.duties import Owed
from kepu.notices.inheritance import InForce, Rules
from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.form import Column, Form
from kepu.returns.rules import reason_of

MOST_ROWS, LONGEST_TEXT = 2000, 20_000
# Parts that this record is: whoever has filled it in here has handed them in, and is not asked twice (DG-37, DG-44).
THE_RECORD = frozenset({"electronic", "summary"})
HERE = "platform"  # the channel that this system is


@dataclass(frozen=True, slots=True)
class Content:
    """What a unit hands in: fields of the heading and parts of a text, rows, parts, the ways it also went."""

    sections: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]
    parts: Mapping[str, str]
    channels: Sequence[str]


def form_of(owed: Owed, rules: Rules) -> InForce | None:
    """The form that a duty is filled in on; None where the notice names none."""
    return rules.get(f"form.{owed.params.form}") if owed.params.form else None


def cleaned(
    sections: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    parts: Mapping[str, Any],
    channels: Sequence[str],
) -> Content:
    """The content as the row takes it: text, trimmed, empty rows and values left out. Raises Incomplete past any sense."""
    content = Content(
        _texts(sections),
        [kept for row in rows if (kept := _texts(row))],
        _texts(parts),
        list(dict.fromkeys(channels)),
    )
    if len(content.rows) > MOST_ROWS:
        raise Incomplete(reasons=[Reason(_("表格最多 %(n)s 行，请分开报送。") % {"n": MOST_ROWS}, "rows")])
    for row in (content.sections, content.parts, *content.rows):
        for code, text in row.items():
            if len(text) > LONGEST_TEXT:
                sentence = _("这一项最多 %(n)s 个字符，请缩短。") % {"n": LONGEST_TEXT}
                raise Incomplete(reasons=[Reason(sentence, code)])
    return content


def check(content: Content, owed: Owed, rules: Rules) -> None:
    """Raises :class:`Incomplete` with every fault of a return, each with its clause."""
    form = form_of(owed, rules)
    faults = [*_in_form(content, form), *_in_parts(content, owed)] if form else _in_parts(content, owed)
    if not faults and not (content.sections or content.rows or content.parts):
        faults = [
            reason_of(
                owed.rule,
                _("“%(title)s”还没有内容。请填写，或写明材料的编号。") % {"title": owed.title},
                "sections",
            )
        ]
    if faults:
        raise Incomplete(reasons=faults)


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    plain = {
        str(code): str(value).replace("\0", "").strip() for code, value in values.items() if value is not None
    }
    return {code: text for code, text in plain.items() if text}


def _in_parts(content: Content, owed: Owed) -> list[Reason]:
    """Each part that the duty requires (DG-44, DG-60)."""
    there = set(content.parts) | (THE_RECORD if content.sections or content.rows else set())
    faults = []
    for part in owed.params.parts:
        if part.required and part.code not in there:
            sentence = _("还缺“%(part)s”。请写明它的编号，或交到了哪里。") % {"part": part.label}
            faults.append(reason_of(owed.rule, sentence, f"parts.{part.code}"))
    known = {channel.code for channel in owed.params.channels} | {HERE}
    if unknown := [code for code in content.channels if code not in known]:
        sentence = _("通知没有写“%(codes)s”这样的报送渠道。请从列出的渠道里选。") % {
            "codes": _("、").join(unknown)
        }
        faults.append(reason_of(owed.rule, sentence, "channels"))
    return faults


def _in_form(content: Content, rule: InForce) -> list[Reason]:
    form: Any = rule.params
    if not isinstance(form, Form) or not form.columns_known:
        return []  # the attachment is not in hand: what is typed is taken as it is
    faults = _in_columns(form.header, content.sections, rule, "sections")
    if is_text(form):
        faults += _in_columns(form.columns, content.sections, rule, "sections")
        return faults or _in_the_whole(form, content, rule)
    if len(content.rows) < (form.rows_min or 1):
        sentence = _("《%(form)s》至少要填%(n)s行。") % {"form": form.title, "n": form.rows_min or 1}
        faults.append(reason_of(rule, sentence, "rows"))
    if form.rows_max and len(content.rows) > form.rows_max:
        sentence = _("《%(form)s》最多%(n)s行，现在有%(now)s行。") % {
            "form": form.title, "n": form.rows_max, "now": len(content.rows)
        }  # fmt: skip
        faults.append(reason_of(rule, sentence, "rows"))
    for number, row in enumerate(content.rows):
        faults += _in_columns(form.columns, row, rule, f"rows.{number}", number + 1)
    return faults


def _in_the_whole(form: Form, content: Content, rule: InForce) -> list[Reason]:
    """How long all parts of a text are together, once each of them is right."""
    total = sum(characters(content.sections.get(column.code, "")) for column in form.columns)
    sentence = whole_fault(form, total)
    return [reason_of(rule, sentence, "sections")] if sentence else []


def is_text(form: Form) -> bool:
    """Whether the columns are the parts of one text, and not those of a table."""
    return form.object == "document"


def _in_columns(
    columns: Sequence[Column], values: Mapping[str, str], rule: InForce, field: str, row: int = 0
) -> list[Reason]:
    faults = []
    for column in columns:
        sentence = _fault(column, values.get(column.code, ""))
        if sentence and row:
            sentence = _("第%(row)s行：%(sentence)s") % {"row": row, "sentence": sentence}
        if sentence:
            faults.append(reason_of(rule, sentence, f"{field}.{column.code}"))
    return faults


def _fault(column: Column, text: str) -> str:
    """What is wrong with one value; "" when nothing is. A column of serial numbers or files is not typed."""
    said: dict[str, Any] = {"title": column.title, "now": characters(text)}
    if column.type in ("serial", "file"):
        return ""
    if not text:
        return _("请填写“%(title)s”。") % said if column.required else ""
    if column.max_chars and said["now"] > column.max_chars:
        return _("“%(title)s”限%(most)s字以内，现在有%(now)s字。") % {**said, "most": column.max_chars}
    if column.min_chars and said["now"] < column.min_chars:
        return _("“%(title)s”不少于%(least)s字，现在有%(now)s字。") % {**said, "least": column.min_chars}
    if column.type == "choice" and column.choices and text not in column.choices:
        return _("“%(title)s”没有“%(text)s”这一项，请从列出的里选。") % {**said, "text": text}
    if column.type in ("number", "money"):
        return _number_fault(column, text)
    return ""


def _number_fault(column: Column, text: str) -> str:
    limit = Bound(min=column.min, max=column.max)
    try:
        number = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        return _("“%(title)s”要写数字。") % {"title": column.title}
    if not limit.holds(number):
        return _("“%(title)s”应为%(limit)s。") % {"title": column.title, "limit": limit.words()}
    return ""
