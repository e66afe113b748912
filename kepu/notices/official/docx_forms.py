"""A form in the DOCX: fields above, a table with its columns, notes below."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from kepu.notices.official import styles
from kepu.notices.official.document import FormTable

ROW_MM = 10


def add_form(document: Document, form: FormTable, *, width_mm: float) -> None:
    """The form on paper: its first row is marked as a header, so that it repeats over pages and is read out."""
    if form.caption:
        document.add_paragraph(form.caption, style=styles.CAPTION)
    for field in form.fields:
        document.add_paragraph(field, style=styles.REMARK)
    head, rows, shares = _upright(form) if form.upright else _rows(form)
    table = document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(width_mm * share)
    for texts, row in zip((head, *rows), table.rows, strict=True):
        row.height = Mm(ROW_MM)
        for text, cell, share in zip(texts, row.cells, shares, strict=True):
            _fill(cell, text, width_mm * share)
    _mark_header(table, form.caption or "、".join(form.columns))
    for note in form.notes:
        document.add_paragraph(note, style=styles.REMARK)


_Texts = tuple[str, ...]


def _upright(form: FormTable) -> tuple[_Texts, list[_Texts], tuple[float, ...]]:
    """A row for each column of the form: the texts of the header, of the rows, and how the width is shared out."""
    return form.UPRIGHT, [(column, "") for column in form.columns], (0.3, 0.7)


def _rows(form: FormTable) -> tuple[_Texts, list[_Texts], tuple[float, ...]]:
    """The columns over empty rows."""
    count = len(form.columns)
    return form.columns, [("",) * count] * form.rows, (1 / count,) * count


def _fill(cell: _Cell, text: str, width_mm: float) -> None:
    cell.width, cell.vertical_alignment = Mm(width_mm), WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = styles.CELL
    if text:
        paragraph.add_run(text)


def _mark_header(table: Table, told: str) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), told[:255])
    table._tbl.tblPr.append(description)
