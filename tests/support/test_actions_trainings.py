"""A training is announced to those it is for, has never more people than seats, and its changes reach who signed up."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Sum

from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from kepu.orgs.models import Role
from kepu.support.actions import Plan, announce_training, cancel_training, change_training, sign_up
from kepu.support.actions.telling import tell_units
from kepu.support.models import SignUp, Training
from kepu.support.queries import our_sign_ups, sign_ups, trainings_ahead, trainings_past
from tests.conftest import NOON
from tests.factories.orgs import a_unit, an_actor
from tests.support.conftest import events

STARTS = NOON + timedelta(days=7)
PLAN = Plan(
    "填报培训", STARTS, STARTS + timedelta(hours=2), NOON + timedelta(days=5), venue="市科学馆", link="https://meeting.example.cn/1", cap=3
)  # fmt: skip


def announced(desk, plan=PLAN, **more):
    return announce_training(desk.city.place, plan, by=desk.city_office, at=NOON, **more)


def test_those_below_hear_of_it_once_and_it_stands_before_them(desk, worked):
    training = announced(desk)
    told = worked()
    assert [(unit, kind) for unit, kind, _s in told] == [
        ("石龙镇科协", "training.announced"),
        ("石龙中学", "training.announced"),
    ]
    assert told[0][2] == "培训：填报培训（2023年9月8日 12:00）"
    assert trainings_ahead(desk.teacher, at=NOON).items == [training]
    assert trainings_ahead(desk.city_office, at=NOON).items == [training]
    assert trainings_ahead(desk.province_office, at=NOON).items == []
    assert trainings_past(desk.teacher, at=PLAN.ends_at).items == [training]


def test_kinds_of_unit_choose_who_hears_of_it_and_who_may_come(desk, worked):
    training = announced(desk, kinds=("school",))
    assert [unit for unit, _k, _s in worked()] == ["石龙中学"]
    with pytest.raises(NotAllowed, match="不是给贵单位这类单位办的"):
        sign_up(training, 1, by=desk.town_office, at=NOON)
    with pytest.raises(Incomplete):
        announced(desk, kinds=("circus",))


def test_a_county_is_told_in_batches_and_nobody_twice(desk, monkeypatch, worked):
    monkeypatch.setattr("kepu.support.actions.telling.AT_ONCE", 2)
    for _i in range(4):
        a_unit(desk.town.place)
    training = announced(desk)
    assert len(worked()) == 6
    assert tell_units(training_id=training.pk, version=1, what="announced", after=0, at=NOON) == 2
    assert len(worked()) == 6


def test_a_change_while_it_is_announced_keeps_nobody_from_hearing_of_it(desk, worked):
    training = announced(desk)
    change_training(training, replace(PLAN, venue="市图书馆"), by=desk.city_office, at=NOON)
    assert {kind for _u, kind, _s in worked()} == {
        "training.announced"
    }  # nobody had signed up for the change to reach


def test_seats_are_taken_given_back_and_never_overrun(desk):
    training = announced(desk)
    assert sign_up(training, 2, by=desk.teacher, at=NOON) == 2
    with pytest.raises(NotAllowed, match=r"只剩 1 个名额。要加人，请联系“东莞市科协”。"):
        sign_up(training, 2, by=desk.town_office, at=NOON)
    assert sign_up(training, 1, by=desk.town_office, at=NOON) == 3
    with pytest.raises(NotAllowed, match="名额已满"):
        sign_up(training, 3, by=desk.teacher, at=NOON)
    assert sign_up(training, 1, by=desk.teacher, at=NOON) == 2
    assert sign_up(training, 1, by=desk.teacher, at=NOON) == 2  # the same again is nothing new
    assert sign_up(training, 0, by=desk.teacher, at=NOON) == 1
    assert our_sign_ups(desk.town_office, [training]) == {training.pk: 1}
    assert [(one.unit.name, one.people) for one in sign_ups(training).items] == [("石龙镇科协", 1)]
    assert events()[1:] == ["training.signed_up"] * 3 + ["training.signed_off"]


def test_those_who_signed_up_are_told_of_changes_and_of_the_end(desk, worked):
    training = announced(desk)
    sign_up(training, 1, by=desk.teacher, at=NOON)
    change_training(
        training, replace(PLAN, venue="市图书馆"), expected_version=1, by=desk.city_office, at=NOON
    )
    worked()
    cancel_training(training, "台风。", by=desk.city_office, at=NOON)
    assert [one for one in worked() if one[0] == "石龙中学"][1:] == [
        ("石龙中学", "training.changed", "培训有变动：填报培训"),
        ("石龙中学", "training.cancelled", "培训取消：填报培训（原定2023年9月8日 12:00）"),
    ]
    assert not [one for one in worked() if one[0] == "石龙镇科协" and one[1] != "training.announced"]
    for act in (
        lambda: sign_up(training, 1, by=desk.town_office, at=NOON),
        lambda: cancel_training(training, "x", by=desk.city_office, at=NOON),
    ):
        with pytest.raises(StaleState):
            act()


def test_the_seats_are_not_cut_below_those_taken(desk):
    training = announced(desk)
    sign_up(training, 2, by=desk.teacher, at=NOON)
    with pytest.raises(Incomplete, match="已经有 2 人报名"):
        change_training(training, replace(PLAN, cap=1), by=desk.city_office, at=NOON)
    with pytest.raises(StaleState):
        change_training(training, PLAN, expected_version=7, by=desk.city_office, at=NOON)
    change_training(training, replace(PLAN, cap=None), by=desk.city_office, at=NOON)
    assert sign_up(training, 500, by=desk.teacher, at=NOON) == 500


def test_after_the_last_day_nobody_signs_up(desk):
    training = announced(desk)
    with pytest.raises(NotAllowed, match="报名已经截止"):
        sign_up(training, 1, by=desk.teacher, at=PLAN.sign_up_until)
    for by in (an_actor(desk.school, Role.AUDITOR), desk.province_office):
        with pytest.raises(NotAllowed):
            sign_up(training, 1, by=by, at=NOON)
    with pytest.raises(Incomplete):
        sign_up(training, -1, by=desk.teacher, at=NOON)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"), ({"starts_at": NOON}, "starts_at"), ({"ends_at": STARTS}, "ends_at"),
        ({"sign_up_until": STARTS + timedelta(minutes=1)}, "sign_up_until"), ({"venue": "", "link": ""}, "venue"),
        ({"link": "http://meeting.example.cn"}, "link"), ({"link": "https://192.168.0.1/"}, "link"), ({"link": "javascript:alert(1)"}, "link"),
        ({"cap": 0}, "cap"),
    ],
)  # fmt: skip
def test_a_plan_that_does_not_hold_is_refused_in_its_field(desk, changes, field):
    with pytest.raises(Incomplete) as refusal:
        announced(desk, replace(PLAN, **changes))
    assert field in [reason.field for reason in refusal.value.reasons]
    assert not Training.objects.exists()


def test_only_a_coordinator_of_the_place_announces_and_only_who_announced_changes(desk):
    with pytest.raises(NotAllowed):
        announce_training(desk.city.place, PLAN, by=desk.town_office, at=NOON)
    training = announced(desk)
    for by in (desk.province_office, desk.teacher, an_actor(desk.city, Role.REVIEWER)):
        with pytest.raises(NotAllowed, match="由“东莞市科协”的统筹岗位来改"):
            cancel_training(training, "x", by=by, at=NOON)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_many_who_sign_up_at_once_exactly_the_seats_are_filled(desk):
    training = announced(desk, replace(PLAN, cap=5))
    units = [a_unit(desk.town.place) for _i in range(8)]
    refused = []

    def go(actor):
        try:
            sign_up(Training.objects.get(pk=training.pk), 2, by=actor, at=NOON)
        except NotAllowed as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=go, args=[an_actor(unit)]) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    training.refresh_from_db()
    assert (training.taken, SignUp.objects.aggregate(n=Sum("people"))["n"], len(refused)) == (4, 4, 6)
