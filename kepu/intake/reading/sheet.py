"""The table in a file: which sheet, which line is its header, what stands above and below it, and its rows.

People lay out a table to be printed: a title over it, who fills it in, a header of two lines, cells merged over several
rows, sums and notes below. What is no row of an activity is told in the table's notes, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.utils.translation import gettext as _

from kepu.core.refusals import Incomplete
from kepu.core.sheets import MAX_COLUMNS, Merged, Sheet, sheets_of
from kepu.intake.reading.columns import SERIAL, Column, field_of, match_columns, plain_of
from kepu.intake.reading.continued import continued
from kepu.intake.reading.heading import Heading, heading_of

HEADER_WITHIN = 30
LONGEST_HEADER = 40
MOST_NOTES = 100
_SUM = re.compile(r"(?:合|总|小|共|累)\s*计\s*(?:[:：]?\s*\d.*)?[:：]?")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
_EXAMPLE = re.compile(r"[（(]?(?:填写)?(?:示例|样例|范例|举例|例如?(?=[：:]))")
_BELOW = re.compile(
    r"[（(]?(?:填[表报写]|注|备注|说明|制表|审核|审批|联系人|联系电话|负责人|单位负责人|单位盖章|盖章|报送|日期|年\s*月\s*日|"
    r"主要?负责人)[^：:，。]{0,12}(?:[：:]|[）)]?$)"
)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands: its line in the sheet, its texts by header, and the headers whose text was carried down.

    A text is carried down where the sheet shows one cell over several rows.
    """

    line: int
    cells: Mapping[str, str]
    carried: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table in the order of the sheet; each is made when it is asked for, as often as it is asked for."""

    count: int
    _source: _Layout = field(repr=False)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[RawRow]:
        return (found for found in self._source.walk() if isinstance(found, RawRow))


@dataclass(frozen=True, slots=True)
class Table:
    """The table of activities in a file.

    ``header_line`` is the line of its header as people count (the upper one of two), ``title`` the line over it,
    ``heading`` what is filled in above it (填报单位 → 石龙镇科协), ``others`` the names of further sheets that hold such a
    table, ``notes`` a sentence for every line that was taken for no activity.
    """

    sheet: str
    header_line: int
    columns: tuple[Column, ...]
    heading: Mapping[str, str]
    rows: Rows
    notes: tuple[str, ...]
    title: str = ""
    others: tuple[str, ...] = ()


def read_table(data: bytes, *, remembered: Mapping[str, str], sheet: str = "") -> Table:
    """The table of activities in a file: of the sheet named, or of the one that looks most like it.

    ``remembered`` says what the columns of earlier sheets were matched to: header → field, "" for not to be read.
    Raises :class:`Incomplete` with a sentence for a file that cannot be read or holds no such table.
    """
    sheets = sheets_of(data)
    seen = [one for one in sheets if not one.hidden] or list(sheets)
    if sheet:
        seen = [one for one in sheets if one.name == sheet]
    layouts = [layout for one in seen if (layout := _layout_of(one, remembered))]
    if not layouts:
        raise Incomplete(_nothing_found(seen, sheet))
    tables = [_table(layout, remembered) for layout in layouts]
    at = max(range(len(tables)), key=lambda i: (len(tables[i].rows) > 0, layouts[i].score, -i))
    others = tuple(table.sheet for i, table in enumerate(tables) if i != at and len(table.rows))
    if not others:
        return tables[at]
    names = _("、").join(f"“{name}”" for name in others)
    words = _("文件里还有工作表%(names)s也像活动表，这次没有读。") % {"names": names}
    return replace(tables[at], others=others, notes=(*tables[at].notes, words))


@dataclass(slots=True)
class _Layout:
    """Where a sheet has its header. ``top`` and ``bottom`` are the header's first and last line, counted from 0."""

    sheet: Sheet
    top: int
    bottom: int
    headers: list[tuple[int, str]]
    columns: tuple[Column, ...]
    score: float
    above: list[list[str]]
    loose: set[int] = field(default_factory=set)  # columns without a header that hold something
    wide: set[int] = field(default_factory=set)  # lines with a cell over three columns or more
    goes_on: dict[int, str] = field(default_factory=dict)  # columns that go on with another: see continued

    def __post_init__(self) -> None:
        self.goes_on = continued(self.headers)
        self.wide = {m.top for m in self.sheet.merged if m.right - m.left >= 2}

    def walk(self) -> Iterator[RawRow | str]:
        """Every line below the header that holds something: a row, or the sentence why it is none."""
        title = next((column.index for column in self.columns if column.field == "title"), None)
        serial = {i for i, header in self.headers if SERIAL.fullmatch(plain_of(header))}
        names = dict(self.own()) | {i: _nameless(i) for i in self.loose}
        down = _Down(self.sheet.merged, self.bottom)
        below = False
        for number, cells in enumerate(self.sheet.lines()):
            if number <= self.bottom:
                continue
            own = {i: text for i, text in enumerate(cells) if text}
            if not own:
                down.at(number, own)
                continue
            carried = down.at(number, own)
            told, below = self._no_row(number, own, title, serial, below)
            if told is not None:
                if told:
                    yield told
                continue
            self.loose |= {i for i in own if i not in names and i not in self.goes_on}
            texts = {header: own.get(i) or carried.get(i, "") for i, header in names.items()}
            for i, header in self.goes_on.items():
                texts[header] += own.get(i, "")
            yield RawRow(
                number + 1, texts, frozenset(names[i] for i in carried if i in names and i not in own)
            )

    def own(self) -> list[tuple[int, str]]:
        """The headers of columns that do not go on with another."""
        return [(i, header) for i, header in self.headers if i not in self.goes_on]

    def _is_header(self, own: Mapping[int, str]) -> bool:
        """Whether a line repeats the header, as on the next printed page."""
        same = sum("".join(own[i].split()) == header for i, header in self.headers if i in own)
        return same * 2 > len(own)

    def _no_row(
        self, number: int, own: Mapping[int, str], title: int | None, serial: set[int], below: bool
    ) -> tuple[str | None, bool]:
        """Why a line is no row ("" for nothing worth telling), None where it is one; whether the table has ended."""
        first, at = next(iter(own.values())), {"line": number + 1}
        said = at | {"text": _short(first)}
        if own.keys() <= serial and all(re.fullmatch(r"\d{1,4}[.、]?", text) for text in own.values()):
            return "", below
        if _SUM.fullmatch(first):
            return _("第%(line)d行是“%(text)s”，没有当作活动。") % said, below
        if self._is_header(own):
            return _("第%(line)d行又是表头，没有当作活动。") % at, below
        if len(own) > 2 and [*own.values()] == [str(n + 1) for n in range(len(own))]:
            return _("第%(line)d行是栏目的序号，没有当作活动。") % at, below
        if any(_EXAMPLE.match(text) for text in (first, own.get(title if title is not None else -1, ""))):
            return _("第%(line)d行是填写示例，没有当作活动。") % at, below
        ends = min(own) != title or len(own) == 1 or first.endswith((":", "："))
        if _BELOW.match(first) and len(own) <= 4 and ends:
            return _("第%(line)d行是表下的说明“%(text)s”，没有当作活动。") % said, True
        if len(own) == 1 and (below or number in self.wide or title not in own or _NUMBERED.match(first)):
            if below:
                return _("第%(line)d行是表下的说明“%(text)s”，没有当作活动。") % said, True
            return _("第%(line)d行只有“%(text)s”，当作小标题，没有当作活动。") % said, below
        return None, False


class _Down:
    """Texts of cells merged over several rows, carried to the rows below the first."""

    def __init__(self, merged: Sequence[Merged], header: int) -> None:
        self.tops: dict[int, list[Merged]] = {}
        for block in merged:
            if block.bottom > block.top and block.bottom > header:
                self.tops.setdefault(block.top, []).append(block)
        self.open: dict[int, tuple[int, str]] = {}

    def at(self, number: int, own: Mapping[int, str]) -> dict[int, str]:
        """What comes down to a line; it also begins with the blocks whose first line this is."""
        self.open = {left: (bottom, text) for left, (bottom, text) in self.open.items() if bottom >= number}
        carried = {left: text for left, (_bottom, text) in self.open.items() if text}
        for block in self.tops.get(number, ()):
            self.open[block.left] = (block.bottom, own.get(block.left, ""))
        return carried


def _table(layout: _Layout, remembered: Mapping[str, str]) -> Table:
    notes: list[str] = []
    count = told = 0
    for found in layout.walk():
        if isinstance(found, RawRow):
            count += 1
        elif (told := told + 1) <= MOST_NOTES:
            notes.append(found)
    if told > MOST_NOTES:
        notes.append(_("另有%(n)d行也没有当作活动。") % {"n": told - MOST_NOTES})
    loose = [(i, _nameless(i)) for i in sorted(layout.loose)]
    heading: Heading = heading_of(layout.above)
    return Table(
        layout.sheet.name, layout.top + 1, match_columns([*layout.own(), *loose], remembered),
        heading.entries, Rows(count, layout), tuple(notes), heading.title,
    )  # fmt: skip


def _layout_of(sheet: Sheet, remembered: Mapping[str, str]) -> _Layout | None:
    lines = list(islice(sheet.lines(), HEADER_WITHIN + 1))
    width = max((len(cells) for cells in lines), default=0)
    shown = [_shown(number, cells, width, lines, sheet.merged) for number, cells in enumerate(lines)]
    best: _Layout | None = None
    for top in range(min(len(lines), HEADER_WITHIN)):
        for bottom in (top, top + 1):
            if bottom >= len(lines) or (bottom > top and not _is_second(top, lines, shown, sheet.merged)):
                continue
            headers = _headers(shown[top], shown[bottom])
            score = _score([header for _i, header in headers], remembered)
            if score and (best is None or score > best.score):
                further = continued(headers)
                columns = match_columns([one for one in headers if one[0] not in further], remembered)
                best = _Layout(sheet, top, bottom, headers, columns, score, lines[:top])
    if best and len(best.headers) > MAX_COLUMNS:
        raise Incomplete(_("表格超过 %(limit)d 列。请删去多余的列。") % {"limit": MAX_COLUMNS})
    return best


def _shown(
    number: int, cells: Sequence[str], width: int, lines: Sequence[Sequence[str]], merged: Sequence[Merged]
) -> list[str]:
    """A line of the header as people see it: a merged cell's text stands in every place it covers."""
    texts = [*cells, *[""] * (width - len(cells))]
    for block in merged:
        if block.top <= number <= block.bottom and block.left < len(lines[block.top]):
            text = lines[block.top][block.left]
            texts[block.left : block.right + 1] = [text] * (min(block.right, width - 1) - block.left + 1)
    return [re.sub(r"\s", "", text) for text in texts]


def _is_second(
    top: int, lines: Sequence[Sequence[str]], shown: Sequence[Sequence[str]], merged: Sequence[Merged]
) -> bool:
    """Whether the line below belongs to the header as well."""
    below = [(i, text) for i, text in enumerate(shown[top + 1]) if text]
    if not below or any(len(text) > LONGEST_HEADER for _i, text in below):
        return False
    spans = any(block.top == top and block.bottom == top + 1 for block in merged)
    groups = any(block.top == block.bottom == top and 0 < block.right - block.left < 6 for block in merged)
    own = [text for text in lines[top + 1] if text]
    named = [text for text in own if field_of(text)[0]]
    under = [i for i, text in enumerate(lines[top + 1]) if text]
    free = all(i >= len(lines[top]) or not lines[top][i] or field_of(shown[top][i])[0] for i in under)
    if spans or groups:
        return bool(own) and len(named) * 2 >= len(own)
    return bool(own) and free and len(named) == len(own) and len(own) < len([t for t in lines[top] if t]) + 1


def _nameless(index: int) -> str:
    """What a column without a header goes by, in every language: rows are told apart by it."""
    return f"第{index + 1}列（没有表头）"


def _headers(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    names: dict[str, int] = {}
    for i, (above, below) in enumerate(zip(upper, lower, strict=True)):
        text = above if above == below or not below else f"{above}·{below}" if above else below
        if not text:
            continue
        names[text] = names.get(text, 0) + 1
        found.append((i, text if names[text] == 1 else f"{text}（{names[text]}）"))
    return found


def _score(headers: Sequence[str], remembered: Mapping[str, str]) -> float:
    """How much a line looks like the header of such a table; 0 where it does not."""
    sures: dict[str, float] = {}
    known = 0
    for header in headers:
        if len(header) > LONGEST_HEADER or re.search(r"[：:].", header):
            continue
        if header in remembered:
            known += 1
            continue
        name, sure = field_of(header)
        if name:
            sures[name] = max(sures.get(name, 0), sure)
    distinct = len(sures) + known
    if distinct < 2 or not (known or sures.keys() & {"title", "theme"} or distinct >= 3):
        return 0
    return sum(sures.values()) + known


def _nothing_found(seen: Sequence[Sheet], sheet: str) -> str:
    if sheet and not seen:
        return _("文件里没有工作表“%(name)s”。") % {"name": sheet}
    if not any(any(cells) for one in seen for cells in islice(one.lines(), HEADER_WITHIN)):
        return _("文件里没有内容。请检查是否选错了文件。")
    return _(
        "前%(lines)d行里找不到表头。活动表应有“活动名称”“活动时间”“活动地点”这样的栏目，每项活动一行。请检查后再试。"
    ) % {"lines": HEADER_WITHIN}


def _short(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 20 else text[:19] + "…"
