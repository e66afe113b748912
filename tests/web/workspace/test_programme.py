"""A unit's own programme: its days, whose turn it is, what it owes; all of it as a file; and incidents on their pages."""

import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from kepu.accounts.looks import SHOWN
from kepu.activities.actions import cancel_sessions
from kepu.activities.models import Incident
from kepu.activities.workflow import State
from kepu.core import audit
from kepu.core.models import AuditEntry
from kepu.intake import actions as intake
from kepu.orgs.models import Message
from kepu.oversight import programme as exported
from tests.activities.test_actions_sessions import a_tour
from tests.factories.activities import FILED, an_activity
from tests.factories.intake import a_checked, a_row, an_import, rows
from tests.factories.notices import china
from tests.web.workspace.test_life import at

HERE = "/workspace/programme/"


class TestPage:
    def test_the_days_ahead_whose_turn_it_is_and_what_is_owed(self, people, now, page):
        world = people.world
        an_activity(world, State.FILED, title="等审核的")
        an_activity(world, State.PUBLISHED, title="要办的")
        an_activity(world, State.CANCELLED, title="取消的")
        tour = a_tour(world, title="巡回的")
        now(china(2023, 9, 10))
        cancel_sessions(tour, codes=["s2"], reason="高温", by=world.filer, at=china(2023, 9, 10))
        found = page(people.filer, HERE)
        groups = {
            group["aria-label"]: group.text for group in found.one(class_="programme-turns").all("section")
        }
        assert (
            "等审核的" in groups["等审核单位"],
            "要办的" in groups["等举办"],
            "没有。" in groups["轮到我们"],
        ) == (True,) * 3
        days = [row.text for row in found.one("table").all("tr")][1:]
        assert [("要办的" in day, "等审核的" in day, "第1站" in day, "第3站" in day) for day in days] == [
            (False, True, False, False), (True, False, False, False), (False, False, True, False), (False, False, False, True),
        ]  # fmt: skip
        assert "取消的" not in found.one("table").text
        assert "9月10日—9月23日" in found.text

    def test_another_fortnight(self, people, now, page):
        an_activity(people.world, State.PUBLISHED, title="要办的")
        now(china(2023, 8, 20))
        assert "这两周没有活动。" in page(people.filer, HERE).text
        assert "要办的" in page(people.filer, f"{HERE}?from=2023-09-10").one("table").text
        assert "这两周没有活动。" in page(people.filer, f"{HERE}?from=昨天").text

    def test_a_unit_without_anything_is_told_how_it_begins(self, people, page):
        assert "还没有活动" in page(people.filer, HERE).text

    def test_imports_that_are_not_done_with_are_there_for_those_who_file(self, people, now, page):
        an_import(people.world, rows(2), name="没核对.xlsx")
        a_checked(people.world, [a_row(1, 安全责任人="")], name="要改.xlsx")
        cancelled = an_import(people.world, rows(1), name="不要了.xlsx")
        intake.cancel_import(cancelled, by=people.world.filer, at=FILED)
        part = next(
            one
            for one in page(people.filer, HERE).all("section")
            if one["aria-labelledby"] == "imports-title"
        )
        assert [link.text for link in part.all("a")] == ["看全部导入", "要改.xlsx", "没核对.xlsx"]
        assert ("等核对栏目 · 2 行" in part.text, "试填完成 · 1 行" in part.text) == (True, True)
        for client in (people.town, people.auditor):
            assert "没办完的表格导入" not in page(client, HERE).text

    def test_of_another_unit_nothing_is_seen(self, people, now, page):
        an_activity(people.world, State.PUBLISHED, title="石龙中学的")
        assert "石龙中学的" not in page(people.town, HERE).text

    def test_it_costs_the_same_with_one_and_with_four(self, people, now):
        now(china(2023, 9, 10))
        counts = []
        for each in (1, 3):
            for state in (State.FILED, State.PUBLISHED, State.RETURNED):
                for _ in range(each):
                    an_activity(people.world, state)
            people.filer.get(HERE)
            with CaptureQueriesContext(connection) as asked:
                people.filer.get(HERE)
            counts.append(len(asked))
        assert counts == [QUERIES, QUERIES]


QUERIES = 14


def taken(response):
    """The sheets and the JSON of an export."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("programme.xlsx")))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}, json.loads(
        archive.read("programme.json")
    )


class TestExport:
    @pytest.fixture
    def tour(self, people, now):
        now(china(2023, 9, 10))
        tour = a_tour(people.world, title="=HYPERLINK(1)", fields=["health"])
        cancel_sessions(tour, codes=["s2"], reason="高温", by=people.world.filer, at=china(2023, 9, 10))
        an_activity(people.world, State.RETURNED, title="第二项")
        Message.objects.create(
            unit=people.world.school, kind="x", subject="您好", sent_at=china(2023, 9, 1), outbox_key="k1"
        )
        return tour

    def test_a_sheet_for_each_part_in_words_and_the_same_as_json(self, people, tour):
        answer = people.filer.post(f"{HERE}export/", {})
        sheets, plain = taken(answer)
        assert list(sheets) == ["活动", "场次", "审核意见", "报送", "表格导入", "消息"]
        head, first = sheets["活动"][:2]
        row = dict(zip(head, first, strict=True))
        assert (row["活动名称"], row["行业领域"], row["场次安排"], row["状态"], row["举办地"], row["预计参与人数"]) == (
            "=HYPERLINK(1)", "健康", "巡回（多站）", "已发布", "广东省东莞市石龙镇", 120,
        )  # fmt: skip
        assert [line[2:4] + line[-2:] for line in sheets["场次"][1:]] == [
            ["s1", "第1站", "", ""], ["s2", "第2站", "这一场取消", "高温"], ["s3", "第3站", "", ""],
        ]  # fmt: skip
        assert [line[1] for line in sheets["审核意见"][1:]] == ["=HYPERLINK(1)", "第二项"]
        assert [line[1] for line in sheets["消息"][1:]] == ["您好"]
        assert [len(plain[code]) for code in ("activities", "sessions", "notes", "messages")] == [2, 3, 2, 1]
        assert (plain["about"]["unit"], plain["activities"][0]["活动名称"]) == ("石龙中学", "=HYPERLINK(1)")
        assert answer["Content-Disposition"].endswith('-2023-20230910.zip"')

    def test_contacts_are_masked_unless_they_are_asked_for_and_then_every_look_is_traced(self, people, tour):
        sheets, _plain = taken(people.filer.post(f"{HERE}export/", {}))
        assert "13800000000" not in str(sheets)
        assert not AuditEntry.objects.filter(event=SHOWN).exists()

        sheets, plain = taken(people.filer.post(f"{HERE}export/", {"contacts": "on"}))
        assert ("13800000000" in str(sheets["活动"]), "王联" in str(plain["activities"])) == (True, True)
        looks = AuditEntry.objects.filter(event=SHOWN, thing="activity").order_by("id")
        assert [(look.thing_id == tour.pk, look.detail["how"]) for look in looks] == [
            (True, "file"),
            (False, "file"),
        ]
        told = AuditEntry.objects.filter(event="programme.exported").order_by("id")
        assert [entry.detail["contacts"] for entry in told] == [False, True]
        assert "13800000000" not in str([look.detail for look in looks])
        assert list(audit.verify()) == []

    def test_imports_say_how_their_lines_stand_and_nothing_of_what_is_in_them(self, people, tour):
        a_checked(people.world, [a_row(1), a_row(2, 安全责任人="")], name="表.xlsx")
        sheets, plain = taken(people.filer.post(f"{HERE}export/", {}))
        head, row = sheets["表格导入"]
        said = dict(zip(head, row, strict=True))
        assert (said["文件名"], said["状态"], said["行数"], said["可以填报"], said["要改"], said["已填报"]) == (
            "表.xlsx", "试填完成", 2, 1, 1, 0,
        )  # fmt: skip
        assert ([one["文件名"] for one in plain["imports"]], "科普讲座第1讲" in str(plain)) == (
            ["表.xlsx"],
            False,
        )

    def test_piece_by_piece_it_says_the_same(self, people, tour, monkeypatch):
        a_checked(people.world, rows(1))
        an_import(people.world, rows(1))
        whole = taken(people.filer.post(f"{HERE}export/", {}))[0]
        monkeypatch.setattr(exported, "AT_ONCE", 1)
        assert taken(people.filer.post(f"{HERE}export/", {}))[0] == whole

    def test_who_only_reads_takes_nothing_away(self, people, tour, page, read):
        answer = people.auditor.post(f"{HERE}export/", {})
        assert (answer.status_code, "只有本单位的填报岗位或统筹岗位" in read(answer).text) == (422, True)
        assert page(people.auditor, f"{HERE}export/").one(id="act")["aria-disabled"] == "true"
        other = taken(people.town.post(f"{HERE}export/", {"contacts": "on"}))[0]
        assert (other["活动"][1:], "13800000000" in str(other)) == ([], False)

    def test_a_unit_that_has_nothing_takes_empty_sheets(self, people):
        sheets, plain = taken(people.outsider.post(f"{HERE}export/", {}))
        assert ([len(rows) for rows in sheets.values()], plain["activities"]) == ([1] * 6, [])


class TestIncidents:
    SENT = {"kind": "heat", "happened_at": "2023-09-17T10:00", "words": "两人头晕", "people_hurt": "2"}

    @pytest.fixture
    def activity(self, people, now):
        now(china(2023, 9, 17, 11))
        return an_activity(people.world, State.PUBLISHED)

    def report(self, people, activity, page, **changes):
        token = page(people.filer, at(activity, "incident")).one("input", name="token")["value"]
        return people.filer.post(at(activity, "incident"), {**self.SENT, "token": token, **changes})

    def test_reported_carried_on_and_closed(self, people, activity, page):
        answer = self.report(people, activity, page)
        assert "已报告" in page(people.filer, answer["Location"]).notices[0]
        incident = Incident.objects.get()
        here = f"/workspace/incidents/{incident.pk}/"
        assert "2 人受伤" in page(people.town, "/workspace/incidents/?place=441900103").one("table").text
        people.town.post(here, {"version": 1, "words": "已送医", "people_hurt": "2", "act": "update"})
        people.filer.post(here, {"version": 2, "words": "都已回家", "people_hurt": "2", "act": "close"})
        found = page(people.reviewer, here)
        assert [line.text for line in found.one("ol", class_="timeline").all("li")] == [
            "2023年9月17日 11:00 石龙镇科协 已送医 受伤 2 人", "2023年9月17日 11:00 石龙中学 了结 都已回家 受伤 2 人",
        ]  # fmt: skip
        assert "没有处置中的突发情况" in page(people.town, "/workspace/incidents/").text
        assert "走进中医药" in page(people.town, "/workspace/incidents/?tab=closed").one("table").text

    def test_what_is_missing_is_asked_for_and_what_was_typed_stays(self, people, activity, page, read):
        answer = self.report(people, activity, page, words="", measures="已拨打120")
        found = read(answer)
        assert (answer.status_code, Incident.objects.count()) == (422, 0)
        assert found.one("textarea", name="measures").text.strip() == "已拨打120"

    def test_two_who_write_at_once_do_not_write_over_each_other(self, people, activity, page, read):
        self.report(people, activity, page)
        here = f"/workspace/incidents/{Incident.objects.get().pk}/"
        sent = {"version": 1, "words": "已送医", "people_hurt": "2"}
        people.town.post(here, sent)
        answer = people.filer.post(here, sent)
        assert (answer.status_code, "已经被别人处理过" in read(answer).text) == (422, True)

    def test_it_shows_on_the_activity_and_to_nobody_else(self, people, activity, page, client):
        self.report(people, activity, page)
        here = f"/workspace/incidents/{Incident.objects.get().pk}/"
        assert "突发情况 高温中暑" in page(people.filer, at(activity)).text
        assert people.outsider.get(here).status_code == 404
        assert "头晕" not in client.get(f"/activities/{activity.pk}/").content.decode()
        assert people.town.get("/workspace/incidents/?place=441900").status_code == 404
