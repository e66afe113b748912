"""Sheets that go out: the lines that could not be filed, with why, in the layout in which they came; and an empty template.

Nothing in a cell is ever a formula or a link: what people wrote stays text. What is longer than a cell may be goes on in
columns to the right, and is one text again when the sheet is handed in.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kepu.activities.gates import LISTS
from kepu.activities.models import TakingPart
from kepu.intake.checking import Finding
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.reading import FIELDS
from kepu.intake.reading.columns import field_of
from kepu.intake.reading.continued import further, pieces
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.form import Form

REASONS = "要改的地方"  # the header of the last column; never read back as part of an activity
LONGEST_NAME = 31
_NO_NAME = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")  # what is not seen, or is no character
EMPTY_ROWS = 300  # for how many rows of the template a cell offers its choices
_WIDE = frozenset({"summary", "risk_plan", "risk_assessment", "publicity_plan"})
# what filing asks of every activity, whatever form a notice prints; last what the public would like to know
_ASKED = (
    "title", "when", "where", "mode", "summary", "formats", "fields", "audiences", "participants_expected", "content_person",
    "safety_person", "contact_name", "contact_phone", "taking_part", "booking_note", "capacity", "accessibility",
)  # fmt: skip
# a field that a form's column fills as well as another
_COVERED_BY = {
    "when_where": ("when", "where"), "contact": ("contact_name", "contact_phone"), "venue": ("where",), "address": ("where",),
    "starts_at": ("when",),
}  # fmt: skip


def bad_lines(sheet: SheetImport, lines: Iterable[SheetLine]) -> bytes:
    """An XLSX of some lines as they stand, each with its reasons in a last column: mended, it can be handed in again."""
    file = io.BytesIO()
    with _book(file) as book:
        styles = _styles(book)
        page = book.add_worksheet(_name(sheet.sheet_name))
        width = len(sheet.columns)
        top = 0
        if sheet.title:
            page.merge_range(0, 0, 0, max(width, 1), sheet.title, styles["title"])
            top = 1
        for label, text in sheet.heading.items():
            page.write_string(top, 0, f"{label}：{text}")
            top += 1
        for number, column in enumerate(sheet.columns):
            page.write_string(top, number, pieces(column["header"])[0], styles["head"])
            page.set_column(number, number, 36 if column["field"] in _WIDE else 18)
        page.write_string(top, width, REASONS, styles["why_head"])
        page.set_column(width, width, 60)
        beside = _Beside(page, top, width + 1, styles)
        for line_number, line in enumerate(lines, start=top + 1):
            said = [reasons_in_words(line.findings)]
            for number, text in enumerate(line.cells[:width]):
                if beside.write(line_number, number, sheet.columns[number]["header"], text, styles["cell"]):
                    said.append(_goes_on(sheet.columns[number]["header"], text))
            why = "\n".join(words for words in said if words)
            beside.write(line_number, width, REASONS, why, styles["why"])
        page.freeze_panes(top + 1, 0)
    return file.getvalue()


def template(rules: Rules, *, title: str) -> bytes:
    """An empty XLSX with the columns of the form in force and what filing asks besides; lists are offered in the cells."""
    columns = template_columns(rules)
    file = io.BytesIO()
    with _book(file) as book:
        styles = _styles(book)
        page = book.add_worksheet(_("活动"))
        lists = book.add_worksheet(_("可选内容"))
        page.merge_range(0, 0, 0, len(columns) - 1, title, styles["title"])
        shown = 0
        for number, (header, field, note) in enumerate(columns):
            page.write_string(1, number, header, styles["head"])
            page.set_column(number, number, 36 if field in _WIDE else 20)
            if note:
                page.write_comment(1, number, note, {"x_scale": 2})
            if choices := choices_of(field, rules):
                lists.write_column(0, shown, [header, *choices], styles["cell"])
                lists.set_column(shown, shown, 24)
                letter = xlsxwriter.utility.xl_col_to_name(shown)
                source = f"='{lists.get_name()}'!${letter}$2:${letter}${len(choices) + 1}"
                page.data_validation(
                    2, number, EMPTY_ROWS + 1, number,
                    {"validate": "list", "source": source, "error_type": "information", "show_error": False},
                )  # fmt: skip
                shown += 1
        page.freeze_panes(2, 1)
    return file.getvalue()


def template_columns(rules: Rules) -> list[tuple[str, str, str]]:
    """Header, field and note of each column of the template: the form in force first, in its order."""
    found: list[tuple[str, str, str]] = []
    covered: set[str] = set()
    for column in _form_columns(rules):
        field = field_of(column.title)[0]
        if not field or field in covered:
            continue
        found.append((column.title, field, _note(field)))
        covered |= {field, *_COVERED_BY.get(field, ())}
    for field in _ASKED:
        if field not in covered:
            found.append((str(FIELDS[field]), field, _note(field)))
    return found


def choices_of(field: str, rules: Rules) -> list[str]:
    """The labels that a list in force, or the platform, offers for a field."""
    if field == "mode":
        return [_("线下"), _("线上"), _("线上线下结合")]
    if field == "taking_part":
        return [str(label) for label in TakingPart.labels]
    if field not in LISTS:
        return []
    lists: list[Any] = [rule.params for rule in rules.of_kind("list") if rule.key.split(".")[1] == field]
    return list(dict.fromkeys(label for one in lists for label in one.labels().values()))


def reasons_in_words(findings: Sequence[Finding]) -> str:
    """What stands in the way of a line, one reason in a line, each with its clause."""
    said = []
    for finding in findings:
        if finding["tone"] == "plain":
            continue
        clause = finding.get("clause", "")
        said.append(f"{finding['sentence']}（{clause}）" if clause else finding["sentence"])
    return "\n".join(said)


class _Beside:
    """The columns to the right in which long texts go on; each is begun by the first text that needs it."""

    def __init__(self, page: Worksheet, head: int, first: int, styles: dict[str, Format]) -> None:
        self.page, self.head, self.next, self.styles = page, head, first, styles
        self.places: dict[str, int] = {}

    def write(self, line: int, column: int, header: str, text: str, style: Format) -> bool:
        """Write the whole text; whether it needed more than its own cell."""
        own, *more = pieces(text)
        self.page.write_string(line, column, own, style)
        for number, part in enumerate(more, start=1):
            self.page.write_string(line, self._place(further(header, number)), part, style)
        return bool(more)

    def _place(self, header: str) -> int:
        if header not in self.places:
            self.places[header] = self.next
            self.page.write_string(self.head, self.next, header, self.styles["head"])
            self.page.set_column(self.next, self.next, 36)
            self.next += 1
        return self.places[header]


def _goes_on(header: str, text: str) -> str:
    said = {"header": header, "n": len(text), "more": further(header, 1)}
    return (
        _(
            "“%(header)s”有%(n)s个字，一格放不下，接着写在右边“%(more)s”起的格子里，再交时会接成一段。改短以后，请把右边的清空。"
        )
        % said
    )


def _form_columns(rules: Rules) -> Iterable[Any]:
    """The columns of the form that lists activities, where the notices in force print one."""
    for rule in rules.of_kind("form"):
        form = rule.params
        if isinstance(form, Form) and any((c.source or "").startswith("activity.") for c in form.columns):
            return form.columns
    return ()


def _note(field: str) -> str:
    notes = {
        "when": _("例如：9月17日上午9:00-11:30；9.17-9.23 每天9:00-17:00。"),
        "when_where": _("先写时间，再写地点，例如：9月17日9:00-11:30，石龙镇文化广场。"),
        "where": _("公众要找得到，例如：石龙镇文化广场。"),
        "fields": _("可以写几项，用顿号隔开。"), "formats": _("可以写几项，用顿号隔开。"), "audiences": _("可以写几项，用顿号隔开。"),
        "booking_note": _("公众会看到，例如：关注公众号预约，或打场馆的电话。"),
        "capacity": _("一共能来多少人；不限就空着。"),
        "accessibility": _("可以写几项，例如：轮椅可以进出、手语翻译、字幕。"),
        "contact_phone": _("为了审核时找得到人，不公开，届次结束后删除。"),
    }  # fmt: skip
    return notes.get(field, "")


def _book(file: io.BytesIO) -> xlsxwriter.Workbook:
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip
    return xlsxwriter.Workbook(file, plain)


def _styles(book: xlsxwriter.Workbook) -> dict[str, Format]:
    cell = {"text_wrap": True, "valign": "top"}
    head = {**cell, "bold": True, "bg_color": "#E8EEF0", "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"}),
        "head": book.add_format(head), "cell": book.add_format({**cell, "num_format": "@"}),
        "why_head": book.add_format({**head, "bg_color": "#FBE9DD"}),
        "why": book.add_format({**cell, "font_color": "#8A3B12"}),
    }  # fmt: skip


def _name(text: str) -> str:
    """A worksheet's name as spreadsheets take it: 31 UTF-16 units, none of the characters that they keep for themselves."""
    fit = "".join(c for c in text if c not in "[]:*?/\\'" and unicodedata.category(c) not in _NO_NAME).strip()
    while len(fit.encode("utf-16-le")) > 2 * LONGEST_NAME:
        fit = fit[:-1]
    return fit.strip() if fit.strip().casefold() not in ("", "history") else _("活动")
