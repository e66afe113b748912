"""Tables of activities as towns, cities and societies lay them out by hand: workbooks written cell by cell."""

import io
from contextlib import suppress
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

TOWN_HEADERS = (
    "序号",
    "项目名称",
    "主办单位",
    "内容简介（300字以内，含内容、形式、对象）",
    "时间地点",
    "联系人及电话",
)
CITY_HEADERS = (
    "序号", "活动名称", "主办单位", "承办单位", "活动日期", "具体时间", "活动地点", "活动形式", "参与人数（预计）", "联系人", "联系电话",
)  # fmt: skip
LIST_HEADERS = (
    "序号", "活动主题", "活动概况", "起止时间", "举办地点", "主办单位", "线上/线下", "线上网址", "预计参与人次", "是否重点活动", "联系方式", "备注",
)  # fmt: skip


class Page:
    """A sheet being written: lines from the top, blocks that span cells, whatever a person does to a table."""

    def __init__(self, book, name, hidden=False):
        self.sheet = book.add_worksheet(name)
        self.formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        self.line = 0
        if hidden:
            self.sheet.hide()

    def write(self, *cells, at=0):
        """A line of cells; None leaves one untouched."""
        for i, value in enumerate(cells, start=at):
            if type(value) in self.formats:
                self.sheet.write_datetime(self.line, i, value, self.formats[type(value)])
            elif value is not None:
                self.sheet.write(self.line, i, value)
        self.line += 1
        return self

    def wide(self, text, columns):
        """One text over a whole line."""
        self.sheet.merge_range(self.line, 0, self.line, columns - 1, text)
        self.line += 1
        return self

    def over(self, top, left, bottom, right, text):
        """One text over a block of cells, counted from 0."""
        with suppress(OverlappingRange):
            self.sheet.merge_range(top, left, bottom, right, text)
        return self

    def skip(self, lines=1):
        self.line += lines
        return self


class Book:
    """A workbook being written; :meth:`data` closes it."""

    def __init__(self):
        self.file = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.file, {"in_memory": True})

    def page(self, name="Sheet1", hidden=False):
        return Page(self.book, name, hidden)

    def data(self):
        self.book.close()
        return self.file.getvalue()


def town_table(*rows, unit="石龙镇科协"):
    """F1: the branch-venue table of a town. Title, who fills it in, one header line, sums and notes below."""
    book = Book()
    page = book.page("分会场")
    page.wide("附件1", 6).wide("2023年全国科普日分会场活动表", 6).wide(
        f"填报单位：{unit}（盖章）        填报日期：2023年9月5日", 6
    )
    page.write(*TOWN_HEADERS)
    for row in rows:
        page.write(*row)
    page.write("合计", f"{len(rows)}项").skip()
    page.wide("填表说明：1.每项活动一行；2.内容简介不超过300字。", 6)
    return book.data()


def city_table(*rows, blocks=()):
    """F7: the key activity table of a city. A header of two lines, and blocks that run down several rows."""
    book = Book()
    page = book.page("重点活动")
    page.wide("2023年全国科普日重点活动安排表", 11)
    for i, header in enumerate(CITY_HEADERS):
        if i not in (4, 5, 9, 10):
            page.over(1, i, 2, i, header)
    page.over(1, 4, 1, 5, "活动时间").over(1, 9, 1, 10, "联系方式")
    page.line = 2
    page.write("日期", "时间", at=4)
    page.line = 2
    page.write("联系人", "电话", at=9)
    for row in rows:
        page.write(*row)
    for top, left, bottom, text in blocks:
        page.over(top, left, bottom, left, text)
    return book.data()


def society_list(*rows, encoding="gb18030"):
    """F8: the list of planned key activities, as a society saves it: CSV in the encoding its spreadsheet writes."""

    def line(cells):
        return ",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells)

    lines = ["2023年科普日计划开展重点活动清单", "", line(LIST_HEADERS), *(line(row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)
