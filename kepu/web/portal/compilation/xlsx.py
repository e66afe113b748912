"""The compilation as XLSX: one line an activity, written row by row, so that the last needs no more memory than the first."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from kepu.core.calendar import CHINA
from kepu.web.portal.compilation import codes
from kepu.web.portal.compilation.composing import Compilation, page_of

LONGEST_CELL = 32_767
WIDTHS = (6, 32, 17, 17, 16, 34, 30, 44, 18, 18, 30, 18, 36)


def to_xlsx(compilation: Compilation) -> bytes:
    """The file, a few hundred kB of it: what it is made of lies on the disk meanwhile."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with tempfile.TemporaryFile() as file:
        with xlsxwriter.Workbook(file, options) as book:
            book.set_properties(
                {"title": compilation.title, "subject": compilation.season, "created": _naive(compilation.at)}
            )
            _activities(book, compilation)
            _places(book, compilation)
            _about(book, compilation)
        file.seek(0)
        return file.read()


def header() -> list[str]:
    return [
        _("序号"), _("活动名称"), _("开始"), _("结束"), _("地区"), _("地点"), _("主办、承办"), _("内容"), _("适合谁"), _("怎么参加"),
        _("线上链接"), _("变动"), _("活动页面"),
    ]  # fmt: skip


def _activities(book: Any, compilation: Compilation) -> None:
    sheet = book.add_worksheet(_("活动"))
    bold, wrap, when = (
        book.add_format(made)
        for made in (
            {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"},
            {"text_wrap": True, "valign": "top"},
            {"num_format": "yyyy-mm-dd hh:mm", "valign": "top"},
        )
    )
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{_escaped(compilation.title)}&R{_escaped(compilation.as_of)}")
    sheet.set_footer("&C— &P —")
    sheet.autofilter(0, 0, max(compilation.count, 1), len(WIDTHS) - 1)
    for column, name in enumerate(header()):
        sheet.write_string(0, column, name, bold)
    for line, entry in enumerate(compilation.entries, start=1):
        pending = entry.when if entry.pending else ""
        cells: Sequence[Any] = (
            entry.number, entry.title, pending or entry.starts_at, pending or entry.ends_at, entry.area, entry.where, entry.host,
            entry.what, entry.whom, entry.how, entry.link, entry.state, page_of(entry),
        )  # fmt: skip
        for column, value in enumerate(cells):
            if isinstance(value, int):
                sheet.write_number(line, column, value, wrap)
            elif isinstance(value, str):  # text is text, whatever it begins with
                sheet.write_string(line, column, value[:LONGEST_CELL], wrap)
            else:
                sheet.write_datetime(line, column, _naive(value), when)


def _places(book: Any, compilation: Compilation) -> None:
    if not compilation.areas:
        return
    sheet = book.add_worksheet(_("按地区"))
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, 0, 20)
    sheet.set_column(2, 2, 80)
    for column, name in enumerate((_("地区"), _("场数"), _("序号"))):
        sheet.write_string(0, column, name, bold)
    for line, area in enumerate(compilation.areas, start=1):
        sheet.write_string(line, 0, area.name)
        sheet.write_number(line, 1, len(area.numbers))
        sheet.write_string(line, 2, area.words[:LONGEST_CELL])


def _about(book: Any, compilation: Compilation) -> None:
    sheet = book.add_worksheet(_("说明"))
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 90)
    lines = [
        (_("名称"), compilation.title), (_("届次"), compilation.season),
        *((one.label, f"{one.text}　{one.source}".strip()) for one in compilation.sentences),
        (_("条件"), _("、").join(compilation.conditions)), (_("场数"), f"{compilation.count:,}"),
        (_("截至"), compilation.as_of), (_("网上列表"), compilation.list_url),
    ]  # fmt: skip
    for line, (name, said) in enumerate(lines):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, said[:LONGEST_CELL])
    picture = {
        "image_data": BytesIO(codes.png(compilation.list_url)),
        "x_scale": 0.5,
        "y_scale": 0.5,
        "description": _("二维码：网上的活动列表"),
    }
    sheet.insert_image(len(lines) + 1, 1, "code.png", picture)


def _naive(instant: Any) -> Any:
    """China's time, as spreadsheets know no other."""
    return instant.astimezone(CHINA).replace(tzinfo=None, microsecond=0)


def _escaped(text: str) -> str:
    """In the header of a sheet an ampersand begins a command."""
    return text.replace("&", "&&")[:100]
