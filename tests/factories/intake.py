"""Sheets of activities as a town keeps them: rows that pass the rules of ``dongguan``, and the files they stand in."""

import io
from uuid import uuid4

import xlsxwriter

from kepu.intake import actions
from tests.factories.activities import FILED

HEADERS = (
    "序号", "活动名称", "活动时间", "活动地点", "举办方式", "行业领域", "预计参与人数", "内容简介", "安全责任人", "举办地责任人", "联系人", "联系电话",
)  # fmt: skip


def a_row(number=1, **changes):
    """A row that can be filed on 25 August 2023; each number is another activity."""
    cells = {
        "序号": str(number), "活动名称": f"科普讲座第{number}讲", "活动时间": "9月17日上午9:00-11:30", "活动地点": f"石龙镇第{number}村文化广场",
        "举办方式": "线下", "行业领域": "健康", "预计参与人数": "120", "内容简介": "讲座和体验", "安全责任人": "张安", "举办地责任人": "李场",
        "联系人": "王联", "联系电话": "13800000000",
    }  # fmt: skip
    return {**cells, **changes}


def rows(count, **changes):
    return [a_row(number, **changes) for number in range(1, count + 1)]


def a_file(table, *, headers=HEADERS, above=()):
    """An XLSX with a header and these rows (mappings by header)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("活动")
        for n, text in enumerate(above):
            page.write_string(n, 0, text)
        page.write_row(len(above), 0, headers)
        for n, row in enumerate(table, start=len(above) + 1):
            for i, header in enumerate(headers):
                page.write_string(n, i, row.get(header, ""))
    return file.getvalue()


def an_import(world, table, *, by=None, at=FILED, token=None, name="石龙镇活动表.xlsx", **about):
    """A sheet handed in; nothing is checked yet."""
    return actions.start_import(
        token or uuid4(), data=a_file(table, **about), file_name=name, season=world.season, by=by or world.filer, at=at
    )  # fmt: skip


def a_checked(world, table, *, by=None, at=FILED, **about):
    """A sheet after its dry run."""
    sheet = an_import(world, table, by=by, at=at, **about)
    actions.choose_columns(sheet, {}, by=by or world.filer, at=at)
    work(actions.check_some, sheet, at=at)
    return sheet


def a_filed(world, table, *, at=FILED, **asked):
    """A sheet whose good lines were filed."""
    sheet = a_checked(world, table, at=at)
    actions.file_lines(sheet, by=world.filer, at=at, **asked)
    work(actions.file_some, sheet, at=at)
    return sheet


def work(step, sheet, *, at=FILED, **how):
    """Piece by piece until it is through, as a worker does it; the import in hand is then as it stands."""
    while step(sheet.pk, at=at, **how):
        pass
    sheet.refresh_from_db()


def states_of(sheet):
    return list(sheet.lines.order_by("number", "part").values_list("state", flat=True))
