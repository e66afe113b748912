"""What a unit owes across its deadline, what waits for a receiver, who has not answered, and who sees what."""

import pytest

from kepu.notices.models import Clause, Notice
from kepu.orgs.models import Role
from kepu.returns import queries
from kepu.returns.models import Return
from kepu.returns.queries import duties_for, duty_for
from kepu.returns.receivers import Receiver
from kepu.returns.workflow import State, Turn
from tests.factories.notices import a_clause, a_notice, china
from tests.factories.orgs import a_coordinator, a_line, a_place, a_unit, an_actor
from tests.factories.returns import (
    HEADING,
    IN_TIME,
    LATE,
    PLAN,
    ROW,
    SEALED,
    SUMMARY,
    TOWNS,
    a_return,
    actions,
    more_towns,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


def plan(world, at):
    return duty_for(world.town_office, world.season, PLAN, at=at)


@pytest.mark.parametrize(
    ("at", "late", "days_left"),
    [
        (china(2023, 9, 1), False, 7),
        (china(2023, 9, 8, 23, 59), False, 0),
        (china(2023, 9, 9, 0, 0), True, -1),
        (china(2023, 9, 18), True, -10),
    ],
)
def test_an_open_duty_counts_down_to_the_end_of_its_last_day_in_china(world, at, late, days_left):
    duty = plan(world, at)
    assert (duty.state, duty.turn, duty.late, duty.days_left) == (State.OPEN, Turn.UNIT, late, days_left)
    assert (duty.title, duty.cite, duty.clause_code, duty.due_words) == (
        "分会场活动表", "东科协〔2023〕17号 六（一）", "DG-43", "2023年9月8日"
    )  # fmt: skip
    assert (str(duty.receiver), duty.receiver.unit_id) == ("东莞市科协科普部", world.city_office.pk)
    assert (duty.return_id, duty.version, duty.is_waited_for) == (None, 0, True)


@pytest.mark.parametrize(
    ("state", "turn", "days_left", "late"),
    [
        (State.DRAFTING, Turn.UNIT, -1, True),
        (State.HANDED_IN, Turn.RECEIVER, None, False),
        (State.RETURNED, Turn.UNIT, -1, False),
        (State.ACCEPTED, Turn.NOBODY, None, False),
        (State.RELEASED, Turn.NOBODY, None, False),
    ],
)
def test_a_duty_that_was_touched_shows_where_it_stands(world, state, turn, days_left, late):
    row = a_return(world, state)
    duty = plan(world, LATE)
    assert (duty.state, duty.turn, duty.days_left, duty.late, duty.return_id, duty.version) == (
        state, turn, days_left, late, row.pk, row.version
    )  # fmt: skip


@pytest.mark.parametrize(
    ("strictness", "waited_for"), [("hard", True), ("in_principle", True), ("strive", False), ("none", False)]
)
def test_who_is_only_invited_is_not_late_by_staying_away(world, strictness, waited_for):
    params = {"what": "x", "title": "表", "due": {"date": "2023-08-20"}}
    a_clause(Notice.objects.get(), "X", "duty", params, strictness=strictness, audience=TOWNS)
    duty = duty_for(world.town_office, world.season, "duty.x", at=IN_TIME)
    assert (duty.is_waited_for, duty.late, duty.strictness) == (waited_for, waited_for, strictness)


def test_what_was_handed_in_late_stays_marked(world):
    a_return(world, at=LATE)
    assert plan(world, china(2023, 9, 10)).late


def test_duties_come_by_deadline_those_without_a_date_last(world):
    assert [d.key for d in duties_for(world.town_office, world.season, at=IN_TIME)] == [PLAN, SUMMARY]
    assert [d.due for d in duties_for(world.city_office, world.season, at=IN_TIME)] == [None]
    assert duties_for(world.school, world.season, at=IN_TIME) == []


def test_what_no_rule_asks_any_more_stays_in_the_list(world):
    a_return(world)
    Clause.objects.filter(code="DG-43").delete()
    world.season.edition += 1
    world.season.save()
    duty = plan(world, LATE)
    assert (duty.owed, duty.state, duty.cite, duty.clause_code) == (
        None,
        State.HANDED_IN,
        "东科协〔2023〕17号 六（一）",
        "DG-43",
    )


def test_a_later_deadline_does_not_unmark_what_was_late(world):
    a_return(world, at=LATE)
    Clause.objects.filter(code="DG-43").update(
        params={"what": "plan_table", "title": "表", "due": {"date": "2023-09-20"}}
    )
    world.season.edition += 1
    world.season.save()
    assert plan(world, LATE).due.day == 8
    assert plan(world, LATE).late


@pytest.mark.parametrize("more", [0, 5])
def test_the_duties_of_a_unit_are_two_queries_however_many(world, more, django_assert_num_queries):
    notice = Notice.objects.get()
    receivers = ["issuer", "caller", "host_above", "coordinator@province", f"unit:{world.school.code}"]
    for number, to in enumerate(receivers[:more]):
        a_clause(
            notice, f"X{number}", "duty", {"what": f"x{number}", "title": "表", "to": to}, audience=TOWNS
        )
    a_return(world)
    duties_for(world.town_office, world.season, at=LATE)
    with django_assert_num_queries(2):
        assert len(duties_for(world.town_office, world.season, at=LATE)) == 2 + more


@pytest.mark.parametrize(
    ("to", "who"),
    [
        ("issuer", "city_office"),
        ("coordinator@city", "city_office"),
        ("coordinator@province", "province_office"),
        ("coordinator@town", "town_office"),
        ("host_above", "city_office"),
        ("unit:SCHOOL-1", "school"),
    ],
)
def test_a_receiver_is_found_as_the_notice_writes_it(world, to, who):
    world.school.code = "SCHOOL-1"
    world.school.save()
    a_clause(Notice.objects.get(), "X", "duty", {"what": "x", "title": "表", "to": to}, audience=TOWNS)
    duty = duty_for(world.town_office, world.season, "duty.x", at=IN_TIME)
    assert duty.receiver.unit_id == getattr(world, who).pk


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("coordinator@county", "县级统筹单位科普部"),
        ("unit:NOBODY", "NOBODY科普部"),
        ("caller", "国家科幻办科普部"),
        ("line:education@city", "市级主管单位（education）科普部"),
    ],
)
def test_a_receiver_that_the_system_does_not_have_is_shown_by_its_name(world, to, words):
    a_clause(
        Notice.objects.get(), "X", "duty", {"what": "x", "title": "表", "to": to, "desk": "科普部"}, audience=TOWNS
    )  # fmt: skip
    Clause.objects.filter(code="X").update(caller="国家科幻办")
    duty = duty_for(world.town_office, world.season, "duty.x", at=IN_TIME)
    assert (duty.receiver.unit_id, str(duty.receiver)) == (None, words)


def test_the_issuer_of_a_notice_that_is_no_unit_is_shown_by_its_name(world):
    Notice.objects.update(issuer_unit=None)
    assert duty_for(world.town_office, world.season, SUMMARY, at=IN_TIME).receiver == Receiver("东莞市科协")


def test_the_caller_is_another_than_the_issuer(world):
    a_clause(Notice.objects.get(), "X", "duty", {"what": "x", "title": "表", "to": "caller"}, audience=TOWNS)
    Clause.objects.filter(code="X").update(caller=world.nation_office.name)
    duty = duty_for(world.town_office, world.season, "duty.x", at=IN_TIME)
    assert duty.receiver.unit_id == world.nation_office.pk


def test_the_head_of_a_line_is_found_where_there_is_just_one(world):
    education = a_line("education", "教育")
    bureau = a_unit(world.city, "市教育局", kind="department", line=education)
    a_clause(
        Notice.objects.get(),
        "X",
        "duty",
        {"what": "x", "title": "表", "to": "line:education@city"},
        audience=TOWNS,
    )
    assert duty_for(world.town_office, world.season, "duty.x", at=IN_TIME).receiver.unit_id == bureau.pk


def test_a_desk_that_names_its_house_is_not_named_twice():
    assert str(Receiver("市科协", None, "市科协科普部")) == "市科协科普部"


def test_dates_that_count_from_windows_and_from_the_notice_are_resolved(world):
    notice = a_notice(world.season, world.city, "more", in_force_at=china(2023, 9, 4))
    a_clause(
        notice,
        "W",
        "window",
        {"code": "week", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}},
    )
    for code, due in (
        ("a", {"days": 3, "after": "window.week.end"}), ("b", {"working_days": 5, "after": "notice_issued"}),
        ("c", {"reference": "另行通知", "outer": "2023-10-10"}), ("d", {"reference": "另行通知"}),
    ):  # fmt: skip
        a_clause(notice, code, "duty", {"what": code, "title": "表", "due": due}, audience=TOWNS)
    found = {
        d.key[-1]: (d.due.date().isoformat() if d.due else None, d.is_settled)
        for d in duties_for(world.town_office, world.season, at=IN_TIME)
    }
    assert {k: found[k] for k in "abcd"} == {
        "a": ("2023-09-26", True), "b": ("2023-09-11", True), "c": ("2023-10-10", False), "d": (None, False)
    }  # fmt: skip


@pytest.mark.parametrize("towns", [1, 3])
def test_the_inbox_shows_what_waits_the_longest_waiting_first(world, towns, django_assert_num_queries):
    units = more_towns(world)[:towns]
    for hours, unit in enumerate(units):
        actions.hand_in_return(
            unit, world.season, PLAN, sections=HEADING, rows=[ROW], parts=SEALED, by=a_coordinator(unit), at=china(2023, 9, 5, 20 - hours)
        )  # fmt: skip
    a_return(world, State.ACCEPTED)
    with django_assert_num_queries(1):
        waiting = [row.unit.name for row in queries.inbox(world.reviewer).items]
    assert waiting == [unit.name for unit in reversed(units)]
    assert queries.inbox(world.town_coordinator).items == []


def test_who_has_not_answered_is_paged_by_place_in_one_query(world, django_assert_num_queries):
    towns = more_towns(world)
    a_return(world, State.DRAFTING)
    a_unit(towns[0].place, "虎门中学", kind="school")
    for unit, state in zip(towns, (State.HANDED_IN, State.RETURNED, State.RELEASED), strict=True):
        world.town_office, world.town_coordinator = unit, a_coordinator(unit)
        a_return(world, state)
    by = world.coordinator

    def page(cursor=""):
        return queries.outstanding(
            world.season, PLAN, world.city.path, actor=by, at=LATE, cursor=cursor, size=1
        )

    with django_assert_num_queries(1):
        first = page()
    second = page(first.next)
    assert [(u.name, u.return_state) for p in (first, second) for u in p.items] == [
        ("长安镇科协", "returned"), ("石龙镇科协", "drafting")
    ]  # fmt: skip
    assert second.next == ""
    assert queries.outstanding(world.season, "duty.poem", world.city.path, actor=by, at=LATE).items == []


def test_who_has_not_answered_elsewhere_is_nobodys_business(world):
    more_towns(world)
    shenzhen = a_place("440300", "深圳市", kind="city", parent=world.province)
    stranger = a_coordinator(a_unit(shenzhen, "深圳市科协", coordinates=[shenzhen]))
    seen = {
        name: [u.name for u in queries.outstanding(world.season, PLAN, "/", actor=actor, at=LATE).items]
        for name, actor in (("stranger", stranger), ("town", world.town_coordinator), ("school", world.filer))
    }
    assert seen == {"stranger": [], "town": ["石龙镇科协"], "school": []}


@pytest.mark.parametrize("state", [State.DRAFTING, State.HANDED_IN, State.RELEASED])
def test_a_return_is_seen_by_its_unit_its_receiver_and_those_above_once_handed_in(world, state, system):
    row = a_return(world, state)
    shenzhen = a_place("440300", "深圳市", kind="city", parent=world.province)
    stranger = a_unit(shenzhen, "深圳市科协", coordinates=[shenzhen])
    line = a_line("health")
    people = {
        "town filer": an_actor(world.town_office),
        "school filer": world.filer,
        "city filer": an_actor(world.city_office),
        "city reviewer": world.reviewer,
        "province coordinator": a_coordinator(world.province_office),
        "nation auditor": an_actor(world.nation_office, Role.AUDITOR, places=[world.nation]),
        "stranger": a_coordinator(stranger),
        "line coordinator": an_actor(stranger, Role.COORDINATOR, lines=[line]),
        "system": system,
    }
    seen = {
        name for name, actor in people.items() if queries.returns_in_scope(actor).filter(pk=row.pk).exists()
    }
    above = {"city reviewer", "province coordinator", "nation auditor", "city filer"}
    assert seen == {"town filer", "system"} | (set() if state is State.DRAFTING else above)


def test_the_table_of_an_area_goes_up_as_it_was_handed_in(world, django_assert_num_queries):
    a_return(world)
    with django_assert_num_queries(1):
        rows = queries.handed_in(world.season, PLAN, world.city.path, actor=world.coordinator).items
        assert [(row.unit.name, row.rows) for row in rows] == [("石龙镇科协", [ROW])]
    assert queries.handed_in(world.season, PLAN, world.city.path, actor=world.filer).items == []


def test_versions_come_newest_first(world):
    row = a_return(world)
    actions.amend_return(
        row,
        sections=HEADING,
        rows=[ROW],
        parts=SEALED,
        by=world.town_coordinator,
        at=LATE,
        expected_version=1,
    )
    assert [v.number for v in queries.versions_of(Return.objects.get())] == [2, 1]
