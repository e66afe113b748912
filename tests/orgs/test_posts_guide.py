"""The table of docs/posts.md says, cell by cell, what the rules say."""

from pathlib import Path

import pytest

from kepu.activities import rules as activities
from kepu.activities.workflow import State
from kepu.core.refusals import refused
from kepu.notices import rules as notices
from kepu.notices.rulebook import rules_in_force
from kepu.orgs import post_rules, queries, rules
from kepu.orgs.models import Message, Role
from kepu.returns import delegation_rules
from kepu.returns import rules as returns
from kepu.web.navigation import MENU
from tests.factories.accounts import a_person
from tests.factories.activities import a_draft, a_world, an_activity
from tests.factories.notices import china
from tests.factories.orgs import a_post, an_actor
from tests.factories.returns import IN_TIME, PLAN, a_return, reporting

GUIDE = Path(__file__).parents[2] / "docs" / "posts.md"
pytestmark = pytest.mark.django_db


def table():
    lines = [line for line in GUIDE.read_text("utf-8").splitlines() if line.startswith("|")]
    head, _rule, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    roles = [cell.split()[0] for cell in head[1:]]
    return {row[0]: dict(zip(roles, row[1:], strict=True)) for row in rows}, roles


@pytest.fixture
def asked():
    """Each line of the table as a question to the rules, asked for an actor of the city's office that coordinates it."""
    world = a_world(rules=reporting)
    office, school, at = world.city_office, world.school, IN_TIME
    own = a_draft(world, by=an_actor(office), at=china(2023, 8, 25))
    handed_in = an_activity(world, State.FILED)
    row = a_return(world)
    message = Message.objects.create(unit=office, kind="x", subject="x", sent_at=at, outbox_key="1")
    in_force = rules_in_force(world.town_office, world.season, at=at)
    owed = next(owed for owed in returns.owed_under(in_force) if owed.key == PLAN)
    operations = next(entry for entry in MENU if entry.route == "workspace:operations")
    questions = {
        "看本单位的活动草稿": lambda a: activities.visible_to(a).filter(pk=own.pk).exists() and activities.sees(a, own),
        "看范围内报上来的活动": lambda a: activities.visible_to(a).filter(pk=handed_in.pk).exists() and activities.sees(a, handed_in),
        "看范围内报上来的报送": lambda a: _of_the_area(a, row),
        "看本单位的消息": lambda a: queries.messages_to(a).filter(pk=message.pk).exists(),
        "看范围内各单位的人员": lambda a: post_rules.people_visible_to(a).filter(pk=school.pk).exists(),
        "新建、填报本单位的活动": lambda a: activities.can_create(a, world.season) and activities.can_file(a, own),
        "审核交到本单位的活动": lambda a: activities.can_review(a, handed_in),
        "写、报本单位的报送": lambda a: not refused(returns.check_write, a, office),
        "接收交到本单位的报送": lambda a: returns.can_receive(a, row),
        "免除下级的报送": lambda a: not refused(returns.check_release, a, world.town_office, owed),
        "发通知": lambda a: not refused(notices.check_issue, a, world.city, None),
        "登记、改动范围内的单位": lambda a: not refused(rules.check_register, a, world.town, None) and not refused(rules.check_change_unit, a, school),
        "安排范围内的岗位": lambda a: post_rules.can_appoint(a, school),
        "邀请本单位的填报人员": lambda a: post_rules.can_invite(a, office),
        "委托本单位的一项报送": lambda a: delegation_rules.can_delegate(a, office),
        "看系统发信的情况": operations.visible_to,
    }  # fmt: skip

    def actor(role):
        person = a_person()
        area = {"place": world.city} if role == Role.OPERATOR else {}
        a_post(office, role, person=person, **area)
        return queries.actor_for(person, office.pk, at)

    return questions, actor


def _of_the_area(actor, row):
    """Whether the return is seen by reach alone, as somebody sees it whose unit is not its receiver."""
    type(row).objects.filter(pk=row.pk).update(receiver=None)
    return returns.visible_to(actor).filter(pk=row.pk).exists()


def test_every_line_of_the_table_is_asked_and_every_role_stands_in_it(asked):
    questions, _actor = asked
    lines, roles = table()
    assert (list(lines), roles) == (list(questions), [str(role.value) for role in Role])


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_is_what_the_table_says(asked, role):
    questions, actor = asked
    lines, _roles = table()
    a = actor(role)
    order = sorted(questions, key=lambda line: line == "看范围内报上来的报送")  # this one changes the row
    found = {line: "是" if questions[line](a) else "否" for line in order}
    assert found == {line: lines[line][role.value] for line in found}


def test_an_auditor_acts_on_nothing_and_an_operator_reads_nothing_that_units_write():
    lines, _roles = table()
    assert {line for line, row in lines.items() if row["auditor"] == "是"} == {
        line for line in lines if line.startswith("看") and line != "看系统发信的情况"
    }
    assert {line for line, row in lines.items() if row["operator"] == "是"} == {
        "看范围内各单位的人员",
        "看系统发信的情况",
    }
