import io

import pytest
import xlsxwriter

from kepu.core import audit, sheets
from kepu.core.sheets import LineReport, Row
from kepu.orgs import actions, unit_rows
from kepu.orgs.models import Unit, Vocabulary
from kepu.orgs.workflow import Event
from tests.conftest import NOON
from tests.factories.orgs import a_chain, a_coordinator, a_line, a_place, a_term, a_unit

pytestmark = pytest.mark.django_db
HEADERS = ("编号", "单位名称", "类别", "地区代码", "系统", "统一社会信用代码", "称号", "成员机制")
CREDIT_CODE = "91350100M000100Y43"


@pytest.fixture(autouse=True)
def chain():
    a_term(Vocabulary.UNIT_KIND, "school", "学校")
    a_term(Vocabulary.UNIT_KIND, "society", "学会")
    a_term(Vocabulary.DESIGNATION, "demo-base", "科普教育基地")
    a_term(Vocabulary.DESIGNATION, "studio", "首席专家工作室")
    a_term(Vocabulary.BODY, "outline", "纲要成员单位")
    a_line("edu", "教育系统")
    return a_chain()


def rows(*lines):
    """Lines of cells in the order of HEADERS."""
    return [
        Row(i, dict(zip(HEADERS, [*line, *[""] * 8], strict=False))) for i, line in enumerate(lines, start=2)
    ]


def units():
    found = Unit.objects.order_by("code").values_list(
        "code", "name", "kind", "place_path", "line_path", "traits"
    )
    return [tuple(unit) for unit in found]


def test_a_line_becomes_a_unit_with_its_titles_and_seats(system):
    line = (
        "A1",
        "石龙中学",
        "学校",
        "441900103",
        "教育系统",
        CREDIT_CODE,
        "科普教育基地、首席专家工作室",
        "纲要成员单位",
    )
    report = actions.import_units(rows(line), by=system, at=NOON)

    assert report.lines == (LineReport(2, True, "新登记“石龙中学”。"),)
    assert units() == [
        ("A1", "石龙中学", "school", "/440000/441900/441900103/", "/edu/", ["demo-base", "outline", "studio"])
    ]
    unit = Unit.objects.get()
    assert (unit.credit_code, unit.made_up, unit.level) == (CREDIT_CODE, False, "town")
    assert [row.event for row in audit.of(unit)] == [Event.UNIT_REGISTERED]


def test_importing_again_changes_nothing_and_says_so(system):
    table = rows(
        ("A1", "石龙中学", "学校", "441900103", "教育系统", CREDIT_CODE, "科普教育基地", "纲要成员单位")
    )
    actions.import_units(table, by=system, at=NOON)
    before = units()
    report = actions.import_units(table, by=system, at=NOON)
    assert report.lines == (LineReport(2, True, "“石龙中学”已经登记。"),)
    assert units() == before
    unit = Unit.objects.get()
    assert (audit.of(unit).count(), unit.designations.count(), unit.memberships.count()) == (1, 1, 1)


def test_a_unit_that_is_there_is_corrected_and_keeps_what_the_table_does_not_say(system):
    actions.import_units(
        rows(("A1", "石龙中学", "学校", "441900103", "", CREDIT_CODE, "科普教育基地")), by=system, at=NOON
    )
    report = actions.import_units(rows(("A1", "石龙学会", "学会", "441900103", "edu")), by=system, at=NOON)
    assert report.lines == (LineReport(2, True, "更正“石龙学会”。"),)
    assert units() == [("A1", "石龙学会", "society", "/440000/441900/441900103/", "/edu/", ["demo-base"])]
    unit = Unit.objects.get()
    assert (unit.credit_code, [row.event for row in audit.of(unit)]) == (
        CREDIT_CODE, [Event.UNIT_REGISTERED, Event.UNIT_CHANGED],
    )  # fmt: skip


def test_a_new_name_in_a_table_stands_in_the_history(system):
    for name in ("石龙学会", "石龙科学学会"):
        actions.import_units(rows(["A1", name, "学会", "441900103"]), by=system, at=NOON)
    unit = Unit.objects.get(code="A1")
    change = unit.changes.get()
    assert (change.kind, change.before, change.after) == (
        "renamed",
        {"name": "石龙学会"},
        {"name": "石龙科学学会"},
    )
    assert unit.name_key == "石龙科学学会"


def test_good_lines_go_in_and_bad_ones_are_reported(system):
    report = actions.import_units(
        rows(("A1", "石龙中学", "学校", "441900103"), ("A2", "虎门中学", "学校", "441900999")),
        by=system,
        at=NOON,
    )
    assert report.written is True
    assert [line.ok for line in report.lines] == [True, False]
    assert [unit[0] for unit in units()] == ["A1"]


def test_a_dry_run_answers_the_same_and_writes_nothing(system):
    table = rows(("A1", "石龙中学", "学校", "441900103"), ("A2", "虎门中学", "学校", "441900999"))
    dry = actions.import_units(table, by=system, at=NOON, dry_run=True)
    assert (dry.written, units()) == (False, [])
    assert actions.import_units(table, by=system, at=NOON).lines == dry.lines


def test_an_empty_table_writes_nothing(system):
    report = actions.import_units([], by=system, at=NOON)
    assert (report.lines, report.written) == ((), False)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("A2", "甲", "学校", "441990"), "找不到地区“441990”。您是不是要写“441900”？请改正地区代码。"),
        (("A2", "甲", "学校", "东莞"), "找不到地区“东莞”。您是不是要写“东莞市”？请改正地区代码。"),
        (("A2", "甲", "学校", "zzzz"), "找不到地区“zzzz”。请改正地区代码。"),
        (("A2", "甲", "学校", ""), "地区代码空着。请填写单位所在地区的代码。"),
        (("A2", "甲", "学校", "朝阳区"), "叫“朝阳区”的地区有 2 个。请写地区代码，如 110105、220104。"),
        (("A2", "甲", "", "441900"), "类别空着。请填写单位类别。"),
        (
            ("A2", "甲", "学会会", "441900"),
            "单位类别“学会会”不在词表里。您是不是要写“学会”？请改正，或先请系统管理员把它加进词表。",
        ),
        (
            ("A2", "甲", "学校", "441900", "教育"),
            "找不到系统“教育”。您是不是要写“教育系统”？请改正，或留空。",
        ),
        (
            ("A2", "甲", "学校", "441900", "", "91350100M000100Y44"),
            "统一社会信用代码“91350100M000100Y44”不对：应为 18 位，且与末位校验码相符。请对照证书核对。",
        ),
        (
            ("A2", "甲", "学校", "441900", "", CREDIT_CODE),
            f"统一社会信用代码 {CREDIT_CODE} 已登记给“石龙小学”。一个单位只登记一次，请核对。",
        ),
        (
            ("A2", "甲", "学校", "441900", "", "", "科普基地"),
            "称号“科普基地”不在词表里。您是不是要写“科普教育基地”？请改正，或先请系统管理员把它加进词表。",
        ),
        (("", "甲", "学校", "441900"), "编号“”不能用。编号只用文字、数字、横线和点，最多 40 个字符。"),
        (
            ("1.2E+17", "甲", "学校", "441900"),
            "编号“1.2E+17”不能用。编号只用文字、数字、横线和点，最多 40 个字符。",
        ),
        (("A2", "", "学校", "441900"), "单位名称空着或超过 120 字。请填写全称。"),
        (
            ("A1", "甲", "学校", "441900"),
            "编号 A1 是“石龙镇”的“石龙小学”，导入不能把它移到“东莞市”。请改正编号或地区代码。",
        ),
        (
            ("A1", "石龙小学", "学校", "441900103", "sci"),
            "编号 A1 是“教育系统”系统的“石龙小学”，导入不能改它的系统。请改正编号或系统。",
        ),
    ],
)
def test_a_line_that_cannot_be_taken_says_why_and_what_was_meant(system, chain, line, sentence):
    nation = chain[0]
    a_place("110105", "朝阳区", kind="county", parent=nation)
    a_place("220104", "朝阳区", kind="county", parent=nation)
    a_line("sci", "科技系统")
    actions.import_units(
        rows(("A1", "石龙小学", "学校", "441900103", "edu", CREDIT_CODE)), by=system, at=NOON
    )
    before = units()
    report = actions.import_units(rows(line), by=system, at=NOON)
    assert (report.lines, report.written, units()) == ((LineReport(2, False, sentence),), False, before)


def test_one_table_names_a_unit_once(system):
    report = actions.import_units(
        rows(
            ("A1", "甲", "学校", "441900", "", CREDIT_CODE),
            ("A1", "乙", "学校", "441900"),
            ("A3", "丙", "学校", "441900", "", CREDIT_CODE),
        ),
        by=system,
        at=NOON,
    )
    assert [line.sentence for line in report.lines] == [
        "新登记“甲”。",
        "编号 A1 在第 2 行已经出现过。请删去一行，或改正其中一个。",
        f"统一社会信用代码 {CREDIT_CODE} 在第 2 行已经出现过。请删去一行，或改正其中一个。",
    ]


def test_a_place_may_be_named_where_one_bears_the_name(system):
    actions.import_units(rows(("A1", "甲", "学校", "东莞市")), by=system, at=NOON)
    assert units()[0][3] == "/440000/441900/"


def test_a_credit_code_serves_where_there_is_no_other_code(system):
    actions.import_units(rows(("", "甲", "学校", "441900", "", CREDIT_CODE.lower())), by=system, at=NOON)
    assert [unit[0] for unit in units()] == [CREDIT_CODE]


def test_a_coordinator_brings_in_its_own_area_only(chain):
    _nation, guangdong, dongguan, _shilong = chain
    coordinator = a_coordinator(a_unit(dongguan, code="CO", coordinates=[dongguan]))
    other = a_unit(guangdong, "省学会", code="GD", kind="society")
    report = actions.import_units(
        rows(
            ("A1", "甲", "学校", "441900103"),
            ("A2", "乙", "学校", "440000"),
            ("GD", "改名", "学会", "440000"),
        ),
        by=coordinator,
        at=NOON,
    )
    assert [line.sentence for line in report.lines] == [
        "新登记“甲”。",
        "只有统筹“广东省”或该系统的单位，才能登记这里的单位。请联系上一级统筹单位。",
        "“省学会”不在您统筹的地区和系统之内，不能改动。",
    ]
    other.refresh_from_db()
    assert other.name == "省学会"


def test_made_up_units_are_marked(system):
    actions.import_units(rows(("A1", "甲", "学校", "441900")), made_up=True, by=system, at=NOON)
    assert Unit.objects.get().made_up is True


def test_a_sheet_from_a_mailbox_goes_in_as_it_is(system):
    """A title above the header, codes as numbers, blanks in names of columns, an empty line in between."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["附件1：东莞市单位名册"])
    sheet.write_row(1, 0, ["编 号", "单位名称", "类别", "地区代码", "备注"])
    sheet.write_row(2, 0, [13800000000.0, " 石龙中学 ", "学校", 441900103])
    sheet.write_row(4, 0, ["A2", "东莞学会", "学会", "441900.0"])
    book.close()

    table = sheets.read(file.getvalue(), expected=unit_rows.EXPECTED)
    report = actions.import_units(table, by=system, at=NOON)

    assert report.lines == (
        LineReport(3, True, "新登记“石龙中学”。"),
        LineReport(5, True, "新登记“东莞学会”。"),
    )
    assert [(unit[0], unit[3]) for unit in units()] == [
        ("13800000000", "/440000/441900/441900103/"), ("A2", "/440000/441900/"),
    ]  # fmt: skip


def test_english_headers_do_as_well(system):
    table = sheets.read(
        b"code,name,kind,place_code,memberships\nA1,Shilong School,school,441900103,outline\n",
        expected=unit_rows.EXPECTED,
    )
    actions.import_units(table, by=system, at=NOON)
    assert units() == [("A1", "Shilong School", "school", "/440000/441900/441900103/", "", ["outline"])]


@pytest.mark.parametrize("count", [1, 40])
def test_looking_at_a_table_costs_the_same_however_long(system, django_assert_num_queries, count):
    table = rows(*[(f"A{i}", f"第{i}学校", "学校", "441900103") for i in range(count)])
    with django_assert_num_queries(6):  # places, lines, three vocabularies, units
        actions.import_units(table, by=system, at=NOON, dry_run=True)


@pytest.mark.parametrize("count", [1, 40])
def test_taking_in_a_table_costs_the_same_however_long(system, django_assert_max_num_queries, count):
    table = rows(
        *[(f"A{i}", f"第{i}学校", "学校", "441900103", "", "", "科普教育基地") for i in range(count)]
    )
    with django_assert_max_num_queries(30):
        actions.import_units(table, by=system, at=NOON)
    assert Unit.objects.count() == count
