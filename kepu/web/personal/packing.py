"""A person's own data as a file: JSON for machines, a page and a sheet for people. Pure, but for the words of codes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import xlsxwriter
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.privacy.drawing import lines
from kepu.privacy.queries import OwnData
from kepu.web.workspace.activities.showing import moment

NAME = "my-personal-data"


def titles() -> Mapping[str, str]:
    """The parts in words."""
    return {
        "account": _("账号"), "posts": _("岗位"), "consents": _("同意"), "contact_of": _("把我填作联系人的活动"),
        "filed": _("我填报的活动"), "acts": _("我办理过的事"), "looks": _("谁看过我的号码"),
    }  # fmt: skip


def words() -> Mapping[str, str]:
    """The columns in words; a column that is not here speaks for itself."""
    return {
        "username": _("登录名"), "name": _("姓名"), "email": _("电子邮箱"), "phone": _("手机号码"), "language": _("界面语言"),
        "phone_verified_at": _("手机验证时间"), "joined_at": _("加入时间"), "unit": _("单位"), "role": _("岗位"), "place": _("地区"),
        "line": _("系统"), "since": _("开始"), "until": _("结束"), "purpose": _("用途"), "version": _("版本"), "at": _("时间"),
        "withdrawn_at": _("撤回时间"), "season": _("届次"), "activity": _("活动"), "event": _("办理"), "thing": _("事项"),
        "of": _("事项"), "id": _("编号"),
    }  # fmt: skip


def packed(found: OwnData) -> bytes:
    """A ZIP with ``data.json``, ``data.html`` and ``data.xlsx``, the same in each."""
    named = words()
    parts = [
        (
            titles().get(code, code),
            [named.get(name, name) for name in rows[0]],
            [[_said(value) for value in row.values()] for row in rows],
        )
        for code, rows in found.parts.items()
        if rows
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        plain = {"person": found.person_id, "at": found.at, **found.parts}
        archive.writestr("data.json", json.dumps(plain, ensure_ascii=False, indent=1, default=str))
        archive.writestr(
            "data.html",
            render_to_string(
                "personal/data.html",
                {"parts": parts, "at": moment(found.at), "lines": lines(), "language": get_language() or ""},
            ),
        )
        archive.writestr("data.xlsx", _book(parts))
    return file.getvalue()


def _said(value: Any) -> str:
    if value is None:
        return ""
    return moment(value) if isinstance(value, datetime) else str(value)


def _book(parts: list[tuple[str, list[str], list[list[str]]]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for title, head, rows in parts:
            sheet = book.add_worksheet("".join(c for c in title if c not in "[]:*?/\\'")[:31])
            for n, row in enumerate([head, *rows]):
                sheet.write_row(n, 0, row)
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return file.getvalue()
