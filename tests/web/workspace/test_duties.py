"""Handing up: what the unit owes, with what is already drawn; and the receiver's side."""

import pytest

from kepu.returns.models import Return
from kepu.returns.workflow import State
from tests.factories.activities import State as ActivityState
from tests.factories.activities import an_activity
from tests.factories.notices import china
from tests.factories.returns import PLAN, SUMMARY, a_return

TABLE = f"/workspace/duties/{PLAN}/"
ROW = {
    "rows.0.project_name": "系列活动", "rows.0.host_unit": "石龙镇科协", "rows.0.outline": "讲座、展览。",
    "rows.0.time_place": "9月17日，石龙中学", "rows.0.contact": "王联",
}  # fmt: skip


@pytest.fixture
def town(people, now):
    now(china(2023, 9, 5))
    return people


def sent(**changes):
    return {
        "version": "0",
        "sections.unit_name": "石龙镇科协",
        "parts.sealed_pdf": "石科协〔2023〕3号",
        **ROW,
        **changes,
    }


def test_duties_stand_by_deadline_with_their_clause_and_the_days_left(town, page):
    found = page(town.town, "/workspace/duties/")
    todo = [item.text for item in found.all("li", class_="todo")]
    assert [t.split(" ")[0] for t in todo] == ["分会场活动表", "科普日活动总结材料"]
    assert "期限 2023年9月8日 23:59 还有3天 报给 东莞市科协科普部" in todo[0]
    assert "东科协〔2023〕17号 六（一）" in todo[0]
    assert "为什么？" in todo[0]


def test_what_is_past_its_day_is_marked(town, now, page):
    now(china(2023, 9, 10))
    assert "过期2天" in page(town.town, "/workspace/duties/").text


def test_the_form_is_filled_from_the_records(town, page):
    an_activity(town.world, ActivityState.PUBLISHED)
    found = page(town.town, TABLE)
    assert found.one("input", name="sections.unit_name")["value"] == "石龙镇科协"
    assert found.one("input", name="rows.0.project_name")["value"] == "走进中医药"
    assert "截至9月5日09:00，共填报活动1项，发布1项" in found.text


def test_what_is_missing_is_told_with_its_clause_and_all_that_was_typed_stays(town, read):
    answer = town.town.post(TABLE, sent(**{"parts.sealed_pdf": "", "rows.0.outline": ""}))

    assert answer.status_code == 422
    found = read(answer)
    errors = found.one(class_="form-errors").text
    assert "还缺“盖章PDF版”。" in errors
    assert "第1行：请填写“活动概述”。" in errors
    assert found.one("input", name="rows.0.project_name")["value"] == "系列活动"
    assert "东科协〔2023〕17号" in found.text
    assert not Return.objects.exists()


def test_saved_handed_in_sent_back_mended_accepted_and_amended(town, now, page, read):
    unit, office = town.town, town.reviewer
    unit.post(TABLE, sent(**{"parts.sealed_pdf": "", "act": "save"}))
    assert page(unit, TABLE).one("input", name="rows.0.project_name")["value"] == "系列活动"

    answer = unit.post(TABLE, sent(version="1", act="hand_in"))
    assert page(unit, answer["Location"]).notices == ["已报送给东莞市科协科普部。"]
    row = Return.objects.get()
    assert (row.state, row.late) == (State.HANDED_IN, False)

    assert "系列活动" in page(office, f"/workspace/returns/{row.pk}/").text
    answer = office.post(
        f"/workspace/returns/{row.pk}/sending-back/", {"version": row.version, "reason": "缺活动形式"}
    )
    assert answer["Location"] == "/workspace/returns/"
    found = page(unit, TABLE)
    assert "东莞市科协科普部退回了 缺活动形式" in found.text

    now(china(2023, 9, 9))
    unit.post(
        TABLE,
        sent(version=found.one("form", method="post", action=TABLE).one("input", name="version")["value"]),
    )
    row.refresh_from_db()
    assert (row.state, row.late, row.handed) == (State.HANDED_IN, False, 2)  # the first time was in time
    office.post(f"/workspace/returns/{row.pk}/acceptance/", {"version": row.version})
    row.refresh_from_db()
    assert row.state == State.ACCEPTED

    unit.post(
        TABLE,
        sent(
            version=str(row.version),
            note="加一场",
            **{
                "rows.1.project_name": "加一场",
                "rows.1.host_unit": "石龙镇科协",
                "rows.1.outline": "展览",
                "rows.1.time_place": "9月18日",
                "rows.1.contact": "王联",
            },
        ),
    )
    found = page(unit, TABLE)
    assert "第 3 版" in found.text
    assert "加一场" in found.text
    assert "加一场" not in page(unit, f"/workspace/returns/{row.pk}/?v=1").one("tbody").text


def test_late_is_taken_and_marked(town, now, page):
    now(china(2023, 9, 10))
    answer = town.town.post(TABLE, sent())
    assert page(town.town, answer["Location"]).notices == ["已报送给东莞市科协科普部，注明逾期。"]


def test_before_it_opens_the_button_says_from_when(town, now, page):
    now(china(2023, 8, 25))
    found = page(town.town, f"/workspace/duties/{SUMMARY}/")
    assert found.one(id="hand-in")["aria-disabled"] == "true"
    assert "现在还不能报。" in found.one(id="hand-in_why").text


def test_an_older_page_is_told_so(town, read):
    town.town.post(TABLE, sent(act="save"))
    answer = town.town.post(TABLE, sent(act="save"))
    assert "在您打开之后，这件事已经被别人处理过。" in read(answer).one(class_="form-errors").text


def test_a_long_table_is_pasted_as_lines(town, page):
    rows = [
        {
            "project_name": f"第{n}场",
            "host_unit": "石龙镇科协",
            "outline": "讲座",
            "time_place": "9月17日",
            "contact": "王联",
        }
        for n in range(200)
    ]
    row = a_return(town.world)
    Return.objects.filter(pk=row.pk).update(rows=rows)

    found = page(town.town, TABLE)
    lines = found.one("textarea", name="rows.lines").text
    assert "第199场" in lines
    pasted = "\n".join("\t".join(r.values()) for r in rows[:150])
    town.town.post(
        TABLE,
        {
            "version": row.version,
            "sections.unit_name": "石龙镇科协",
            "parts.sealed_pdf": "3号",
            "rows.lines": pasted,
        },
    )
    row.refresh_from_db()
    assert len(row.rows) == 150


def test_who_only_reviews_sees_and_does_not_write(town, page):
    assert (
        "由该单位的填报人员或统筹人员办理"
        in page(town.colleague, "/workspace/duties/duty.season_summary/").text
    )


def test_a_duty_of_others_is_not_there(town):
    assert town.filer.get(TABLE).status_code == 404


def test_the_inbox_of_what_was_handed_in(town, page):
    row = a_return(town.world)
    found = page(town.reviewer, "/workspace/returns/")
    assert next(found.one("tbody").all("a"))["href"] == f"/workspace/returns/{row.pk}/"
    assert "处理过的" in found.text


def test_sending_back_wants_a_reason(town, read):
    row = a_return(town.world)
    answer = town.reviewer.post(
        f"/workspace/returns/{row.pk}/sending-back/", {"version": row.version, "reason": ""}
    )
    assert "请填写“为什么退回”。" in read(answer).one(class_="form-errors").text


def test_a_released_duty_says_why(town, page):
    a_return(town.world, State.RELEASED)
    assert "这一项可以不报 今年不设分会场" in page(town.town, TABLE).text
