import io
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu.core import sheets
from kepu.core.refusals import Incomplete
from kepu.core.sheets import Merged, Row


def xlsx(*lines, **options):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for i, line in enumerate(lines):
        for j, value in enumerate(line):
            if isinstance(value, date | time):
                sheet.write_datetime(i, j, value, day)
            elif value is not None:
                sheet.write(i, j, value)
    book.close()
    return file.getvalue()


CSV = "编号,单位名称\nA1,石龙中学\n"


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        CSV.replace(",", "\t").encode("utf-16"),
        CSV.replace(",", ";").encode(),
        CSV.replace("\n", "\r\n").encode("gb18030"),
        xlsx(["编号", "单位名称"], ["A1", "石龙中学"]),
    ],
    ids=["utf-8", "utf-8 with mark", "gb18030", "utf-16", "tabs", "semicolons", "windows lines", "xlsx"],
)
def test_the_same_table_in_every_form_is_the_same(data):
    assert sheets.read(data) == [Row(2, {"编号": "A1", "单位名称": "石龙中学"})]


def test_values_arrive_as_people_see_them():
    data = xlsx(
        ["whole", "half", "text", "day", "hour", "yes", "none"],
        [13800000000.0, 0.5, " 石龙 ", datetime(2023, 9, 8), datetime(2023, 9, 8, 14, 30), True, None],
    )
    assert sheets.read(data)[0].cells == {
        "whole": "13800000000", "half": "0.5", "text": "石龙", "day": "2023-09-08", "hour": "2023-09-08 14:30",
        "yes": "True", "none": "",
    }  # fmt: skip


def test_a_number_that_has_lost_its_last_digits_does_not_pretend():
    data = xlsx(["code"], [441900123456789012])
    assert sheets.read(data)[0].cells["code"] == "4.41900123456789e+17"


def test_lines_are_numbered_as_the_sheet_shows_them():
    data = xlsx(["title"], [], ["code", "name"], ["A1", "a"], [], ["A2", "b"])
    assert [row.line for row in sheets.read(data, expected=[("code", "name")])] == [4, 6]


def test_a_cell_with_several_lines_is_one_line_of_a_csv():
    data = b'code,name\nA1,"first\nsecond"\nA2,b\n'
    assert [(row.line, row.get("name")) for row in sheets.read(data)] == [(2, "first\nsecond"), (3, "b")]


def test_a_short_line_has_empty_cells():
    assert sheets.read(b"code,name\nA1\n") == [Row(2, {"code": "A1", "name": ""})]


def test_a_cell_is_found_under_any_of_its_headers():
    row = Row(2, {"code": "A1"})
    assert (row.get("编号", "code"), row.get("单位名称", "name")) == ("A1", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("441900.0", "441900"),
        (" 4419 00 ", "441900"),
        ("1.05", "1.05"),
        ("A1.0", "A1.0"),
        ("", ""),
        ("13800000000.00", "13800000000"),
    ],
)
def test_a_code_is_meant_without_what_spreadsheets_add(text, code):
    assert sheets.code(text) == code


def test_a_cell_of_several_words_is_taken_apart():
    assert sheets.words("甲、乙，丙;丁\n甲, 乙") == ["甲", "乙", "丙", "丁"]


def test_the_nearest_word_is_suggested_until_it_costs_too_much():
    near = sheets.Suggestions(["东莞市", "东营市"], limit=2)
    assert [near.sentence(word) for word in ["东莞", "zzz", "东营", "东莞"]] == [
        "您是不是要写“东莞市”？", "", "", "您是不是要写“东莞市”？",
    ]  # fmt: skip


def locked():
    """The first bytes of a workbook with a password: an OLE file that holds no workbook."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(5_000_000))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件里没有内容。请检查是否选错了文件。"),
        (b"\n\n,,\n", "文件里没有内容。请检查是否选错了文件。"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "这不是表格文件。请用 XLSX、XLS、ODS 或 CSV。"),
        (b"PK\x03\x04 broken", "表格打不开，文件可能已损坏。请用表格软件另存为 XLSX 后再试。"),
        (xlsx(["code"], ["A1"])[:900], "表格打不开，文件可能已损坏。请用表格软件另存为 XLSX 后再试。"),
        (locked(), "表格打不开，文件可能已损坏。请用表格软件另存为 XLSX 后再试。"),
        (b"code,name,code\n", "第 1 行表头“code”出现了两次。请改名或删去一列。"),
        (b"\xff\xfe\x00\xd8\x00", "文件的编码认不出来。请用表格软件另存为 XLSX，或存为 UTF-8 编码的 CSV。"),
        (b'code\n"' + b"x" * 140_000, "CSV 读不下去：有引号没有成对，或一格太长。请用表格软件另存为 XLSX 后再试。"),
        (",".join(f"c{i}" for i in range(301)).encode(), "表格超过 300 列。请删去多余的列。"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(data, sentence):
    with pytest.raises(Incomplete) as refusal:
        sheets.read(data)
    assert str(refusal.value) == sentence


def test_a_file_that_is_too_big_is_not_opened(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 1024**2)
    with pytest.raises(Incomplete, match="文件超过 1 MB。请拆成几份"):
        sheets.read(b"x" * (1024**2 + 1))


def test_a_file_that_would_unpack_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(Incomplete, match="表格解压后太大"):
        sheets.read(bomb())


@pytest.mark.parametrize("make", [lambda n: b"code\n" + b"x\n" * n, lambda n: xlsx(["code"], *[["x"]] * n)])
def test_a_table_that_is_too_long_is_refused(monkeypatch, make):
    monkeypatch.setattr(sheets, "MAX_ROWS", 30)
    assert len(sheets.read(make(30))) == 30
    with pytest.raises(Incomplete, match="表格超过 30 行。请拆成几份"):
        sheets.read(make(80))


def test_a_table_without_the_expected_header_says_what_it_should_have():
    with pytest.raises(Incomplete) as refusal:
        sheets.read("姓名,电话\n王,1\n".encode(), expected=[("编号", "单位名称"), ("code", "name")])
    assert str(refusal.value) == (
        "前 20 行里找不到表头。表头应有：编号、单位名称。请对照模板检查第一张工作表。"
    )


def assert_rows_or_refusal(data):
    """Nothing else may come out: every other exception fails the test."""
    with suppress(Incomplete):
        assert {type(row) for row in sheets.read(data)} <= {Row}


@settings(deadline=None, max_examples=150)
@given(
    data=st.binary(max_size=400),
    start=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_any_bytes_are_rows_or_a_refusal(data, start):
    assert_rows_or_refusal(start + data)


WHOLE = xlsx(["编号", "单位名称"], ["A1", "石龙中学"], ["A2", 5])


@settings(deadline=None, max_examples=150)
@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255), cut=st.booleans())
def test_any_damage_to_a_workbook_is_rows_or_a_refusal(at, byte, cut):
    broken = WHOLE[:at] if cut else WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    assert_rows_or_refusal(broken)


def laid_out():
    """Two sheets, one hidden, one with cells merged over rows and columns and set off from the corner."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("九月")
    sheet.merge_range(1, 1, 1, 3, "标题")
    sheet.merge_range(2, 1, 4, 1, "科普周")
    sheet.write(4, 2, 3.0)
    book.add_worksheet("旧表").hide()
    book.add_chartsheet("图")
    book.close()
    return file.getvalue()


def test_every_sheet_is_given_as_it_stands():
    september, old = sheets.sheets_of(laid_out())
    assert [(one.name, one.hidden) for one in (september, old)] == [("九月", False), ("旧表", True)]
    assert september.merged == (Merged(1, 1, 1, 3), Merged(2, 1, 4, 1))
    assert list(september.lines()) == [
        ["", "", ""], ["", "标题", ""], ["", "科普周", ""], ["", "", ""], ["", "", "3"],
    ]  # fmt: skip
    assert list(september.lines()) == list(september.lines())
    assert list(old.lines()) == []


def test_a_csv_is_one_sheet_without_a_name():
    (only,) = sheets.sheets_of(CSV.encode("gb18030"))
    assert (only.name, only.merged) == ("", ())
    assert list(only.lines()) == [["编号", "单位名称"], ["A1", "石龙中学"]]


def test_a_sheet_that_is_too_long_is_refused_when_it_is_read(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    (sheet,) = sheets.sheets_of(xlsx(*[["甲"]] * 60))
    with pytest.raises(Incomplete, match="超过 3 行"):
        list(sheet.lines())


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken", b"\x00"])
def test_a_broken_file_has_no_sheets(data):
    with pytest.raises(Incomplete):
        sheets.sheets_of(data)


def of_two_corners():
    """A workbook of a few hundred bytes whose two cells stand at opposite corners of the sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["编号", "单位名称"])
    book.worksheets()[0].write_string(1_048_575, 16_383, "远")
    book.close()
    return file.getvalue()


@pytest.mark.skipif(sys.platform == "win32", reason="memory of a process cannot be bounded there")
@pytest.mark.parametrize("opened", [sheets.read, sheets.sheets_of])
def test_a_sheet_laid_out_to_fill_all_memory_is_refused_and_ends_nobody(opened):
    with pytest.raises(Incomplete, match="太大"):
        opened(of_two_corners())


def test_a_zero_character_is_left_out_wherever_it_came_from():
    assert sheets._text("石\0龙") == "石龙"
