"""A unit's programme as a ZIP: ``programme.xlsx`` with a sheet for each part, ``programme.json`` with the same.

Both are written row by row as the rows come, so that ten thousand activities need no more memory than ten.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any

import xlsxwriter
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.activities.models import CONTENT, PERSONAL, Activity, Decision
from kepu.activities.sessions import sessions_of
from kepu.core.calendar import CHINA
from kepu.intake.workflow import LineState
from kepu.notices.rulebook import rules_in_force
from kepu.oversight.programme import Programme
from kepu.web.workspace.activities import showing
from kepu.web.workspace.activities.history import field_label, reasons_in_words
from kepu.web.workspace.activities.session_rows import label_of

Cells = list[Any]
LONGEST_CELL = 32_767  # of a spreadsheet; the JSON has the whole
_ASIDE = ("sessions", "answers")  # a sheet of their own; asked by notices, in words of their own
_AFTER = (
    "state", "round", "filed_at", "approved_at", "publish_at", "published_at", "postponed_at", "cancelled_at", "held_at",
    "participants_actual", "online_actual", "media_links", "materials", "results", "completed_at", "summarised_at",
)  # fmt: skip


def packed(found: Programme) -> IO[bytes]:
    """The ZIP as an open file at its beginning; closing it removes it. Looks at contacts are traced on the way."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as sheet, tempfile.TemporaryFile("w+b") as plain:
        _write(found, sheet.name, plain)
        plain.seek(0)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(sheet.name, "programme.xlsx")
            with archive.open(_named("programme.json", found.at), "w", force_zip64=True) as out:
                while piece := plain.read(1 << 16):
                    out.write(piece)
    file.seek(0)
    return file


def name_of(found: Programme) -> str:
    """A file's name that every system takes."""
    code = "".join(c for c in found.unit.code if c.isascii() and (c.isalnum() or c in "-_"))
    return f"kepu-{code or found.unit.pk}-{found.season.code}-{localtime(found.at):%Y%m%d}.zip"


def _write(found: Programme, path: str, plain: IO[bytes]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        about = {
            "unit": found.unit.name,
            "season": str(found.season),
            "at": found.at.isoformat(),
            "contacts": found.contacts,
        }
        plain.write(f'{{"about": {json.dumps(about, ensure_ascii=False)}'.encode())
        for code, title, headings, rows in _parts(found):
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 1)
            for column, heading in enumerate(headings):
                sheet.write_string(0, column, str(heading), head)
            plain.write(f', "{code}": ['.encode())
            for line, cells in enumerate(rows, start=1):
                for column, value in enumerate(cells):
                    _put(sheet, line, column, value)
                said = dict(zip(map(str, headings), map(_plain, cells), strict=True))
                plain.write(f"{',' if line > 1 else ''}\n{json.dumps(said, ensure_ascii=False)}".encode())
            plain.write(b"]")
        plain.write(b"}\n")


def _parts(found: Programme) -> Iterator[tuple[str, str, Sequence[Any], Iterable[Cells]]]:
    number, title = _("编号"), _("活动名称")
    columns = [name for name in CONTENT if name not in _ASIDE]
    headings = [
        number,
        *(field_label(name) for name in columns),
        _("通知另行要求的内容"),
        *map(_after_label, _AFTER),
    ]
    yield "activities", _("活动"), headings, _activities(found, columns)
    yield "sessions", _("场次"), [
        number, title, _("场次"), _("名称"), _("开始时间"), _("结束时间"), _("场地名称"), _("详细地址"), _("备注"), _("状态"), _("说明"),
    ], _sessions(found)  # fmt: skip
    yield "notes", _("审核意见"), [
        number, title, _("第几次填报"), _("审核意见"), _("原因"), _("说明"), _("同意例外的理由"), _("审核单位"), _("时间"),
    ], _notes(found)  # fmt: skip
    yield "returns", _("报送"), [
        _("任务名称"), _("状态"), _("报送对象"), _("期限"), _("报送时间"), _("逾期"), _("接收时间"), _("报送次数"), _("说明"), _("依据"),
    ], _returns(found)  # fmt: skip
    yield "imports", _("表格导入"), [
        _("文件名"), _("状态"), _("行数"), _("交表时间"), _("填报时间"), *(state.label for state in LineState),
    ], _imports(found)  # fmt: skip
    yield "messages", _("消息"), [_("时间"), _("标题"), _("内容"), _("链接")], _messages(found)


def _activities(found: Programme, columns: Sequence[str]) -> Iterator[Cells]:
    rules = rules_in_force(found.unit, found.season, at=found.at)
    for some in found.activities():
        words = showing.words_for(rules, [activity for activity, _contact in some])
        for activity, contact in some:
            facts = [
                contact.get(name) or _said(showing.fact_of(activity, name, words).words)
                if name in PERSONAL
                else _fact(activity, name, words)
                for name in columns
            ]
            yield [
                activity.pk, *facts, _said(words.of("answers", activity.answers)), *(_after(activity, name) for name in _AFTER)
            ]  # fmt: skip


def _fact(activity: Activity, name: str, words: showing.Words) -> Any:
    """Numbers and instants as such, everything else in words."""
    value = getattr(activity, Activity._meta.get_field(name).attname)  # type: ignore[union-attr]
    if isinstance(value, datetime | float) or (isinstance(value, int) and name.endswith("_expected")):
        return value
    if name == "arrangement":
        return str(activity.get_arrangement_display())
    return _said(words.of(name, value))


def _after(activity: Activity, name: str) -> Any:
    value = getattr(activity, name)
    if name == "state":
        return str(activity.get_state_display())
    if name == "materials":
        return "\n".join(" ".join(filter(None, (m.get("place"), m.get("note")))) for m in value)
    return "\n".join(map(str, value)) if isinstance(value, list) else value


def _after_label(name: str) -> str:
    said = {
        "round": _("填报次数"), "filed_at": _("填报时间"), "approved_at": _("通过时间"), "published_at": _("发布时间"),
        "postponed_at": _("延期时间"), "cancelled_at": _("取消时间"), "held_at": _("确认举办时间"), "completed_at": _("完善时间"),
        "summarised_at": _("总结时间"),
    }  # fmt: skip
    return said.get(name) or field_label(name)


def _sessions(found: Programme) -> Iterator[Cells]:
    masked = Programme(found.unit, found.season, False, found.by, found.at)  # a second pass looks at nobody
    for some in masked.activities():
        for activity, _contact in some:
            for one in sessions_of(activity):
                yield [
                    activity.pk, activity.title, one.code, one.title, one.starts_at, one.ends_at, one.venue, one.address,
                    one.note, str(label_of(one)), one.words,
                ]  # fmt: skip


def _notes(found: Programme) -> Iterator[Cells]:
    for some in found.notes():
        for note in some:
            yield [
                note.activity_id, note.activity.title, note.round, str(Decision(note.decision).label),
                reasons_in_words(note.reasons), note.words, "\n".join(note.waivers.values()), note.unit.name, note.at,
            ]  # fmt: skip


def _returns(found: Programme) -> Iterator[Cells]:
    for some in found.returns():
        for row in some:
            yield [
                row.title, str(row.get_state_display()), row.receiver_name or (row.receiver.name if row.receiver else ""),
                row.due_at or row.due_words, row.handed_in_at, _("是") if row.late else "", row.accepted_at, row.handed,
                row.reason, row.cite,
            ]  # fmt: skip


def _imports(found: Programme) -> Iterator[Cells]:
    for some in found.imports():
        for sheet, stand in some:
            yield [
                sheet.file_name, str(sheet.get_state_display()), sheet.rows, sheet.started_at, sheet.filed_at,
                *(stand.get(state, 0) for state in LineState),
            ]  # fmt: skip


def _messages(found: Programme) -> Iterator[Cells]:
    for some in found.messages():
        for message in some:
            yield [message.sent_at, message.subject, message.body, message.link]


def _said(words: Sequence[str]) -> str:
    return _("、").join(words)


def _put(sheet: Any, line: int, column: int, value: Any) -> None:
    """Text is text, whatever it begins with: nothing in a sheet of ours is carried out."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, column, value)
    elif value not in (None, ""):
        text = showing.moment(value) if isinstance(value, datetime) else str(value)
        sheet.write_string(line, column, text[:LONGEST_CELL])


def _plain(value: Any) -> Any:
    return value.astimezone(CHINA).isoformat() if isinstance(value, datetime) else value


def _named(name: str, at: datetime) -> zipfile.ZipInfo:
    local = localtime(at)
    info = zipfile.ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
