"""A sheet handed in, its columns matched, its lines tried, mended and filed: what each act makes true, and what it refuses."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.accounts.models import Person
from kepu.activities import actions as activities
from kepu.activities.four_eyes import authors_of, authors_of_filings
from kepu.activities.models import Activity
from kepu.activities.workflow import State as ActivityState
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.intake import actions, rules
from kepu.intake.models import ColumnMapping, SheetImport
from kepu.intake.queries import counts_of, remembered
from kepu.intake.workflow import LineState, State
from kepu.orgs.models import Coordination, Role
from tests.factories.activities import FILED, a_world
from tests.factories.intake import (
    HEADERS,
    a_checked,
    a_filed,
    a_row,
    an_import,
    rows,
    states_of,
    work,
)
from tests.factories.notices import china
from tests.factories.orgs import a_post, an_actor

pytestmark = pytest.mark.django_db
LATE = china(2023, 9, 12)  # fewer than seven days before the 17th


@pytest.fixture
def world():
    made = a_world()
    a_post(made.school, Role.FILER, person=Person.objects.get(pk=made.filer.person_id))
    return made


def sentences(line):
    return [finding["sentence"] for finding in line.findings]


def the_line(sheet, number):
    """By its number in the sheet: the header is line 1."""
    return sheet.lines.get(number=number, part=0)


def events_of(sheet):
    entries = AuditEntry.objects.filter(thing="sheetimport", thing_id=sheet.pk).order_by("id")
    return [entry.event.removeprefix("sheet_import.") for entry in entries]


class TestStarting:
    def test_every_row_is_kept_before_anything_else(self, world):
        sheet = an_import(
            world, [a_row(1), a_row(2, 联系人="赵钱")], above=["石龙镇活动表", "填报单位：石龙镇科协"]
        )
        assert (sheet.state, sheet.rows, sheet.title, sheet.heading) == (
            State.READ, 2, "石龙镇活动表", {"填报单位": "石龙镇科协"},
        )  # fmt: skip
        assert [line.cells[HEADERS.index("联系人")] for line in sheet.lines.order_by("number")] == [
            "王联",
            "赵钱",
        ]
        assert (states_of(sheet), events_of(sheet), Activity.objects.count()) == (
            [LineState.WAITING] * 2,
            ["started"],
            0,
        )

    def test_the_cells_lie_closed_in_the_database(self, world):
        an_import(world, [a_row(1)])
        with connection.cursor() as cursor:
            stored = cursor.execute("SELECT cells FROM intake_sheetline").fetchone()[0]
        assert ("13800000000" in stored, "王联" in stored) == (False, False)

    def test_sent_twice_it_is_one_import(self, world):
        token = uuid4()
        first, second = (an_import(world, rows(2), token=token) for _ in range(2))
        assert (first.pk, SheetImport.objects.count(), first.lines.count()) == (second.pk, 1, 2)

    def test_the_token_of_another_unit_is_refused(self, world):
        token = uuid4()
        an_import(world, rows(1), token=token)
        with pytest.raises(NotAllowed, match="已经由另一个单位交过"):
            an_import(world, rows(1), token=token, by=an_actor(world.town_office))

    def test_only_who_files_for_the_unit_hands_a_sheet_in(self, world):
        with pytest.raises(NotAllowed, match="填报岗位"):
            an_import(world, rows(1), by=an_actor(world.school, Role.AUDITOR))

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"PK\x03\x04 broken", "文件可能已损坏"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "这不是表格文件|找不到表头|文件的编码认不出来"),
            (b"", "没有内容"),
            ("姓名,电话\n张三,13800000000\n".encode(), "找不到表头"),
            ("活动名称,活动时间,活动地点\n".encode(), "没有一行活动"),
        ],
        ids=["broken", "a picture renamed", "empty", "another table", "no rows"],
    )
    def test_a_file_that_is_no_table_of_activities_is_refused_with_a_sentence(self, world, data, sentence):
        with pytest.raises(Incomplete, match=sentence):
            actions.start_import(
                uuid4(), data=data, file_name="表.xlsx", season=world.season, by=world.filer, at=FILED
            )
        assert SheetImport.objects.count() == 0

    def test_a_bomb_is_refused_before_it_is_unpacked(self, world):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("a", "b"):
                with archive.open(f"xl/{name}.xml", "w") as entry:
                    for _ in range(210):
                        entry.write(b"\0" * 2**20)
        with pytest.raises(Incomplete, match="解压后太大"):
            actions.start_import(
                uuid4(),
                data=file.getvalue(),
                file_name="表.xlsx",
                season=world.season,
                by=world.filer,
                at=FILED,
            )

    def test_more_rows_than_one_import_holds_are_refused_with_the_number(self, world, monkeypatch):
        monkeypatch.setattr("kepu.intake.actions.starting.MOST_ROWS", 3)
        with pytest.raises(Incomplete, match="超过3行"):
            an_import(world, rows(4))


class TestColumns:
    def test_a_choice_is_taken_and_remembered_for_the_next_sheet_of_the_unit(self, world):
        headers = [*HEADERS, "领队"]
        table = [a_row(1, 领队="陈安")]
        sheet = an_import(world, table, headers=headers)
        assert sheet.columns[-1]["field"] == ""
        actions.choose_columns(
            sheet,
            {HEADERS.index("安全责任人"): "", len(headers) - 1: "safety_person"},
            by=world.filer,
            at=FILED,
        )
        work(actions.check_some, sheet)
        assert the_line(sheet, 2).content["safety_person"] == "陈安"
        assert (remembered(world.school.pk)["领队"], remembered(world.town_office.pk)) == (
            "safety_person",
            {},
        )

        again = an_import(world, table, headers=headers)
        assert [c["field"] for c in again.columns if c["header"] in ("领队", "安全责任人")] == [
            "",
            "safety_person",
        ]

    def test_what_the_sheet_has_no_column_for_is_said_once_for_all_lines(self, world):
        headers = [
            header for header in HEADERS if header not in ("安全责任人", "举办地责任人", "联系人", "联系电话")
        ]
        sheet = an_import(world, [a_row(1, 举办方式=""), a_row(2, 举办方式="线上")], headers=headers)
        said = {
            "safety_person": "张安",
            "host_place_person": "李场",
            "mode": "线下",
            "contact_phone": "13800000000",
            "title": "不行",
        }
        actions.choose_columns(sheet, {}, common=said, by=world.filer, at=FILED)
        work(actions.check_some, sheet)
        first, second = sheet.lines.order_by("number")
        assert [line.content["safety_person"] for line in (first, second)] == ["张安"] * 2
        assert [line.content["mode"] for line in (first, second)] == [
            "offline",
            "online",
        ]  # a cell of its own wins
        assert (first.state, first.content["title"], first.content["contact_phone"]) == (
            "ready",
            "科普讲座第1讲",
            "13800000000",
        )
        # checked anew without a word about them, they stay
        actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
        assert sheet.common["safety_person"] == "张安"

    def test_choosing_again_overwrites_what_was_remembered(self, world):
        sheet = a_checked(world, rows(1))
        actions.choose_columns(sheet, {0: "address"}, by=world.filer, at=FILED)
        assert ColumnMapping.objects.get().columns["序号"] == "address"

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({1: ""}, "哪一栏是“活动名称”"),
            ({0: "title"}, "都对应"),
            ({0: "state"}, "没有“state”这一项"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_moves(self, world, fields, sentence):
        sheet = an_import(world, rows(1))
        with pytest.raises(Incomplete, match=sentence):
            actions.choose_columns(sheet, fields, by=world.filer, at=FILED)
        sheet.refresh_from_db()
        assert (sheet.state, ColumnMapping.objects.count(), events_of(sheet)) == (State.READ, 0, ["started"])

    def test_whoever_saw_an_older_state_is_told(self, world):
        sheet = a_checked(world, rows(1))
        with pytest.raises(StaleState):
            actions.choose_columns(sheet, {}, expected_version=1, by=world.filer, at=FILED)


class TestTrying:
    def test_it_finds_what_filing_would_find_each_with_its_clause_and_files_nothing(self, world):
        sheet = a_checked(
            world, [a_row(1), a_row(2, 活动时间="8月28日9:00-11:00"), a_row(3, 预计参与人数="20"), a_row(4, 安全责任人="")]
        )  # fmt: skip
        assert (sheet.state, sheet.done, sheet.asked) == (State.CHECKED, 4, 4)
        good, late, few, unsafe = sheet.lines.order_by("number")
        assert [line.state for line in (good, late, few, unsafe)] == ["ready", "faulty", "ready", "faulty"]
        assert good.findings == []
        (lead,) = [one for one in late.findings if one["tone"] == "error"]
        assert (lead["clause_id"], lead["notice"]) == ("DG-48", "dg")
        assert [(one["clause_id"], one["tone"]) for one in few.findings] == [("DG-51", "warning")]
        assert [one["clause_id"] for one in unsafe.findings] == ["CD-50a"]
        assert (Activity.objects.count(), counts_of(sheet).ready, counts_of(sheet).bad) == (0, 2, 2)

    def test_a_cell_that_cannot_be_read_has_one_sentence_not_two(self, world):
        sheet = a_checked(world, [a_row(1, 预计参与人数="很多", 活动时间="待定")])
        line = the_line(sheet, 2)
        assert line.state == LineState.FAULTY
        fields = [one["field"] for one in line.findings]
        assert (len(fields), fields.count("starts_at"), fields.count("participants_expected")) == (
            len(set(fields)),
            1,
            1,
        )

    def test_it_says_who_would_review_nothing_where_nobody_would(self, world):
        Coordination.objects.filter(unit=world.city_office).delete()
        sheet = a_checked(world, rows(1))
        assert any("还没有登记这个单位" in text for text in sentences(the_line(sheet, 2)))

    def test_lines_cost_no_query_of_their_own(self, world):
        a_checked(world, rows(1))  # the rule book is in hand
        counts = []
        for number in (1, 30):
            sheet = an_import(world, rows(number))
            actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
            with CaptureQueriesContext(connection) as asked:
                actions.check_some(sheet.pk, at=FILED)
            counts.append(len(asked))
        assert counts == [13, 13]

    def test_it_goes_in_pieces_and_orders_the_next_itself(self, world):
        sheet = an_import(world, rows(5))
        actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
        assert actions.check_some(sheet.pk, at=FILED, size=2) is True
        sheet.refresh_from_db()
        assert (sheet.done, sheet.asked, sheet.state) == (2, 5, State.CHECKING)
        row = OutboxRow.objects.filter(kind="intake.check").latest("id")
        assert row.payload == {"sheet_id": sheet.pk, "version": sheet.version}
        # the row that ordered the piece already done comes again: nothing is done twice
        assert actions.check_some(sheet.pk, version=sheet.version - 1, at=FILED) is False
        sheet.refresh_from_db()
        assert sheet.done == 2


class TestDoubles:
    def test_the_same_line_twice_in_a_sheet_is_filed_once(self, world):
        sheet = a_filed(world, [a_row(1), a_row(2), a_row(1, 序号="3", 联系电话="13900000000")])
        assert states_of(sheet) == ["filed", "filed", "skipped"]
        assert sentences(the_line(sheet, 4)) == ["和第2行一字不差，只填报那一行。"]
        assert Activity.objects.count() == 2

    def test_lines_that_are_alike_wait_for_a_decision(self, world):
        table = [a_row(1), a_row(1, 内容简介="换了一段话")]
        sheet = a_checked(world, table)
        assert [line.may_be_double for line in sheet.lines.order_by("number")] == [True, True]
        assert "和第3行名称、日期、地点都一样" in sentences(the_line(sheet, 2))[0]
        with pytest.raises(Incomplete, match="没有可以填报的行"):
            actions.file_lines(sheet, by=world.filer, at=FILED)
        assert actions.file_lines(sheet, with_doubles=True, by=world.filer, at=FILED) == 2

    def test_what_the_unit_has_already_is_named(self, world):
        a_filed(world, [a_row(1)])
        sheet = a_checked(world, [a_row(1, 内容简介="换了一段话")])
        assert "本单位已有“科普讲座第1讲”（9月17日，" in sentences(the_line(sheet, 2))[0]

    def test_a_sheet_handed_in_again_makes_nothing_twice(self, world):
        a_filed(world, rows(3))
        again = a_filed(world, rows(4))
        assert (states_of(again), Activity.objects.count()) == (["skipped"] * 3 + ["filed"], 4)
        assert the_line(again, 2).activity_id == Activity.objects.order_by("pk").first().pk

    def test_what_was_kept_as_a_draft_is_filed_and_not_drafted_again(self, world):
        sheet = a_filed(world, rows(2), as_drafts=True)
        assert (states_of(sheet), set(Activity.objects.values_list("state", flat=True))) == (
            ["drafted"] * 2,
            {"draft"},
        )
        again = a_filed(world, rows(2))
        assert (states_of(again), Activity.objects.count()) == (["filed"] * 2, 2)

    def test_a_withdrawn_activity_is_not_made_again_behind_the_persons_back(self, world):
        a_filed(world, rows(1))
        activities.withdraw_activity(Activity.objects.whole().get(), by=world.filer, at=FILED)
        again = a_checked(world, rows(1))
        assert (states_of(again), "已撤回" in sentences(the_line(again, 2))[0]) == (["skipped"], True)


class TestMending:
    def test_a_cell_is_written_and_the_line_looked_at_at_once(self, world):
        sheet = a_checked(world, [a_row(1, 安全责任人=""), a_row(2)])
        line = the_line(sheet, 2)
        actions.change_line(
            sheet,
            line,
            {HEADERS.index("安全责任人"): " 张安 "},
            expected_version=line.version,
            by=world.filer,
            at=FILED,
        )
        line.refresh_from_db()
        assert (line.state, line.cells[HEADERS.index("安全责任人")], line.findings) == (
            LineState.READY,
            "张安",
            [],
        )
        assert events_of(sheet)[-1] == "line_changed"

    def test_whoever_saw_an_older_line_is_told_and_nothing_is_lost(self, world):
        sheet = a_checked(world, [a_row(1, 安全责任人="")])
        line, other = the_line(sheet, 2), the_line(sheet, 2)
        actions.change_line(sheet, line, {8: "张安"}, expected_version=line.version, by=world.filer, at=FILED)
        with pytest.raises(StaleState):
            actions.change_line(
                sheet, other, {8: "李安"}, expected_version=other.version, by=world.filer, at=FILED
            )
        assert the_line(sheet, 2).cells[8] == "张安"

    def test_what_has_become_an_activity_is_changed_there(self, world):
        sheet = a_filed(world, rows(1))
        with pytest.raises(NotAllowed, match="请到活动的页面上改"):
            actions.change_line(sheet, the_line(sheet, 2), {1: "改名"}, by=world.filer, at=FILED)

    def test_a_line_of_several_activities_becomes_several_lines(self, world):
        sheet = a_checked(world, [a_row(1, 活动名称="1.科普讲座 2.科普展览"), a_row(2)])
        line = the_line(sheet, 2)
        assert line.state == LineState.FAULTY
        made = actions.split_line(sheet, line, by=world.filer, at=FILED)
        assert [(str(one), one.content["title"], one.state) for one in made] == [
            ("2", "科普讲座", "ready"), ("2-1", "科普展览", "ready"),
        ]  # fmt: skip
        sheet.refresh_from_db()
        assert (sheet.rows, events_of(sheet)[-1]) == (3, "line_split")
        with pytest.raises(Incomplete, match="拆不开"):
            actions.split_line(sheet, the_line(sheet, 3), by=world.filer, at=FILED)


class TestFiling:
    def test_good_lines_are_filed_as_the_person_and_bad_ones_stay(self, world):
        sheet = a_filed(world, [a_row(1), a_row(2, 安全责任人=""), a_row(3)])
        assert (sheet.state, sheet.filed_at, states_of(sheet)) == (
            State.DONE,
            FILED,
            ["filed", "faulty", "filed"],
        )
        filed = list(Activity.objects.order_by("pk").values_list("state", "filed_by_id", "unit_id"))
        assert filed == [(ActivityState.FILED, world.filer.person_id, world.school.pk)] * 2
        assert events_of(sheet) == ["started", "columns_chosen", "filing_asked", "filed"]
        assert the_line(sheet, 2).activity_id == Activity.objects.order_by("pk").first().pk

    def test_whoever_mended_a_line_does_not_approve_it_though_a_colleague_filed_it(self, world):
        mender = an_actor(world.school, Role.FILER)
        sheet = a_checked(world, [a_row(1, 安全责任人=""), a_row(2)])
        line = the_line(sheet, 2)
        actions.change_line(sheet, line, {HEADERS.index("安全责任人"): "张安"}, by=mender, at=FILED)
        actions.file_lines(sheet, by=world.filer, at=FILED)
        work(actions.file_some, sheet)
        mended, other = Activity.objects.order_by("pk")
        both = {world.filer.person_id, mender.person_id}
        assert (authors_of(mended), authors_of(other)) == (both, {world.filer.person_id})
        assert authors_of_filings([mended, other]) == {mended.pk: both, other.pk: {world.filer.person_id}}

    def test_one_refusal_holds_up_no_other(self, world):
        sheet = a_checked(
            world, [a_row(1), a_row(2, 活动时间="9月20日9:00-11:30"), a_row(3, 活动时间="9月21日9:00-11:30")]
        )
        actions.file_lines(sheet, by=world.filer, at=LATE)
        work(actions.file_some, sheet, at=LATE)
        assert states_of(sheet) == ["refused", "filed", "filed"]
        refused = the_line(sheet, 2)
        assert (refused.findings[0]["clause_id"], refused.activity_id, Activity.objects.count()) == (
            "DG-48",
            None,
            2,
        )

    def test_what_was_refused_is_mended_and_filed(self, world):
        sheet = a_checked(world, [a_row(1)])
        actions.file_lines(sheet, by=world.filer, at=LATE)
        work(actions.file_some, sheet, at=LATE)
        actions.change_line(sheet, the_line(sheet, 2), {2: "9月22日9:00-11:30"}, by=world.filer, at=LATE)
        actions.file_lines(sheet, by=world.filer, at=LATE)
        work(actions.file_some, sheet, at=LATE)
        assert (states_of(sheet), Activity.objects.get().starts_at) == (["filed"], china(2023, 9, 22))

    def test_a_post_that_has_ended_stops_the_work_and_says_so(self, world):
        sheet = a_checked(world, rows(2))
        actions.file_lines(sheet, by=world.filer, at=FILED)
        world.school.posts.update(until=FILED)
        assert actions.file_some(sheet.pk, at=china(2023, 8, 26)) is False
        sheet.refresh_from_db()
        assert (sheet.state, states_of(sheet), Activity.objects.count()) == (State.STOPPED, ["ready"] * 2, 0)
        assert "没有代表这个单位的岗位" in sheet.why_stopped
        assert OutboxRow.objects.filter(kind="unit.message", payload__kind="intake.stopped").count() == 1

    def test_filing_twice_from_two_tabs_files_once(self, world):
        sheet = a_checked(world, rows(1))
        other = SheetImport.objects.get(pk=sheet.pk)
        actions.file_lines(sheet, expected_version=sheet.version, by=world.filer, at=FILED)
        with pytest.raises(StaleState):
            actions.file_lines(other, expected_version=other.version, by=world.filer, at=FILED)

    def test_drafts_only_files_nothing(self, world):
        sheet = a_filed(world, rows(2), as_drafts=True)
        assert (sheet.state, states_of(sheet)) == (State.DONE, ["drafted"] * 2)
        assert not Activity.objects.exclude(state=ActivityState.DRAFT).exists()


class TestStanding:
    def test_cancelled_in_the_middle_what_is_filed_stays(self, world):
        sheet = a_checked(world, rows(3))
        actions.file_lines(sheet, by=world.filer, at=FILED)
        actions.file_some(sheet.pk, at=FILED, size=1)
        sheet.refresh_from_db()
        actions.cancel_import(sheet, by=world.filer, at=FILED)
        assert actions.file_some(sheet.pk, at=FILED) is False
        assert (sheet.state, states_of(sheet), Activity.objects.count()) == (
            State.CANCELLED, ["filed", "ready", "ready"], 1,
        )  # fmt: skip
        with pytest.raises(NotAllowed, match="请重新交表"):
            actions.file_lines(sheet, by=world.filer, at=FILED)

    def test_work_that_stands_still_can_be_taken_up_again(self, world):
        sheet = an_import(world, rows(1))
        actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
        with pytest.raises(StaleState, match="没有停住"):
            actions.resume_import(sheet, by=world.filer, at=FILED)
        later = FILED + rules.STUCK_AFTER * 2
        actions.resume_import(sheet, by=world.filer, at=later)
        row = OutboxRow.objects.filter(kind="intake.check").latest("id")
        assert (row.payload["version"], events_of(sheet)[-1]) == (sheet.version, "resumed")

    def test_another_unit_sees_and_moves_nothing(self, world):
        sheet = a_checked(world, rows(1))
        stranger = an_actor(world.town_office)
        assert not rules.visible_to(stranger).exists()
        assert not rules.visible_to(an_actor(world.school, Role.AUDITOR)).exists()
        for act in (
            lambda: actions.choose_columns(sheet, {}, by=stranger, at=FILED),
            lambda: actions.file_lines(sheet, by=stranger, at=FILED),
            lambda: actions.change_line(sheet, the_line(sheet, 2), {1: "改"}, by=stranger, at=FILED),
            lambda: actions.split_line(sheet, the_line(sheet, 2), by=stranger, at=FILED),
            lambda: actions.cancel_import(sheet, by=stranger, at=FILED),
            lambda: actions.resume_import(sheet, by=stranger, at=FILED),
        ):
            with pytest.raises(NotAllowed):
                act()

    def test_old_cells_are_forgotten_and_what_became_of_them_stays(self, world):
        sheet = a_filed(world, [a_row(1), a_row(2, 安全责任人="")])
        assert actions.forget_cells(before=FILED, at=FILED) == 0
        later = china(2023, 12, 1)
        assert actions.forget_cells(before=later, at=later) == 1
        assert [(line.cells, line.content, line.findings) for line in sheet.lines.all()] == [([], {}, [])] * 2
        assert (states_of(sheet), actions.forget_cells(before=later, at=later)) == (["filed", "faulty"], 0)
        sheet.refresh_from_db()
        with pytest.raises(NotAllowed, match="请重新交表"):
            actions.choose_columns(sheet, {}, by=world.filer, at=later)
