"""A form as a table to be filled in on paper, with its limits as notes below."""

from __future__ import annotations

from collections.abc import Iterator

from kepu.notices.kinds.base import Bound
from kepu.notices.kinds.form import Column, Form
from kepu.notices.official.document import FormTable
from kepu.notices.official.measures import WIDE_FROM
from kepu.notices.official.text import one_line
from kepu.notices.official.wording import ended

MOST_COLUMNS = 20  # beside each other, on a page of landscape
_EMPTY_ROWS = (5, 15)  # as many as a form has when it does not say, and at most


def table_of(form: Form, caption: str) -> FormTable | None:
    """The table of a form in hand; None where its columns are not known."""
    if not form.columns_known or not (form.columns or form.header):
        return None
    upright = form.object == "document" or form.rows_max == 1 or not 0 < len(form.columns) <= MOST_COLUMNS
    fields, columns = (form.header, form.columns) if form.columns else ((), form.header)
    usual, most = _EMPTY_ROWS
    return FormTable(
        caption=one_line(caption),
        fields=tuple(f"{_head(c)}：" for c in fields),
        columns=tuple(_head(c) for c in columns),
        rows=len(columns) if upright else min(max(usual, form.rows_min or 0), form.rows_max or most, most),
        upright=upright,
        wide=not upright and len(columns) >= WIDE_FROM,
        notes=tuple(_numbered([one_line(note) for note in _notes(form)])),
    )


def _head(column: Column) -> str:
    parts = "、".join(column.parts)
    return one_line(column.title if parts in ("", column.title) else f"{column.title}（{parts}）")


def _notes(form: Form) -> Iterator[str]:
    for column in (*form.header, *form.columns):
        if asked := "；".join(_asked(column)):
            yield f"“{column.title}”：{asked}。"
    rows, characters = (
        Bound(min=least, max=most)
        for least, most in ((form.rows_min, form.rows_max), (form.min_chars, form.max_chars))
    )
    if rows.is_set() and form.rows_max != 1:
        yield f"填写{rows.words('行')}。"
    if characters.is_set():
        yield f"全文{characters.words('字')}。"
    if form.merge:
        yield ended(form.merge)
    for variant in form.variants:
        own = "、".join(c.title for c in variant.columns)
        gone = "、".join(c.title for c in form.columns if c.code in variant.without)
        changes = [f"按此填写{own}"] * bool(own) + [f"不填{gone}"] * bool(gone)
        if changes:
            yield f"{variant.title}：{'，'.join(changes)}。"
    if form.stamped:
        yield "本表须加盖公章。"


def _asked(column: Column) -> Iterator[str]:
    characters = Bound(min=column.min_chars, max=column.max_chars)
    if characters.is_set():
        yield characters.words("字")
    amount = Bound(min=column.min, max=column.max)
    if amount.is_set():
        yield amount.words()
    if column.choices:
        yield f"选填{'、'.join(column.choices)}"
    if column.must_cover:
        yield f"写明{'、'.join(column.must_cover)}"
    if not (column.required or column.type == "serial" or column.code == "remarks"):
        yield "可不填"
    if column.example:
        yield f"例如{column.example}"
    if column.note:
        yield column.note.rstrip("。")


def _numbered(notes: list[str]) -> Iterator[str]:
    if len(notes) == 1:
        yield f"注：{notes[0]}"
        return
    for position, note in enumerate(notes, 1):
        yield f"{'注：' if position == 1 else ''}{position}.{note}"
