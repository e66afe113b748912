"""Tables that people send: CSV, XLSX, XLS and ODS read into rows of text, each with its line in the sheet.

A file that cannot be read is refused with a sentence. Values arrive as people see them: a whole number without the
``.0`` that spreadsheets add, a day as 2023-09-08. :func:`read` takes the first sheet of a file that follows a template;
:func:`sheets_of` gives every sheet as it stands, with its merged cells, for a table that somebody laid out by hand.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kepu.core import confined
from kepu.core.refusals import Incomplete

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 300
SECONDS, MEMORY = 30, 1024**3  # of the process that opens a workbook first
HEADER_WITHIN = 20  # an official table may have a title, a note and a date above its header


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the sheet as people see it, and its cells by header."""

    line: int
    cells: dict[str, str]

    def get(self, *headers: str) -> str:
        """The cell under the first of these headers that the table has; "" where there is none."""
        return next((self.cells[header] for header in headers if header in self.cells), "")


@dataclass(frozen=True, slots=True)
class Merged:
    """A block of cells that the sheet shows as one; both ends belong to it, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file as it stands. ``merged`` is empty where the format does not know merged cells (CSV, ODS)."""

    name: str
    hidden: bool
    merged: tuple[Merged, ...]
    _open: Callable[[], Iterator[list[Any]]] = field(repr=False, compare=False)

    def lines(self) -> Iterator[list[str]]:
        """Its lines from the first one on, each a list of texts from the first column on; made one at a time.

        Raises :class:`Incomplete` behind the last line that a sheet may have.
        """
        for number, row in enumerate(self._open(), start=1):
            _check_length(number)
            yield [_text(value) for value in row]


@dataclass(frozen=True, slots=True)
class LineReport:
    """What became of one line of an import."""

    line: int
    ok: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an import: every line in the order of the sheet, and whether anything was written."""

    lines: tuple[LineReport, ...]
    written: bool

    @property
    def refused(self) -> tuple[LineReport, ...]:
        return tuple(line for line in self.lines if not line.ok)


def read(data: bytes, *, expected: Sequence[Collection[str]] = ()) -> list[Row]:
    """The rows of a file's first sheet, empty ones left out.

    ``expected`` are sets of headers, one for each language the table may be written in. The header is the first line
    that holds at least half of one set (the first filled line where none is expected). Raises :class:`Incomplete` for a file that is too big, broken, locked or without that header.
    """
    _check_size(data)
    lines = _workbook(data) if _is_workbook(data) else list(_csv(data))
    _check_length(len(lines))
    top = _header_index(lines, expected)
    headers = _headers(lines[top], top + 1)
    return [
        Row(number, {header: cells[i] if i < len(cells) else "" for i, header in headers})
        for number, cells in enumerate(lines[top + 1 :], start=top + 2)
        if any(cells)
    ]


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a file in its order; a CSV is one sheet without a name.

    Raises :class:`Incomplete` for a file that is too big, broken or locked.
    """
    _check_size(data)
    if not _is_workbook(data):
        lines = _csv(data)
        return (Sheet("", False, (), lambda: iter(lines)),)
    book = _opened(data)
    found = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:  # a sheet of charts has no cells
            continue
        try:
            sheet = book.get_sheet_by_index(index)
        except (CalamineError, OSError, ValueError) as fault:
            raise _broken() from fault
        found.append(Sheet(
            _text(about.name), about.visible is not SheetVisibleEnum.Visible,
            tuple(Merged(*first, *last) for first, last in sheet.merged_cell_ranges or ()), _rows_of(sheet),
        ))  # fmt: skip
    return tuple(found)


def code(text: str) -> str:
    """A code or number as it was meant: without blanks inside, and without the ``.0`` of a spreadsheet's number."""
    text = re.sub(r"\s", "", text)
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def words(text: str) -> list[str]:
    """The entries of a cell that holds several, however they are separated; each once."""
    return list(dict.fromkeys(word.strip() for word in re.split(r"[、，,；;\n]", text) if word.strip()))


class Suggestions:
    """The nearest known word for a mistyped one, in a sentence. Looking is slow, so it stops after ``limit`` words."""

    def __init__(self, choices: Iterable[str], *, limit: int = 200) -> None:
        self.choices = list(choices)
        self.limit = limit
        self.known: dict[str, str] = {}

    def sentence(self, word: str) -> str:
        """“您是不是要写…？”, or "" where nothing is near."""
        if word not in self.known:
            if len(self.known) >= self.limit:
                return ""
            self.known[word] = next(iter(get_close_matches(word, self.choices, n=1, cutoff=0.5)), "")
        near = self.known[word]
        return _("您是不是要写“%(word)s”？") % {"word": near} if near else ""


def _header_index(lines: Sequence[Sequence[str]], expected: Sequence[Collection[str]]) -> int:
    for i, cells in enumerate(lines[:HEADER_WITHIN]):
        here = {re.sub(r"\s", "", text) for text in cells}
        if any(cells) and (
            not expected or any(len(here & set(one)) * 2 >= len(set(one)) for one in expected)
        ):
            return i
    if not expected:
        raise Incomplete(_("文件里没有内容。请检查是否选错了文件。"))
    raise Incomplete(
        _("前 %(lines)d 行里找不到表头。表头应有：%(headers)s。请对照模板检查第一张工作表。")
        % {"lines": HEADER_WITHIN, "headers": _("、").join(expected[0])}
    )


def _headers(cells: Sequence[str], line: int) -> list[tuple[int, str]]:
    if len(cells) > MAX_COLUMNS:
        raise Incomplete(_("表格超过 %(limit)d 列。请删去多余的列。") % {"limit": MAX_COLUMNS})
    found = [(i, re.sub(r"\s", "", text)) for i, text in enumerate(cells) if text]
    names = [name for _i, name in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise Incomplete(
            _("第 %(line)d 行表头“%(name)s”出现了两次。请改名或删去一列。") % {"line": line, "name": twice}
        )
    return found


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise Incomplete(_("文件超过 %(limit)d MB。请拆成几份，分别导入。") % {"limit": MAX_BYTES // 1024**2})


def _check_length(lines: int) -> None:
    if lines > MAX_ROWS + HEADER_WITHIN:
        raise Incomplete(_("表格超过 %(limit)d 行。请拆成几份，分别导入。") % {"limit": MAX_ROWS})


def _is_workbook(data: bytes) -> bool:
    return data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        if (
            data[:2] == b"PK"
            and sum(i.file_size for i in zipfile.ZipFile(io.BytesIO(data)).infolist()) > MAX_UNPACKED
        ):
            raise _too_large()
        _try_opening(data)
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise Incomplete(_("表格设了密码，打不开。请去掉密码，另存后再试。")) from None
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as fault:
        raise _broken() from fault


def _try_opening(data: bytes) -> None:
    """What asks for too much memory or time, or ends its reader, does so in a process of its own."""
    script = Path(__file__).with_name("sheets_process.py")
    try:
        confined.ask(script, data, seconds=SECONDS, memory=MEMORY)
    except (confined.Slow, confined.Broken) as fault:
        raise _too_large() from fault


def _too_large() -> Incomplete:
    return Incomplete(_("表格解压后太大，无法导入。请只留下需要的行，另存后再试。"))


def _broken() -> Incomplete:
    return Incomplete(_("表格打不开，文件可能已损坏。请用表格软件另存为 XLSX 后再试。"))


def _workbook(data: bytes) -> list[list[str]]:
    with _opened(data) as book:
        try:
            rows = book.get_sheet_by_index(0).to_python(
                skip_empty_area=False, nrows=MAX_ROWS + HEADER_WITHIN + 1
            )
        except (CalamineError, OSError, ValueError) as fault:
            raise _broken() from fault
    return [[_text(value) for value in row] for row in rows]


def _rows_of(sheet: CalamineSheet) -> Callable[[], Iterator[list[Any]]]:
    """Its rows with the empty columns to their left, which the reader leaves out; the empty rows above it are there."""
    blank: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    return lambda: ([*blank, *row] for row in sheet.iter_rows())


def _csv(data: bytes) -> list[list[str]]:
    text = _decode(data)
    if "\0" in text:
        raise Incomplete(_("这不是表格文件。请用 XLSX、XLS、ODS 或 CSV。"))
    lines = text.splitlines()
    separator = max(
        ",\t;", key=lambda mark: max((line.count(mark) for line in lines[:HEADER_WITHIN]), default=0)
    )
    try:
        return [
            [_text(value) for value in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as fault:
        raise Incomplete(
            _("CSV 读不下去：有引号没有成对，或一格太长。请用表格软件另存为 XLSX 后再试。")
        ) from fault


def _decode(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else GB 18030, which Excel writes in China."""
    encodings: Iterable[str] = (
        ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Incomplete(_("文件的编码认不出来。请用表格软件另存为 XLSX，或存为 UTF-8 编码的 CSV。"))


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return "" if value is None else str(value).replace("\0", "").strip()
