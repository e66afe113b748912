"""Handing in and what follows: whole acts, late marked, two tabs, versions kept, the right people only."""

import pytest
from django.utils.translation import override

from kepu.core import audit, tallies
from kepu.core.models import OutboxRow
from kepu.core.refusals import GateClosed, Incomplete, NotAllowed, StaleState
from kepu.notices.models import Notice, Season
from kepu.orgs.models import Role
from kepu.returns import actions, rules
from kepu.returns.models import Return, ReturnVersion
from kepu.returns.workflow import TRANSITIONS, Event, State
from tests.factories.activities import an_activity, with_roles
from tests.factories.notices import a_clause, china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor
from tests.factories.returns import (
    HEADING,
    IN_TIME,
    LATE,
    OWN_SUMMARY,
    PLAN,
    ROW,
    SEALED,
    SUMMARY,
    TOWNS,
    a_return,
    loaded,
)

pytestmark = pytest.mark.django_db
TABLE = {"sections": HEADING, "rows": [ROW], "parts": SEALED}


@pytest.fixture
def world(standing_reporting_world):
    return standing_reporting_world


def hand_in(world, duty=PLAN, *, by=None, at=IN_TIME, expected_version=0, **content):
    return actions.hand_in_return(
        world.town_office, world.season, duty, **(content or TABLE), by=by or world.town_coordinator, at=at,
        expected_version=expected_version,
    )  # fmt: skip


def messages():
    return list(OutboxRow.objects.order_by("pk").values_list("payload__kind", "payload__unit_id"))


def measures(world):
    counts = tallies.in_place(world.season.pk, "/")
    return {m.removeprefix("return."): n for (m, facet), n in counts.items() if facet == PLAN and n}


def test_handing_in_keeps_content_clause_figures_and_a_frozen_copy_and_tells_the_city(world):
    row = loaded(hand_in(world, **TABLE, channels=["oa_mailbox"]))

    assert (row.state, row.version, row.handed, row.late, row.handed_in_at) == (
        State.HANDED_IN,
        1,
        1,
        False,
        IN_TIME,
    )
    assert (row.title, row.receiver, row.receiver_name) == (
        "分会场活动表",
        world.city_office,
        "东莞市科协科普部",
    )
    assert (row.notice_code, row.clause_code, row.cite) == ("dg", "DG-43", "东科协〔2023〕17号 六（一）")
    assert (row.due_at, row.due_words) == (
        china(2023, 9, 8, 23, 59).replace(second=59, microsecond=999999),
        "2023年9月8日",
    )
    assert (row.sections, row.rows, row.parts, row.channels) == (HEADING, [ROW], SEALED, ["oa_mailbox"])
    assert row.rules.content[PLAN]["clause"] == "DG-43"
    version = row.versions.get()
    assert (version.number, version.content["rows"], version.person_id) == (
        1,
        [ROW],
        world.town_coordinator.person_id,
    )
    trace = audit.of(row).get()
    assert (trace.event, trace.detail["before"], trace.detail["digest"]) == (
        Event.HANDED_IN,
        "open",
        version.digest,
    )
    assert messages() == [("return.handed_in", world.city_office.pk)]
    assert measures(world) == {"handed_in": 1}


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (china(2023, 9, 8, 23, 59), False),
        (china(2023, 9, 9, 0, 0), True),
        (china(2023, 12, 1), True),
    ],
)
def test_the_last_day_lasts_to_its_end_in_china_and_late_is_accepted_and_marked(world, at, late):
    row = loaded(hand_in(world, at=at))
    assert (row.state, row.late) == (State.HANDED_IN, late)
    assert measures(world) == {"handed_in": 1} | ({"late": 1} if late else {})


def test_a_notice_younger_than_its_own_deadline_is_judged_from_the_day_it_came(world):
    Notice.objects.update(in_force_at=china(2023, 9, 12, 10))
    Season.objects.update(edition=2)
    world.season.refresh_from_db()
    assert not hand_in(world, at=china(2023, 9, 12, 23)).late


def test_what_is_not_yet_open_is_refused_with_its_clause_and_may_be_drafted(world):
    early = china(2023, 8, 31, 23, 59)
    with pytest.raises(GateClosed) as refusal:
        hand_in(world, SUMMARY, sections={"text": "总结"}, parts={"sealed_scan": "1"}, at=early)
    assert str(refusal.value) == "“科普日活动总结材料”从2023年9月1日起报送，现在还不能报。可以先写好保存。"
    assert refusal.value.reasons[0].clause_id == "DG-59"
    draft = actions.save_return(
        world.town_office,
        world.season,
        SUMMARY,
        sections={"text": "总结"},
        by=world.town_coordinator,
        at=early,
    )
    assert (draft.state, draft.version) == (State.DRAFTING, 1)


def test_missing_parts_and_columns_are_all_named_with_their_clauses_and_nothing_is_kept(world):
    row = {**ROW, "outline": "讲" * 301, "contact": " "}
    with pytest.raises(Incomplete) as refusal:
        hand_in(world, rows=[row], sections={}, parts={})
    assert [(r.field, str(r), r.clause_id) for r in refusal.value.reasons] == [
        ("sections.unit_name", "请填写“单位名称”。", "DG-66"),
        ("rows.0.outline", "第1行：“活动概述”限300字以内，现在有301字。", "DG-66"),
        ("rows.0.contact", "第1行：请填写“联系人、联系电话”。", "DG-66"),
        ("parts.sealed_pdf", "还缺“盖章PDF版”。请写明它的编号，或交到了哪里。", "DG-43"),
    ]
    assert {r.clause for r in refusal.value.reasons} == {
        "东科协〔2023〕17号 附件",
        "东科协〔2023〕17号 六（一）",
    }
    assert (Return.objects.count(), OutboxRow.objects.count(), measures(world)) == (0, 0, {})


def test_blanks_are_not_counted_as_characters(world):
    assert (
        hand_in(world, sections=HEADING, rows=[{**ROW, "outline": "讲 座\n" * 150}], parts=SEALED).state
        == State.HANDED_IN
    )


def test_the_electronic_copy_is_the_record_itself_but_an_empty_one_is_none(world):
    with pytest.raises(Incomplete) as refusal:
        hand_in(world, SUMMARY, parts={"sealed_scan": "2023-7"})
    assert [(r.field, r.clause_id) for r in refusal.value.reasons] == [("parts.electronic", "DG-59")]
    assert hand_in(world, SUMMARY, sections={"text": "总结"}, parts={"sealed_scan": "2023-7"}).parts == {
        "sealed_scan": "2023-7"
    }


def test_a_channel_that_the_notice_does_not_name_is_refused(world):
    with pytest.raises(Incomplete) as refusal:
        hand_in(world, **TABLE, channels=["pigeon"])
    assert refusal.value.reasons[0].field == "channels"


def test_handing_in_from_two_tabs_counts_once(world):
    hand_in(world)
    with pytest.raises(StaleState):
        hand_in(world)
    assert (ReturnVersion.objects.count(), measures(world), len(messages())) == (1, {"handed_in": 1}, 1)


def test_of_two_tabs_with_the_same_draft_the_second_is_told(world):
    a_return(world, State.DRAFTING)
    hand_in(world, expected_version=1)
    with pytest.raises(StaleState):
        hand_in(world, expected_version=1)
    assert (loaded(Return.objects.get()).version, ReturnVersion.objects.count()) == (2, 1)


def test_a_row_that_moved_between_reading_and_writing_is_not_moved_again(world):
    row = a_return(world)
    mine, theirs = loaded(row), loaded(row)
    actions.accept_return(theirs, by=world.coordinator, at=LATE)
    with pytest.raises(StaleState):
        actions.return_return(mine, reason="再看", by=world.coordinator, at=LATE)
    assert (loaded(row).state, measures(world)) == (State.ACCEPTED, {"handed_in": 1, "accepted": 1})


def test_amending_keeps_every_version_and_the_time_of_the_first(world):
    row = loaded(a_return(world))
    better = {**ROW, "outline": "讲座、展览、研学，面向全镇。"}
    actions.amend_return(
        row, sections=HEADING, rows=[better], parts=SEALED, note="补充一场活动", by=world.town_coordinator, at=LATE,
        expected_version=1,
    )  # fmt: skip
    row = loaded(row)
    assert (row.state, row.version, row.handed, row.late) == (State.HANDED_IN, 2, 2, False)
    assert (row.handed_in_at, row.amended_at) == (IN_TIME, LATE)
    kept = [(v.number, v.content["rows"], v.note) for v in row.versions.order_by("number")]
    assert kept == [(1, [ROW], ""), (2, [better], "补充一场活动")]
    assert [trace.event for trace in audit.of(row)] == [Event.HANDED_IN, Event.AMENDED]
    assert measures(world) == {"handed_in": 1}


def test_what_was_accepted_goes_back_to_its_receiver_when_it_is_amended(world):
    row = loaded(a_return(world, State.ACCEPTED))
    actions.amend_return(row, **TABLE, by=world.town_coordinator, at=LATE, expected_version=row.version)
    row = loaded(row)
    assert (row.state, row.accepted_at, measures(world)) == (State.HANDED_IN, None, {"handed_in": 1})


def test_amending_from_an_older_page_is_refused(world):
    row = loaded(a_return(world, State.ACCEPTED))
    with pytest.raises(StaleState):
        actions.amend_return(row, **TABLE, by=world.town_coordinator, at=LATE, expected_version=1)


def test_a_version_is_written_once(world):
    version = a_return(world).versions.get()
    for change in (version.save, version.delete):
        with pytest.raises(TypeError):
            change()


def test_sent_back_with_a_reason_and_handed_in_again_it_is_no_later_than_before(world):
    row = a_return(world, State.RETURNED)
    assert (row.reason, messages()[-1], measures(world)) == (
        "缺活动形式", ("return.returned", world.town_office.pk), {"handed_in": 1, "returned": 1}
    )  # fmt: skip
    again = loaded(hand_in(world, at=LATE, expected_version=2))
    assert (again.state, again.late, again.handed_in_at, again.reason, again.handed) == (
        State.HANDED_IN,
        False,
        IN_TIME,
        "",
        2,
    )
    assert measures(world) == {"handed_in": 1}


def test_what_was_sent_back_is_worked_on_without_losing_what_was_handed_in(world):
    a_return(world, State.RETURNED)
    draft = actions.save_return(
        world.town_office, world.season, PLAN, rows=[], by=world.town_coordinator, at=LATE, expected_version=2
    )
    assert (draft.state, draft.rows, draft.versions.get().content["rows"]) == (State.RETURNED, [], [ROW])


@pytest.mark.parametrize("reason", ["", "  ", "长" * 2001])
def test_sending_back_needs_a_reason_of_some_length(world, reason):
    row = a_return(world)
    with pytest.raises(Incomplete) as refusal:
        actions.return_return(row, reason=reason, by=world.coordinator, at=LATE)
    assert refusal.value.reasons[0].field == "reason"


def test_accepting_gives_the_unit_its_receipt(world):
    row = a_return(world, State.ACCEPTED)
    assert (loaded(row).accepted_at, messages()[-1]) == (IN_TIME, ("return.accepted", world.town_office.pk))


def test_a_released_unit_may_still_hand_in(world):
    a_return(world, State.RELEASED)
    assert measures(world) == {"released": 1}
    row = loaded(hand_in(world, at=LATE, expected_version=1))
    assert (row.state, row.late, row.released_at, measures(world)) == (
        State.HANDED_IN,
        True,
        None,
        {"handed_in": 1, "late": 1},
    )


def test_what_was_handed_in_cannot_be_released(world):
    a_return(world)
    with pytest.raises(NotAllowed) as refusal:
        a_return(world, State.RELEASED)
    assert str(refusal.value) == "“分会场活动表”已经报送，不用再免除。"


def test_a_city_keeps_its_own_summary_without_handing_it_to_itself(world):
    row = actions.hand_in_return(
        world.city_office,
        world.season,
        OWN_SUMMARY,
        sections={"text": "全市总结"},
        by=world.coordinator,
        at=LATE,
    )
    assert (loaded(row).state, messages(), loaded(row).handed) == (State.ACCEPTED, [], 1)


def test_a_receiver_that_is_not_in_the_system_is_shown_by_its_name_and_the_coordinator_above_takes_it_in(
    world,
):
    notice = Notice.objects.get()
    a_clause(
        notice,
        "X-1",
        "duty",
        {"what": "history", "title": "历史图片", "to": "unit:CAST-KP", "desk": "科普部"},
        audience=TOWNS,
    )
    world.season.refresh_from_db()
    row = hand_in(world, "duty.history", sections={"text": "三张"})
    assert (row.receiver_id, row.receiver_name, messages()) == (None, "CAST-KP科普部", [])
    with pytest.raises(NotAllowed):
        actions.accept_return(row, by=world.town_coordinator, at=LATE)
    assert actions.accept_return(row, by=world.coordinator, at=LATE).state == State.ACCEPTED


def test_a_duty_that_no_notice_lays_on_the_unit_is_refused(world):
    with pytest.raises(NotAllowed) as refusal:
        hand_in(world, "duty.poem")
    assert str(refusal.value) == "现在没有通知要求“石龙镇科协”报送这一项。"


def test_a_closed_season_takes_nothing_more(world):
    world.season.is_open = False
    with pytest.raises(NotAllowed):
        hand_in(world)


def test_what_is_kept_is_in_the_language_of_the_notice_whoever_hands_in(world):
    a_clause(
        Notice.objects.get(),
        "X",
        "duty",
        {"what": "x", "title": "表", "to": "coordinator@county", "due": {"date": "2023-09-08"}},
        audience=TOWNS,
    )
    with override("en"):
        row = hand_in(world, "duty.x", sections={"text": "三张"})
    assert (row.receiver_name, row.due_words) == ("县级统筹单位", "2023年9月8日")


def test_text_that_no_database_takes_is_cleaned(world):
    row = hand_in(world, sections=HEADING, rows=[{**ROW, "outline": "讲\0座"}], parts=SEALED)
    assert loaded(row).rows[0]["outline"] == "讲座"


ACTS = {
    "save": lambda w, row, by: actions.save_return(
        w.town_office, w.season, PLAN, rows=[ROW], by=by, at=LATE, expected_version=row.version if row else 0
    ),
    "hand in": lambda w, row, by: hand_in(w, by=by, expected_version=row.version if row else 0),
    "amend": lambda w, row, by: actions.amend_return(
        row, **TABLE, by=by, at=LATE, expected_version=row.version
    ),
    "send back": lambda w, row, by: actions.return_return(row, reason="补", by=by, at=LATE),
    "accept": lambda w, row, by: actions.accept_return(row, by=by, at=LATE),
    "release": lambda w, row, by: actions.release_duty(
        w.town_office, w.season, PLAN, reason="免", by=by, at=LATE
    ),
}
MAY = {
    "save": {"town filer", "town coordinator"},
    "hand in": {"town filer", "town coordinator"},
    "amend": {"town filer", "town coordinator"},
    "send back": {"city reviewer", "city coordinator", "system"},
    "accept": {"city reviewer", "city coordinator", "system"},
    "release": {"city coordinator", "province coordinator", "nation coordinator", "system"},
}


def people(world, system):
    other_city = a_place("440300", "深圳市", kind="city", parent=world.province)
    stranger = a_unit(other_city, "深圳市科协", coordinates=[other_city])
    return {
        "town filer": an_actor(world.town_office),
        "town coordinator": world.town_coordinator,
        "town reviewer": an_actor(world.town_office, Role.REVIEWER, places=[world.town]),
        "town evaluator": an_actor(world.town_office, Role.EVALUATOR, places=[world.town]),
        "school filer": world.filer,
        "city filer": an_actor(world.city_office),
        "city reviewer": world.reviewer,
        "city coordinator": world.coordinator,
        "city auditor": an_actor(world.city_office, Role.AUDITOR, places=[world.city]),
        "province coordinator": a_coordinator(world.province_office),
        "nation coordinator": a_coordinator(world.nation_office),
        "stranger": with_roles(stranger, *Role, places=[other_city]),
        "system": system,
    }


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_open_to_the_right_people_and_to_nobody_else(world, system, act):
    may = set()
    everybody = people(world, system)
    for name, person in everybody.items():
        ReturnVersion.objects.all()._raw_delete("default")
        Return.objects.all().delete()
        row = None if act in ("save", "hand in", "release") else loaded(a_return(world))
        try:
            ACTS[act](world, row, person)
        except NotAllowed:
            continue
        may.add(name)
    assert may == MAY[act]


def test_who_may_is_also_a_question(world, system):
    row = loaded(a_return(world))
    may = {name for name, person in people(world, system).items() if rules.can_receive(person, row)}
    assert may == MAY["accept"]


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_the_table_of_moves_is_what_the_acts_allow(world, state):
    row = loaded(a_return(world, state))
    moves = {
        State.DRAFTING: lambda r: ACTS["save"](world, r, world.town_coordinator),
        State.HANDED_IN: lambda r: ACTS["hand in"](world, r, world.town_coordinator),
        State.RETURNED: lambda r: ACTS["send back"](world, r, world.coordinator),
        State.ACCEPTED: lambda r: ACTS["accept"](world, r, world.coordinator),
    }
    reached = set()
    for to, move in moves.items():
        ReturnVersion.objects.all()._raw_delete("default")
        Return.objects.all().delete()
        again = loaded(a_return(world, state))
        try:
            reached.add(State(move(again).state))
        except (NotAllowed, StaleState):
            continue
        assert to in TRANSITIONS[state] or to is State.DRAFTING
    assert row.state == state
    assert reached - {state} <= TRANSITIONS[state]


@pytest.mark.parametrize("state", [s for s in State if s is not State.OPEN])
def test_tallies_agree_with_a_recount_in_every_state(world, state):
    a_return(world, state)
    an_activity(world)
    assert (tallies.verify(), list(audit.verify())) == ([], [])
    tallies.fold()
    assert tallies.verify() == []


@pytest.mark.parametrize(
    ("limits", "text", "sentence"),
    [
        ({"max_chars": 10}, "做得很好", "《单位总结》各部分合计最多10个字，现在有12个字。请删减。"),
        ({"min_chars": 14}, "做得很好", "《单位总结》各部分合计至少14个字，现在有12个字。请补充。"),
        ({"min_chars": 12, "max_chars": 12}, "做得很好", ""),
    ],
)
def test_a_text_in_parts_is_held_to_its_length_as_a_whole(world, limits, text, sentence):
    notice = Notice.objects.get(code="dg")
    columns = [{"code": code, "title": code, "type": "long_text"} for code in ("done", "effect", "next")]
    form = {"code": "own_summary", "title": "单位总结", "object": "document", "columns": columns, **limits}
    a_clause(notice, "DG-61", "form", form, number="附件2")
    duty = notice.clauses.get(code="DG-59")
    duty.params = {**duty.params, "form": "own_summary"}
    duty.save()
    given = {"sections": dict.fromkeys(("done", "effect", "next"), text), "parts": {"sealed_scan": "2023-7"}}
    if not sentence:
        assert hand_in(world, SUMMARY, **given).sections == given["sections"]
        return
    with pytest.raises(Incomplete) as refusal:
        hand_in(world, SUMMARY, **given)
    [reason] = refusal.value.reasons
    assert (str(reason.sentence), reason.clause_id, reason.field) == (sentence, "DG-61", "sections")
    assert not Return.objects.exists()
