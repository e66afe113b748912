"""A list as CSV (RFC 4180) that spreadsheets open as it is meant: in UTF-8 with its mark, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kepu.activities.lines import Line
from kepu.core.calendar import CHINA
from kepu.web.portal.activities.showing import Told
from kepu.web.portal.machines.naming import activity_address
from kepu.web.portal.machines.texts import plain, told

CONTENT_TYPE = "text/csv; charset=utf-8"
MARK = "\ufeff"
# with these a spreadsheet begins a formula; the wide forms as well, where Chinese is typed
_OPENS_A_FORMULA = tuple("=+-@\t\r\n|＝＋－＠")

Cell = Callable[[Line, Told], Any]


def _when(instant: datetime) -> str:
    return instant.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _time(of: str) -> Cell:
    return lambda line, told: "" if line.publication.time_pending else _when(getattr(line.publication, of))


def _words(name: str) -> Cell:
    return lambda line, told: "、".join(
        entry["label"] for entry in line.publication.content.get("labels", {}).get(name, ())
    )


COLUMNS: tuple[tuple[Any, Cell], ...] = (
    (pgettext_lazy("table", "编号"), lambda line, told: line.publication.pk),
    (_("活动名称"), lambda line, told: line.publication.title),
    (_("状态"), lambda line, told: line.publication.get_status_display()),
    (_("状态说明"), lambda line, told: line.publication.status_words),
    (_("开始时间"), _time("starts_at")),
    (_("结束时间"), _time("ends_at")),
    (_("场数"), lambda line, told: len(line.publication.content.get("sessions") or ()) or 1),
    (_("方式"), lambda line, told: told.mode),
    (_("地区"), lambda line, told: told.where),
    (_("场地"), lambda line, told: told.venue),
    (_("详细地址"), lambda line, told: told.address),
    (_("线上地址"), lambda line, told: told.online_link),
    (_("举办单位"), lambda line, told: line.publication.host_name),
    (_("联合主办"), lambda line, told: "、".join(told.hosts)),
    (_("行业领域"), _words("fields")),
    (_("活动形式"), _words("formats")),
    (_("服务人群"), lambda line, told: "、".join(told.audiences)),
    (_("参加方式"), lambda line, told: told.taking),
    (_("预约网址"), lambda line, told: told.booking_link),
    (_("怎么预约"), lambda line, told: told.booking_note),
    (_("名额"), lambda line, told: told.capacity or ""),
    (_("名额已满"), lambda line, told: _("是") if told.full else ""),
    (_("无障碍"), lambda line, told: "、".join([*told.access, *filter(None, [told.access_note])])),
    (_("重点活动"), lambda line, told: _("是") if line.publication.key_activity else ""),
    (_("简介"), lambda line, told: told.summary),
    (_("网页"), lambda line, told: activity_address(line.publication.pk)),
    (_("更新时间"), lambda line, told: _when(line.publication.updated_at)),
)


def table_of(lines: list[Line], *, at: datetime) -> bytes:
    """The list as a file with a line of headings, each activity on a line."""
    out = io.StringIO(MARK)
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([str(heading) for heading, _cell in COLUMNS])
    for line in lines:
        shown = told(line.publication)
        writer.writerow([harmless(cell(line, shown)) for _heading, cell in COLUMNS])
    return out.getvalue().encode()


def harmless(value: Any) -> str:
    """A cell that stays text: an apostrophe before what would be reckoned."""
    text = plain(value)
    return f"'{text}" if text.lstrip(" ").startswith(_OPENS_A_FORMULA) else text
