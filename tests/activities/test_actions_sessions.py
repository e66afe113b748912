"""One session of several is cancelled or moved; the others go ahead."""

import pytest

from kepu.activities.actions import (
    approve_change,
    cancel_sessions,
    change_activity,
    move_session,
    postpone_activity,
)
from kepu.activities.models import Publication
from kepu.activities.sessions import sessions_of
from kepu.activities.showing import SHOWN
from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed
from tests.factories.activities import PUBLISHED, an_activity, events_of, loaded, told, trace_of
from tests.factories.notices import china
from tests.factories.orgs import a_unit

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 15)


@pytest.fixture
def world(standing_world):
    return standing_world


def a_tour(world, state=State.PUBLISHED, **changes):
    """Three stops, on the 17th, 18th and 20th."""
    stops = [
        {"code": f"s{n}", "title": f"第{n}站", "starts_at": china(2023, 9, day, 9), "ends_at": china(2023, 9, day, 11), "venue": f"{n}村"}
        for n, day in enumerate((17, 18, 20), start=1)
    ]  # fmt: skip
    return an_activity(world, state, arrangement="tour", sessions=stops, **changes)


def standing(activity):
    return [(one["code"], one.get("status", ""), one.get("words", "")) for one in loaded(activity).sessions]


def test_one_is_cancelled_and_the_activity_begins_with_the_next(world):
    activity = a_tour(world)
    cancel_sessions(activity, codes=["s1"], reason="高温", by=world.filer, at=AT)
    row, copy = loaded(activity), Publication.objects.get()
    assert standing(activity) == [("s1", "cancelled", "高温"), ("s2", "", ""), ("s3", "", "")]
    assert (row.state, row.starts_at, row.ends_at) == (
        State.PUBLISHED,
        china(2023, 9, 18, 9),
        china(2023, 9, 20, 11),
    )
    assert (copy.status, copy.status_words, copy.version, copy.starts_at) == (
        "changed",
        "高温",
        2,
        row.starts_at,
    )
    assert (events_of(activity)[-1], trace_of(activity)[-1][2]["sessions"]) == ("sessions_cancelled", ["s1"])
    assert tallies.verify() == []


def test_everybody_concerned_reads_which_one_and_why_once(world):
    partner = a_unit(world.town, "石龙镇文化站")
    activity = a_tour(world, undertakers=["石龙镇文化站", "没有登记的单位"], co_hosts=["石龙镇文化站"])
    before = OutboxRow.objects.count()
    cancel_sessions(activity, codes=["s1"], reason="高温", by=world.town_coordinator, at=AT)
    subject = "取消1场，其余照常：走进中医药"
    units = [world.school.pk, world.city_office.pk, partner.pk]
    assert told()[-3:] == [(unit, "session_cancelled", subject) for unit in units]
    written = OutboxRow.objects.order_by("id")[before:]
    rows = [row.payload for row in written if row.kind != SHOWN]
    assert {row["body"] for row in rows} == {"原因：高温。\n不办的：9月17日09:00 第1站 1村"}
    assert [row["link"] for row in rows] == [f"/workspace/activities/{activity.pk}/"] * 2 + [
        f"/activities/{activity.pk}/"
    ]


def test_what_is_cancelled_stays_so_and_twice_is_once(world):
    activity = a_tour(world)
    for _ in range(2):
        cancel_sessions(activity, codes=["s1", "s1"], reason="高温", by=world.filer, at=AT)
    assert events_of(activity).count("sessions_cancelled") == 1


def test_the_last_one_is_the_activity_itself(world):
    activity = a_tour(world)
    with pytest.raises(Incomplete, match="请用“取消活动”"):
        cancel_sessions(activity, codes=["s1", "s2", "s3"], reason="高温", by=world.filer, at=AT)
    assert standing(activity) == [("s1", "", ""), ("s2", "", ""), ("s3", "", "")]


def test_one_is_moved_and_lasts_as_long_as_before(world):
    activity = a_tour(world)
    move_session(
        activity,
        code="s1",
        reason="场地停电",
        starts_at=china(2023, 9, 22, 14),
        venue="镇文化馆",
        by=world.filer,
        at=AT,
    )
    session = next(one for one in sessions_of(loaded(activity)) if one.code == "s1")
    assert (session.ends_at, session.venue, session.status, session.words) == (
        china(2023, 9, 22, 16), "镇文化馆", "moved", "场地停电",
    )  # fmt: skip
    assert loaded(activity).ends_at == china(2023, 9, 22, 16)
    body = OutboxRow.objects.order_by("id").last().payload["body"]
    assert body == "原因：场地停电。\n由9月17日09:00 第1站 1村改为9月22日14:00 第1站 镇文化馆。"


def test_a_cancelled_one_that_is_moved_takes_place_again(world):
    activity = a_tour(world)
    cancel_sessions(activity, codes=["s1"], reason="高温", by=world.filer, at=AT)
    move_session(activity, code="s1", reason="天凉了", starts_at=china(2023, 9, 19, 9), by=world.filer, at=AT)
    assert standing(activity)[0] == ("s1", "moved", "天凉了")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reason": ""}, "请写明改期的原因"),
        ({"code": "s9"}, "没有这一场"),
        ({"starts_at": PUBLISHED}, "新的开始时间要在现在以后"),
        ({"ends_at": china(2023, 9, 19, 8)}, "结束时间要晚于开始时间"),
        ({"venue": "长" * 121}, "最多120个字"),
    ],
)
def test_what_cannot_be_is_told(world, given, sentence):
    typed = {"code": "s1", "reason": "停电", "starts_at": china(2023, 9, 19, 9), **given}
    with pytest.raises(Incomplete, match=sentence):
        move_session(a_tour(world), **typed, by=world.filer, at=AT)


def test_who_may(world):
    activity = a_tour(world)
    with pytest.raises(NotAllowed):
        cancel_sessions(activity, codes=["s1"], reason="高温", by=world.reviewer, at=AT)
    with pytest.raises(NotAllowed, match="只有一场"):
        cancel_sessions(
            an_activity(world, State.PUBLISHED), codes=["s1"], reason="高温", by=world.filer, at=AT
        )
    with pytest.raises(NotAllowed, match="已发布、还没有举办"):
        cancel_sessions(a_tour(world, State.APPROVED), codes=["s1"], reason="高温", by=world.filer, at=AT)


def test_a_form_that_sends_the_sessions_back_does_not_revive_what_is_cancelled(world):
    activity = a_tour(world)
    cancel_sessions(activity, codes=["s1"], reason="高温", by=world.filer, at=AT)
    sent = [
        {key: one[key] for key in ("code", "title", "starts_at", "ends_at", "venue")}
        for one in activity.sessions
    ]
    sent[1]["title"] = "第二站"
    change_activity(activity, changes={"sessions": sent}, by=world.filer, at=AT)
    approve_change(activity, by=world.reviewer, at=AT)
    assert (standing(activity)[0], loaded(activity).sessions[1]["title"]) == (
        ("s1", "cancelled", "高温"),
        "第二站",
    )


def test_a_proposal_about_the_sessions_falls_and_another_goes_on_waiting(world):
    activity = a_tour(world)
    sent = [{**one, "venue": "新地方"} for one in activity.sessions]
    change_activity(activity, changes={"sessions": sent}, by=world.filer, at=AT)
    cancel_sessions(activity, codes=["s1"], reason="高温", by=world.coordinator, at=AT)
    assert (loaded(activity).state, bool(activity.proposed)) == (State.PUBLISHED, True)

    other = a_tour(world)
    change_activity(other, changes={"main_venue": True}, by=world.filer, at=AT)
    cancel_sessions(other, codes=["s1"], reason="高温", by=world.coordinator, at=AT)
    assert loaded(other).state == State.CHANGED
    approve_change(other, by=world.reviewer, at=AT)
    assert (standing(other)[0][1], loaded(other).main_venue) == ("cancelled", True)


def test_postponing_the_whole_moves_every_session_by_as_much(world):
    activity = a_tour(world)
    postpone_activity(activity, reason="台风", starts_at=china(2023, 9, 24, 9), by=world.filer, at=AT)
    assert [one.starts_at for one in sessions_of(loaded(activity))] == [
        china(2023, 9, 24, 9), china(2023, 9, 25, 9), china(2023, 9, 27, 9),
    ]  # fmt: skip
    assert activity.ends_at == china(2023, 9, 27, 11)
