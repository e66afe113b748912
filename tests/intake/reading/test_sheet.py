"""Finding the table in a file that somebody laid out by hand."""

import pytest

from kepu.core.refusals import Incomplete
from kepu.intake.reading import read_table
from tests.factories.tables import Book, city_table, society_list, town_table

ROW = (1, "科普讲座", "石龙镇科协", "讲解急救", "9月17日上午9:00-11:30，石龙镇文化广场", "张老师13800000000")


def read(data, **options):
    return read_table(data, **{"remembered": {}, **options})


def page_with(*lines, name="Sheet1", book=None):
    book = book or Book()
    page = book.page(name)
    for line in lines:
        page.write(*line)
    return book


def test_title_and_heading_stand_above_and_sums_and_notes_below():
    table = read(town_table(ROW))
    assert (table.sheet, table.header_line, table.title) == ("分会场", 4, "2023年全国科普日分会场活动表")
    assert table.heading == {"填报单位": "石龙镇科协", "填报日期": "2023年9月5日"}
    assert [(row.line, row.cells["项目名称"]) for row in table.rows] == [(5, "科普讲座")]
    assert table.notes == (
        "第6行是“合计”，没有当作活动。", "第8行是表下的说明“填表说明：1.每项活动一行；2.内容简…”，没有当作活动。",
    )  # fmt: skip


def test_rows_can_be_gone_through_again_and_counted():
    table = read(town_table(ROW, (2, *ROW[1:])))
    assert len(table.rows) == 2
    assert list(table.rows) == list(table.rows)


def test_a_header_of_two_lines_is_one():
    table = read(
        city_table(
            (
                1,
                "急救讲座",
                "市科协",
                "区科协",
                "9月17日",
                "9:00-11:00",
                "文化馆",
                "讲座",
                200,
                "张老师",
                "13800000000",
            )
        )
    )
    assert [column.header for column in table.columns] == [
        "序号", "活动名称", "主办单位", "承办单位", "活动时间·日期", "活动时间·时间", "活动地点", "活动形式", "参与人数（预计）",
        "联系方式·联系人", "联系方式·电话",
    ]  # fmt: skip
    assert [column.field for column in table.columns] == [
        "", "title", "host", "undertakers", "when", "when", "where", "formats", "participants_expected", "contact_name",
        "contact_phone",
    ]  # fmt: skip
    assert [row.line for row in table.rows] == [4]


def test_a_header_of_two_lines_without_merged_cells_is_one_too():
    data = "序号,活动名称,时间,联系方式,\r\n,,,联系人,电话\r\n1,讲座,9月17日,张老师,13800000000\r\n".encode(
        "utf-8-sig"
    )
    table = read(data)
    assert [column.field for column in table.columns] == [
        "",
        "title",
        "when",
        "contact_name",
        "contact_phone",
    ]
    assert [row.line for row in table.rows] == [3]


def test_a_cell_over_several_rows_is_carried_down_and_marked():
    rows = [
        (i, None if i else "科普周", "市科协", "", f"9月{17 + i}日", "9:00-10:00", "文化馆") for i in range(3)
    ]
    table = read(city_table(*rows, blocks=[(3, 1, 5, "科普周")]))
    assert [(row.cells["活动名称"], sorted(row.carried)) for row in table.rows] == [
        ("科普周", []), ("科普周", ["活动名称"]), ("科普周", ["活动名称"]),
    ]  # fmt: skip


def test_a_block_ends_where_the_sheet_ends_it():
    rows = [(1, "甲活动", "市科协"), (2, "乙活动", None), (3, "丙活动", None)]
    table = read(city_table(*rows, blocks=[(3, 2, 4, "市科协")]))
    assert [row.cells["主办单位"] for row in table.rows] == ["市科协", "市科协", ""]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_the_encoding_it_was_saved_in(encoding):
    table = read(society_list((1, "科学之夜", "观星"), encoding=encoding))
    assert (table.sheet, table.title, table.header_line) == ("", "2023年科普日计划开展重点活动清单", 3)
    assert [row.cells["活动主题"] for row in table.rows] == ["科学之夜"]


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (["一、讲座类"], "第3行只有“一、讲座类”，当作小标题，没有当作活动。"),
        (["", "（一）镇街活动"], "第3行只有“（一）镇街活动”，当作小标题，没有当作活动。"),
        (["序号", "活动名称", "活动时间"], "第3行又是表头，没有当作活动。"),
        (["1", "2", "3"], "第3行是栏目的序号，没有当作活动。"),
        (["示例", "××讲座", "9月17日"], "第3行是填写示例，没有当作活动。"),
        (["小计", "1项", ""], "第3行是“小计”，没有当作活动。"),
        (["合计：2项"], "第3行是“合计：2项”，没有当作活动。"),
        (["注：每项活动一行"], "第3行是表下的说明“注：每项活动一行”，没有当作活动。"),
        (["填表人：", "张老师"], "第3行是表下的说明“填表人：”，没有当作活动。"),
    ],
)
def test_what_is_no_activity_is_told_with_its_line(line, note):
    header, row = ["序号", "活动名称", "活动时间"], ["1", "讲座", "9月17日"]
    table = read(page_with(header, row, line, row).data())
    assert [row.line for row in table.rows] == [2, 4]
    assert table.notes == (note,)


@pytest.mark.parametrize(
    "line",
    [
        ["2", "总计算机展", "9月17日"],
        ["2", "说明书里的科学", "9月17日"],
        ["", "只有名称", ""],
        ["3", "", "9月17日"],
    ],
)
def test_what_only_looks_like_a_note_stays_a_row(line):
    table = read(page_with(["序号", "活动名称", "活动时间"], line).data())
    assert (len(table.rows), table.notes) == (1, ())


def test_numbers_printed_for_rows_nobody_filled_are_no_rows():
    table = read(page_with(["序号", "活动名称", "活动时间"], ["1", "讲座", "9月17日"], ["2"], ["3"]).data())
    assert (len(table.rows), table.notes) == (1, ())


def test_the_sheet_that_holds_the_table_is_read_and_others_are_told():
    book = page_with(["填写须知"], ["请在9月8日前报送"], name="须知")
    page_with(["序号", "活动名称", "活动时间"], ["1", "讲座", "9月17日"], name="九月", book=book)
    page_with(["序号", "活动名称", "活动时间"], ["1", "展览", "10月1日"], name="十月", book=book)
    page_with(["序号", "活动名称", "活动时间"], name="空表", book=book)
    hidden = book.page("旧表", hidden=True)
    hidden.write("序号", "活动名称", "活动时间", "活动地点").write("1", "旧讲座", "9月17日", "旧地点")
    data = book.data()

    table = read(data)
    assert (table.sheet, table.others) == ("九月", ("十月",))
    assert table.notes == ("文件里还有工作表“十月”也像活动表，这次没有读。",)
    assert [row.cells["活动名称"] for row in read(data, sheet="十月").rows] == ["展览"]


def test_cells_under_no_header_are_kept_under_a_name_of_their_own():
    table = read(page_with(["活动名称", "活动时间"], ["讲座", "9月17日", "雨天改期"]).data())
    assert [(c.header, c.field) for c in table.columns][-1] == ("第3列（没有表头）", "")
    assert next(iter(table.rows)).cells["第3列（没有表头）"] == "雨天改期"


def test_a_header_that_stands_twice_gets_a_number():
    table = read(page_with(["活动名称", "活动时间", "备注", "备注"], ["讲座", "9月17日", "甲", "乙"]).data())
    assert [column.header for column in table.columns] == ["活动名称", "活动时间", "备注", "备注（2）"]
    assert next(iter(table.rows)).cells["备注（2）"] == "乙"


def test_a_table_far_from_the_corner_keeps_its_lines():
    book = Book()
    page = book.page()
    page.skip(5).write("活动名称", "活动时间", at=3).skip(2).write("讲座", "9月17日", at=3)
    table = read(book.data())
    assert table.header_line == 6
    assert [(row.line, row.cells["活动名称"]) for row in table.rows] == [(9, "讲座")]


def test_remembered_headers_find_a_table_that_names_would_not():
    data = page_with(["甲", "乙", "丙"], ["讲座", "9月17日", "文化馆"]).data()
    with pytest.raises(Incomplete):
        read(data)
    table = read(data, remembered={"甲": "title", "乙": "when", "丙": ""})
    assert [column.field for column in table.columns] == ["title", "when", ""]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "没有内容"),
        ("姓名,电话\n张老师,13800000000\n".encode(), "找不到表头"),
        (b"PK\x03\x04 broken", "打不开"),
        (b"\x00\x01\x02", "不是表格文件"),
        (Book().data(), "没有内容"),
    ],
)
def test_a_file_without_a_table_is_refused_with_a_sentence(data, words):
    with pytest.raises(Incomplete, match=words):
        read(data)


def test_a_sheet_that_is_not_there_is_named():
    with pytest.raises(Incomplete, match="没有工作表“九月”"):
        read(town_table(ROW), sheet="九月")
