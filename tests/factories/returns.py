"""A city in which notices ask for tables and summaries, the people who hand in, and returns in each state."""

from kepu.returns import actions
from kepu.returns.models import Return
from kepu.returns.workflow import State
from tests.factories.activities import a_world
from tests.factories.notices import a_clause, china, dongguan
from tests.factories.orgs import a_place, a_unit

PLAN, SUMMARY, OWN_SUMMARY = "duty.plan_table", "duty.organisation_summary", "duty.season_summary"
IN_TIME = china(2023, 9, 5)
LATE = china(2023, 9, 9, 0, 1)
TOWNS = {"kinds": ["association"], "levels": ["town"]}
ROW = {
    "project_name": "石龙镇全国科普日系列活动", "host_unit": "石龙镇科协", "outline": "讲座、展览，面向青少年。",
    "time_place": "9月17日，石龙中学", "contact": "王联 13800000000",
}  # fmt: skip
HEADING = {"unit_name": "石龙镇科协"}
SEALED = {"sealed_pdf": "石科协〔2023〕3号"}
TABLE = {
    "code": "branch_venue_table", "title": "分会场活动表", "object": "series", "stamped": True,
    "header": [{"code": "unit_name", "title": "单位名称", "source": "unit.name"}],
    "columns": [
        {"code": "project_name", "title": "项目名称", "source": "activity.title"},
        {"code": "host_unit", "title": "主办单位", "source": "activity.host"},
        {"code": "outline", "title": "活动概述", "type": "long_text", "max_chars": 300, "source": "activity.outline"},
        {"code": "time_place", "title": "时间、地点", "source": "activity.time_place"},
        {"code": "contact", "title": "联系人、联系电话", "source": "activity.contact", "personal": True},
    ],
}  # fmt: skip


def reporting(season, place, *, issuer_unit=None):
    """Dongguan's notice with what it asks to be handed up (DG-43, DG-44, DG-59, DG-60, DG-62)."""
    notice = dongguan(season, place, issuer_unit=issuer_unit)
    parts = [{"code": "sealed_pdf", "label": "盖章PDF版"}, {"code": "electronic", "label": "电子版"}]
    a_clause(notice, "DG-66", "form", TABLE, number="附件", audience=TOWNS)
    a_clause(
        notice, "DG-43", "duty",
        {
            "what": "plan_table", "title": "分会场活动表", "due": {"date": "2023-09-08"}, "to": "coordinator@city",
            "desk": "科普部", "parts": parts, "form": "branch_venue_table",
            "channels": [{"code": "oa_mailbox", "label": "OA邮箱"}],
        },
        number="六（一）", strictness="in_principle", audience=TOWNS,
    )  # fmt: skip
    a_clause(
        notice, "DG-59", "duty",
        {
            "what": "organisation_summary", "title": "科普日活动总结材料", "due": {"date": "2023-09-23"}, "to": "issuer",
            "opens": {"date": "2023-09-01"},
            "parts": [{"code": "sealed_scan", "label": "盖章版扫描件"}, {"code": "electronic", "label": "电子版"}],
        },
        number="六（二）3", strictness="in_principle",
        audience={"any_of": [TOWNS, {"kinds": ["department"], "levels": ["city"]}]},
    )  # fmt: skip
    a_clause(
        notice, "DG-62", "duty", {"what": "season_summary", "title": "全市科普日活动总结", "to": "coordinator@city"},
        number="六（二）3", strictness="in_principle", audience={"kinds": ["association"], "levels": ["city"]},
    )  # fmt: skip
    return notice


def a_reporting_world():
    return a_world(rules=reporting)


def more_towns(world, names=("虎门镇", "长安镇", "茶山镇")):
    """More towns of the city, each with its association."""
    units = []
    for number, name in enumerate(names, start=1):
        town = a_place(f"4419001{number:02}x", name, parent=world.city)
        units.append(a_unit(town, f"{name}科协", coordinates=[town]))
    return units


def a_return(world, state=State.HANDED_IN, *, at=IN_TIME):
    """The town's table brought to a state by the acts of the world's people."""
    town, by = world.town_office, world.town_coordinator
    if state is State.DRAFTING:
        return actions.save_return(town, world.season, PLAN, rows=[ROW], by=by, at=at)
    if state is State.RELEASED:
        return actions.release_duty(
            town, world.season, PLAN, reason="今年不设分会场", by=world.coordinator, at=at
        )
    row = actions.hand_in_return(
        town, world.season, PLAN, sections=HEADING, rows=[ROW], parts=SEALED, by=by, at=at
    )
    if state is State.RETURNED:
        actions.return_return(row, reason="缺活动形式", by=world.coordinator, at=at)
    if state is State.ACCEPTED:
        actions.accept_return(row, by=world.coordinator, at=at)
    return row


def loaded(row):
    """The row as a page would fetch it."""
    return Return.objects.whole().get(pk=row.pk)
