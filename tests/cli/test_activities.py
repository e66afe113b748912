"""``kepu activities import``: the same dry run and filing as on the pages, told line by line."""

import stat

import pytest
from click.testing import CliRunner

from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.workflow import State as ActivityState
from kepu.cli.activities import command
from kepu.core import audit, tallies
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.core.sheets import sheets_of
from kepu.intake.models import SheetImport
from kepu.intake.workflow import State
from kepu.intake.writing import REASONS
from kepu.orgs.models import Role
from tests.factories.activities import FILED, a_world
from tests.factories.intake import HEADERS, a_file, a_row, rows
from tests.factories.orgs import a_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: FILED)


@pytest.fixture
def world():
    made = a_world()
    a_post(made.school, Role.FILER, person=Person.objects.get(pk=made.filer.person_id))
    return made


@pytest.fixture
def sheet(tmp_path):
    def written(table, **how):
        path = tmp_path / "活动表.xlsx"
        path.write_bytes(a_file(table, **how))
        return path

    return written


def kepu(world, path, *words, code=0):
    """What the command says; a refusal is raised, as the program's entry gets it."""
    name = Person.objects.get(pk=world.filer.person_id).username
    words = ["import", str(path), "--unit", world.school.code, "--by", name, *map(str, words)]
    done = CliRunner().invoke(command, words, catch_exceptions=False, standalone_mode=code != "refused")
    assert done.exit_code == code, done.output
    return done.stdout


def refusal(world, path, *words):
    name = Person.objects.get(pk=world.filer.person_id).username
    given = ["import", str(path), "--unit", world.school.code, "--by", name, *map(str, words)]
    with pytest.raises((Incomplete, NotAllowed)) as refused:
        CliRunner().invoke(command, given, catch_exceptions=False, standalone_mode=False)
    return str(refused.value)


def states():
    return list(Activity.objects.order_by("pk").values_list("state", "unit_id", "filed_by_id"))


def test_good_lines_are_filed_as_the_person_and_the_trace_says_who_pressed_the_key(world, sheet):
    said = kepu(world, sheet(rows(3)))
    assert (said, states()) == (
        "已填报：3行\n",
        [(ActivityState.FILED, world.school.pk, world.filer.person_id)] * 3,
    )
    row = AuditEntry.objects.get(event="sheet_import.started")
    assert row.detail == {"count": 3, "console": True}
    assert (SheetImport.objects.get().state, tallies.verify(), list(audit.verify())) == (State.DONE, [], [])


def test_handed_in_again_it_files_nothing_twice(world, sheet):
    path = sheet(rows(2))
    kepu(world, path)
    said = kepu(world, path)
    assert said.splitlines() == [
        "第2行，不用再填，科普讲座第1讲",
        "  这一行已经填报过，现在是“待审核”，不会再填一次。",
        "第3行，不用再填，科普讲座第2讲",
        "  这一行已经填报过，现在是“待审核”，不会再填一次。",
        "不用再填：2行",
    ]
    assert Activity.objects.count() == 2


def test_faults_are_told_with_their_line_and_go_into_a_file_that_nobody_else_reads(world, sheet, tmp_path):
    out = tmp_path / "要改.xlsx"
    said = kepu(world, sheet([a_row(1), a_row(2, 安全责任人="")]), "--faulty", out, code=1)
    first, reason, *sums = said.splitlines()
    assert (first, "安全" in reason, reason[:2]) == ("第3行，要改，科普讲座第2讲", True, "  ")
    assert sums == ["要改：1行", "已填报：1行", f"要改的行存到了“{out}”。改好以后再导入，已填报的不会重复。"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    header, line = [cells for cells in sheets_of(out.read_bytes())[0].lines() if any(cells)]
    assert (header[len(HEADERS)], line[1]) == (REASONS, "科普讲座第2讲")


def test_a_file_that_is_there_is_not_written_over_and_nothing_is_filed_before_that_is_known(
    world, sheet, tmp_path
):
    out = tmp_path / "要改.xlsx"
    out.write_text("重要的")
    path = sheet(rows(1))
    assert "已经有了" in refusal(world, path, "--faulty", out)
    assert "文件夹" in refusal(world, path, "--faulty", tmp_path / "没有" / "a.xlsx")
    assert (out.read_text(), SheetImport.objects.count(), Activity.objects.count()) == ("重要的", 0, 0)


def test_without_faults_no_file_is_written(world, sheet, tmp_path):
    kepu(world, sheet(rows(1)), "--faulty", tmp_path / "要改.xlsx")
    assert not (tmp_path / "要改.xlsx").exists()


def test_a_dry_run_makes_no_activity_and_leaves_nothing_to_be_done(world, sheet):
    said = kepu(world, sheet(rows(2)), "--dry-run")
    assert said.splitlines() == ["可以填报：2行", "只试填，没有填报。"]
    assert (Activity.objects.count(), SheetImport.objects.get().state) == (0, State.CANCELLED)
    assert (
        kepu(world, sheet([a_row(1, 安全责任人="")]), "--dry-run", code=1).splitlines()[-1]
        == "只试填，没有填报。"
    )


def test_drafts_are_kept_and_then_filed_and_not_drafted_again(world, sheet):
    path = sheet(rows(1))
    assert kepu(world, path, "--drafts") == "已存草稿：1行\n"
    kepu(world, path)
    assert [state for state, *_rest in states()] == [ActivityState.FILED]


def test_lines_that_may_be_there_already_wait_for_a_word(world, sheet):
    kepu(world, sheet(rows(1)))
    alike = sheet([a_row(1, 内容简介="讲座、体验和展览")])
    said = kepu(world, alike)
    assert ("可能重复" in said, said.splitlines()[-2:], Activity.objects.count()) == (
        True,
        ["可以填报：1行", "1行可能重复，没有填报。核对过，确实不是同一项的，加 --with-doubles 再导入。"],
        1,
    )
    kepu(world, alike, "--with-doubles")
    assert Activity.objects.count() == 2


def test_columns_that_nobody_is_sure_of_are_asked_for(world, sheet):
    headers = [*HEADERS, "是否惠民"]
    path = sheet([a_row(1, 是否惠民="是")], headers=headers)
    said = refusal(world, path)
    assert ("是否惠民 → 不导入" in said, Activity.objects.count()) == (True, 0)
    assert SheetImport.objects.get().state == State.CANCELLED
    assert kepu(world, path, "--column", "是否惠民=") == "已填报：1行\n"
    assert "没有“惠民”这一项" in refusal(world, path, "--column", "是否惠民=惠民")
    assert "表里没有“惠民”这一栏" in refusal(world, path, "--column", "惠民=")


def test_what_is_the_same_in_all_lines_is_said_once(world, sheet):
    headers = [header for header in HEADERS if header != "安全责任人"]
    path = sheet(rows(1), headers=headers)
    kepu(world, path, code=1)
    assert kepu(world, path, "--common", "安全责任人=张安") == "已填报：1行\n"
    assert Activity.objects.get().safety_person == "张安"
    assert "不能各行都一样" in refusal(world, path, "--common", "title=讲座")


def test_only_in_a_post_that_the_person_holds(world, sheet):
    path = sheet(rows(1))
    assert "没有登录名“谁”" in refusal(world, path, "--by", "谁")
    assert "没有代表这个单位的岗位" in refusal(world, path, "--unit", world.town_office.code)
    assert "没有这一届" in refusal(world, path, "--season", "kepuri-1999")
    assert "打不开" in refusal(world, path.with_name("没有.xlsx"))
    assert SheetImport.objects.count() == 0


def test_many_lines_go_in_pieces(world, sheet):
    said = kepu(world, sheet(rows(60)))
    assert (said, Activity.objects.filter(state=ActivityState.FILED).count()) == ("已填报：60行\n", 60)
