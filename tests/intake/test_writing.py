"""What goes home comes back: lines with faults in a sheet of their own, whatever was written in them."""

from uuid import uuid4

import pytest

from kepu.accounts.models import Person
from kepu.core.refusals import Incomplete
from kepu.core.sheets import sheets_of
from kepu.intake import actions
from kepu.intake.actions.lines import LONGEST_CELL
from kepu.intake.queries import LINE_ORDER, lines_of
from kepu.intake.writing import REASONS, bad_lines
from kepu.orgs.models import Role
from tests.factories.activities import FILED, a_world
from tests.factories.intake import HEADERS, a_row, work
from tests.factories.orgs import a_post

pytestmark = pytest.mark.django_db
LONG = "天文馆里看星星，" * 12_000 + "完。"  # 96,002 characters: three cells
SUMMARY, SAFETY = HEADERS.index("内容简介"), HEADERS.index("安全责任人")


@pytest.fixture
def world():
    made = a_world()
    a_post(made.school, Role.FILER, person=Person.objects.get(pk=made.filer.person_id))
    return made


def handed_in(world, data, name="表.csv"):
    sheet = actions.start_import(
        uuid4(), data=data, file_name=name, season=world.season, by=world.filer, at=FILED
    )
    actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
    work(actions.check_some, sheet)
    return sheet


def as_csv(*rows):
    quoted = [[f'"{row.get(header, "")}"' for header in HEADERS] for row in rows]
    return "\n".join([",".join(HEADERS), *(",".join(cells) for cells in quoted)]).encode()


def home(sheet):
    """The sheet that goes home, as bytes and as lines."""
    data = bad_lines(sheet, lines_of(sheet, "bad").order_by(*LINE_ORDER))
    (page,) = sheets_of(data)
    return data, page.name, [line for line in page.lines() if any(line)]


class TestTextsLongerThanACell:
    def test_they_go_on_to_the_right_with_a_note_in_words(self, world):
        sheet = handed_in(world, as_csv(a_row(1, 内容简介=LONG, 安全责任人=""), a_row(2, 安全责任人="")))
        _data, _name, (header, first, second) = home(sheet)
        width = len(HEADERS)
        assert header[width:] == [REASONS, "内容简介（续1）", "内容简介（续2）"]
        assert first[SUMMARY] + first[width + 1] + first[width + 2] == LONG
        assert "“内容简介”有96002个字，一格放不下，接着写在右边“内容简介（续1）”起的格子里" in first[width]
        assert ("放不下" in second[width], "".join(second[width + 1 :])) == (False, "")

    def test_handed_in_again_they_are_one_text_and_the_columns_ask_nothing(self, world):
        sheet = handed_in(world, as_csv(a_row(1, 内容简介=LONG, 安全责任人="")))
        again = handed_in(world, home(sheet)[0], name="改.xlsx")
        line = again.lines.get()
        assert line.cells[SUMMARY] == LONG
        assert [(c["header"], c["field"]) for c in again.columns][: len(HEADERS)] == [
            (c["header"], c["field"]) for c in sheet.columns
        ]
        assert [c["header"] for c in again.columns][len(HEADERS) :] == [REASONS]
        assert [c["header"] for c in again.columns if "续" in c["note"]] == []

    def test_a_line_with_one_is_mended_in_another_cell_and_keeps_it(self, world):
        sheet = handed_in(world, as_csv(a_row(1, 内容简介=LONG, 安全责任人="")))
        line = sheet.lines.get()
        cells = {SUMMARY: LONG.replace("\n", "\r\n"), SAFETY: "张安"}
        actions.change_line(sheet, line, cells, by=world.filer, at=FILED)
        line.refresh_from_db()
        assert (line.cells[SUMMARY], line.cells[SAFETY]) == (LONG, "张安")

    def test_what_is_written_too_long_is_refused_and_never_cut(self, world):
        sheet = handed_in(world, as_csv(a_row(1, 安全责任人="")))
        line = sheet.lines.get()
        with pytest.raises(Incomplete, match="“内容简介”最多20000个字，现在有20001个字") as refusal:
            actions.change_line(sheet, line, {SUMMARY: "长" * (LONGEST_CELL + 1)}, by=world.filer, at=FILED)
        assert refusal.value.reasons[0].field == f"cell-{SUMMARY}"
        line.refresh_from_db()
        assert line.cells[SUMMARY] == "讲座和体验"


@pytest.mark.parametrize(
    ("named", "called"),
    [
        ("8月[汇总]:*?/\\'表'", "8月汇总表"),
        ("第一\x07页\x1b\u200b", "第一页"),
        ("\x01\x02", "活动"),
        ("History", "活动"),
        ("   ", "活动"),
        ("😀" * 31, "😀" * 15),
        ("长" * 100, "长" * 31),
        ("", "活动"),
    ],
)
def test_no_name_of_a_sheet_breaks_the_file(world, named, called):
    sheet = handed_in(world, as_csv(a_row(1, 安全责任人="")))
    sheet.sheet_name = named
    _data, name, lines = home(sheet)
    assert (name, lines[1][1]) == (called, "科普讲座第1讲")


def test_control_characters_in_a_cell_break_no_file(world):
    sheet = handed_in(world, as_csv(a_row(1, 内容简介="讲\x07座\x1b和体验", 安全责任人="")))
    cells = sheet.lines.get().cells
    _data, _name, (_header, line) = home(sheet)
    assert line[SUMMARY] == cells[SUMMARY]
