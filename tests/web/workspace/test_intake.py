"""A sheet at the browser: handed in, its columns matched, its lines mended, the good ones filed, the bad ones taken home."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities.models import Activity
from kepu.activities.workflow import State as ActivityState
from kepu.core import outbox
from kepu.core.models import AuditEntry
from kepu.core.sheets import read as read_sheet
from kepu.core.sheets import sheets_of
from kepu.intake import actions, rules
from kepu.intake.models import SheetImport
from kepu.intake.reading.columns import field_of
from kepu.intake.workflow import State
from kepu.intake.writing import REASONS
from tests.factories.intake import HEADERS, a_checked, a_file, a_row, an_import, rows, states_of
from tests.web.workspace.conftest import DAY

NEW = "/workspace/imports/new/"
UNSAFE = {"安全责任人": ""}
HEADER = [*HEADERS, "领队"]  # with a column that nobody knows


def sent(client, table, *, name="石龙镇活动表.xlsx", headers=HEADERS, data=None, **more):
    content = a_file(table, headers=headers) if data is None else data
    return client.post(NEW, {"token": uuid4(), "file": SimpleUploadedFile(name, content), **more})


def the_sheet():
    return SheetImport.objects.latest("pk")


def address(sheet, *parts):
    return "/".join(["/workspace/imports", str(sheet.pk), *map(str, parts), ""])


def test_a_table_whose_columns_are_all_known_is_tried_while_one_waits(people, page):
    answer = sent(people.filer, [a_row(1), a_row(2, **UNSAFE)])

    sheet = the_sheet()
    assert (answer["Location"], sheet.state, states_of(sheet)) == (
        address(sheet),
        State.CHECKED,
        ["ready", "faulty"],
    )
    found = page(people.filer, answer["Location"])
    (row,) = found.one("table").one("tbody").all("tr")  # those to be mended come first
    assert "科普讲座第2讲 2023年9月17日 09:00—11:30 石龙镇第2村文化广场" in row.text
    first = next(row.all("li")).text
    assert ("安全责任人" in first, "东科协〔2023〕17号 七" in first) == (True, True)
    assert Activity.objects.count() == 0


def test_a_column_that_nobody_knows_is_asked_for_and_remembered(people, page):
    table = [a_row(1, 领队="陈安", 安全责任人="")]
    answer = sent(people.filer, table, headers=HEADER)
    assert answer["Location"] == address(the_sheet(), "columns")
    found = page(people.filer, answer["Location"])
    assert "陈安" in found.one("select", name="column-12").inside("tr").text

    chosen = {f"column-{HEADERS.index('安全责任人')}": "", "column-12": "safety_person", "version": "1"}
    answer = people.filer.post(address(the_sheet(), "columns"), chosen)
    assert (answer["Location"], states_of(the_sheet())) == (address(the_sheet()), ["ready"])
    # the next sheet of this layout asks nothing
    answer = sent(people.filer, [a_row(2, 领队="陈安", 安全责任人="")], headers=HEADER)
    assert (answer["Location"], states_of(the_sheet())) == (address(the_sheet()), ["ready"])


def test_what_cannot_be_so_is_said_at_its_column_and_what_was_chosen_stays(people, read):
    sent(people.filer, rows(1), headers=HEADER)
    answer = people.filer.post(address(the_sheet(), "columns"), {"column-12": "title"})
    assert answer.status_code == 422
    found = read(answer)
    assert "“领队”和“活动名称”都对应“活动名称”。请只留一栏。" in found.one(class_="form-errors").text
    (chosen,) = [o["value"] for o in found.one("select", name="column-12").all("option") if o.has("selected")]
    assert (chosen, the_sheet().state) == ("title", State.READ)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"PK\x03\x04 broken", "文件可能已损坏"), (b"\x89PNG\r\n\x1a\n\0\0", "不是表格文件"), (b"", "没有内容")],
)
def test_a_bad_file_is_answered_on_the_page(people, read, data, sentence):
    answer = sent(people.filer, [], data=data)
    assert (answer.status_code, SheetImport.objects.count()) == (422, 0)
    assert sentence in read(answer).one(class_="form-errors").text


def test_sent_without_a_file_it_asks_for_one(people, read):
    answer = people.filer.post(NEW, {"token": uuid4()})
    assert "请选择“表格文件”。" in read(answer).one(class_="form-errors").text


def test_a_cell_is_mended_on_its_page_and_the_line_is_good(people, page):
    sheet = a_checked(people.world, [a_row(1, **UNSAFE)], at=DAY)
    line = sheet.lines.get()
    found = page(people.filer, address(sheet, "lines", line.pk))
    cell = found.one("input", name=f"cell-{HEADERS.index('安全责任人')}")
    assert "安全责任人" in cell.inside("div").one("li").text  # what is wrong stands at the cell
    answer = people.filer.post(
        address(sheet, "lines", line.pk),
        {"version": line.version, f"cell-{HEADERS.index('安全责任人')}": "张安"},
    )
    found = page(people.filer, answer["Location"])
    assert (found.notices, states_of(sheet)) == (["第2行已改好。"], ["ready"])


def test_a_cell_that_another_has_written_is_not_overwritten(people, read):
    sheet = a_checked(people.world, [a_row(1, **UNSAFE)], at=DAY)
    line = sheet.lines.get()
    for name in ("张安", "李安"):
        answer = people.filer.post(
            address(sheet, "lines", line.pk),
            {"version": line.version, f"cell-{HEADERS.index('安全责任人')}": name},
        )
    assert answer.status_code == 422
    found = read(answer)
    assert "已经被别人处理过" in found.one(class_="form-errors").text
    assert found.one("input", name=f"cell-{HEADERS.index('安全责任人')}")["value"] == "李安"
    line.refresh_from_db()
    assert line.cells[HEADERS.index("安全责任人")] == "张安"


def test_a_line_of_several_activities_is_split_by_a_button(people, page):
    sheet = a_checked(people.world, [a_row(1, 活动名称="1.科普讲座 2.科普展览")], at=DAY)
    found = page(people.filer, address(sheet, "lines", sheet.lines.get().pk))
    (form,) = [form for form in found.all("form") if "splitting" in form["action"]]
    answer = people.filer.post(form["action"])
    assert page(people.filer, answer["Location"]).notices == ["已拆成2行，请核对。"]
    assert states_of(sheet) == ["ready", "ready"]


def test_the_good_ones_are_filed_at_once_and_lead_to_their_activities(people, page):
    sheet = a_checked(people.world, [a_row(1), a_row(2, **UNSAFE), a_row(3)], at=DAY)
    found = page(people.filer, address(sheet))
    button = found.one("button", value="file")
    assert button.text == "填报 2 行"
    answer = people.filer.post(address(sheet, "filing"), {"act": "file", "version": sheet.version})
    found = page(people.filer, answer["Location"] + "?tab=filed")
    assert found.notices == ["已填报 2 项。"]
    links = [a["href"] for a in found.one("tbody").all("a") if "/activities/" in a["href"]]
    assert links == [
        f"/workspace/activities/{pk}/" for pk in Activity.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert set(Activity.objects.values_list("state", flat=True)) == {ActivityState.FILED}


def test_pressed_twice_it_is_filed_once(people):
    sheet = a_checked(people.world, rows(2), at=DAY)
    for _ in range(2):
        people.filer.post(address(sheet, "filing"), {"act": "file", "version": sheet.version})
    assert (Activity.objects.count(), Activity.objects.filter(round=1).count()) == (2, 2)


def test_drafts_only_and_doubles_are_the_persons_choice(people, page):
    sheet = a_checked(people.world, [a_row(1), a_row(1, 内容简介="另一段话")], at=DAY)
    assert "可能重复的 2 行也填报" in page(people.filer, address(sheet)).text
    answer = people.filer.post(address(sheet, "filing"), {"act": "drafts", "version": sheet.version})
    assert "没有可以填报的行" in page(people.filer, answer["Location"]).notices[0]
    people.filer.post(address(sheet, "filing"), {"act": "drafts", "doubles": "1", "version": sheet.version})
    assert list(Activity.objects.values_list("state", flat=True)) == [ActivityState.DRAFT] * 2


def test_a_long_sheet_is_the_workers_and_the_page_shows_how_far_it_is(people, page, monkeypatch):
    monkeypatch.setattr("kepu.web.workspace.intake.working.CHECKED_AT_ONCE", 2)
    sent(people.filer, rows(3))
    sheet = the_sheet()
    found = page(people.filer, address(sheet))
    assert found.one(id="progress")["hx-trigger"] == "every 2s"
    assert "已办 0 / 3 行" in found.text
    piece = people.filer.get(address(sheet), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert piece.content.decode().startswith('<section id="progress"')
    while outbox.deliver(at=DAY):
        pass
    answer = people.filer.get(address(sheet), headers={"HX-Request": "true", "HX-Target": "progress"})
    assert (answer.headers["HX-Refresh"], states_of(sheet)) == ("true", ["ready"] * 3)


def test_work_that_stands_still_is_taken_up_by_a_button(people, page, now):
    sheet = an_import(people.world, rows(1), at=DAY)
    actions.choose_columns(sheet, {}, by=people.world.filer, at=DAY)
    now(DAY + rules.STUCK_AFTER * 2)
    found = page(people.filer, address(sheet))
    assert "停住了" in found.one("h2").text
    people.filer.post(address(sheet, "resuming"))
    assert AuditEntry.objects.latest("id").event == "sheet_import.resumed"


def test_the_bad_ones_are_taken_home_mended_and_handed_in_again(people, page):
    sheet = a_checked(people.world, [a_row(1), a_row(2, **UNSAFE), a_row(3, 活动时间="待定")], at=DAY)
    people.filer.post(address(sheet, "filing"), {"act": "file", "version": sheet.version})
    answer = people.filer.get(address(sheet, "faulty"))
    assert re.search(r"filename\*=UTF-8''.+\.xlsx", answer["Content-Disposition"])
    home = read_sheet(answer.content, expected=[HEADERS])
    assert [row.cells["活动名称"] for row in home] == ["科普讲座第2讲", "科普讲座第3讲"]
    assert "（东科协〔2023〕17号 七）" in home[0].cells[REASONS]

    table = [{**row.cells, "安全责任人": "张安", "活动时间": "9月17日上午9:00-11:30"} for row in home]
    answer = sent(people.filer, [a_row(1), *table], headers=[*HEADERS, REASONS])
    again = the_sheet()
    assert (answer["Location"], states_of(again)) == (address(again), ["skipped", "ready", "ready"])


def test_a_formula_in_a_cell_stays_a_text_in_the_sheet_that_is_taken_home(people):
    sheet = a_checked(
        people.world, [a_row(1, 活动名称='=HYPERLINK("http://evil.example")', **UNSAFE)], at=DAY
    )
    answer = people.filer.get(address(sheet, "faulty"))
    (row,) = read_sheet(answer.content, expected=[HEADERS])
    assert row.cells["活动名称"].startswith("=HYPERLINK")


def test_the_template_has_the_columns_of_the_form_in_force_and_is_read_back(people):
    answer = people.town.get("/workspace/imports/template/")
    lines = list(sheets_of(answer.content)[0].lines())
    headers = [text for text in lines[1] if text]
    fields = [field_of(header)[0] for header in headers]
    assert fields[0] == "title"
    assert {"title", "participants_expected", "safety_person", "contact"} <= set(fields)
    assert len(set(fields)) == len(fields)


def test_a_cancelled_sheet_is_looked_at_and_not_filed(people, page):
    sheet = a_checked(people.world, rows(1), at=DAY)
    people.filer.post(address(sheet, "cancellation"))
    found = page(people.filer, address(sheet))
    assert list(found.all("button", value="file")) == []
    assert "已取消" in page(people.filer, "/workspace/imports/").one("tbody").text


def test_contacts_of_a_sheet_are_nobody_elses(people):
    sheet = a_checked(people.world, [a_row(1, **UNSAFE)], at=DAY)
    line = sheet.lines.get()
    for client in (people.town, people.reviewer, people.outsider):
        for parts in ((), ("columns",), ("lines", line.pk), ("faulty",)):
            assert client.get(address(sheet, *parts)).status_code == 404


def test_the_list_and_a_sheet_cost_the_same_with_one_and_with_three(people):
    def asked(url):
        with CaptureQueriesContext(connection) as queries:
            assert people.filer.get(url).status_code == 200
        return len(queries)

    counts = []
    for number in (1, 3):
        sheet = a_checked(people.world, rows(number, **UNSAFE), at=DAY)
        asked(address(sheet))
        counts.append((asked("/workspace/imports/"), asked(address(sheet))))
    assert counts[0] == counts[1]
