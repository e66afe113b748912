"""Many activities stopped for one cause: which are found, what becomes of each, and going on where it broke off."""

from datetime import date

import pytest

from kepu.activities.actions import cancel_activity, stop_each
from kepu.activities.models import Activity, Publication
from kepu.activities.stoppable import STOPPABLE_ORDER, Days, is_touched, stoppable, stopped
from kepu.activities.workflow import Cause, State
from kepu.core import tallies
from kepu.core.refusals import Incomplete, NotAllowed, StaleState
from tests.activities.test_actions_sessions import a_tour
from tests.factories.activities import AFTER, an_activity, loaded, trace_of
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_unit, an_actor

pytestmark = pytest.mark.django_db
AT = china(2023, 9, 16)
DAY = Days(date(2023, 9, 17), date(2023, 9, 17))


@pytest.fixture
def world(standing_world):
    return standing_world


def found(world, by=None, days=DAY, cause=Cause.HEAT, place=None):
    rows = stoppable(by or world.coordinator, world.season, (place or world.city).path, days, cause)
    return list(rows.order_by(*STOPPABLE_ORDER))


def stop(world, rows=None, **given):
    typed = {
        "cause": Cause.HEAT,
        "words": "连日高温，改日再办。",
        "days": DAY,
        "by": world.coordinator,
        "at": AT,
        **given,
    }
    return stop_each(found(world) if rows is None else rows, **typed)


def test_what_is_announced_on_the_days_is_found_and_nothing_else(world):
    announced = an_activity(world, State.PUBLISHED)
    changing = an_activity(world, State.CHANGED)
    for state in (State.APPROVED, State.CANCELLED, State.HELD):
        an_activity(world, state)
    an_activity(world, State.PUBLISHED, starts_at=china(2023, 9, 18), ends_at=china(2023, 9, 18, 12))
    ends_at_midnight = an_activity(
        world, State.PUBLISHED, starts_at=china(2023, 9, 15), ends_at=china(2023, 9, 17, 0)
    )
    online = an_activity(
        world, State.PUBLISHED, mode="online", venue="", online_link="https://live.example.cn/1"
    )
    assert found(world) == [announced, changing]
    assert found(world, cause=Cause.OTHER) == [announced, changing, online]
    assert ends_at_midnight not in found(world)


def test_only_what_lies_within_reach_as_coordinator(world):
    an_activity(world, State.PUBLISHED)
    elsewhere = a_place("510000", "四川省", kind="province", parent=world.nation)
    outsider = a_coordinator(a_unit(elsewhere, "四川省科协", coordinates=[elsewhere]))
    assert (len(found(world, world.town_coordinator, place=world.town)), found(world, outsider)) == (1, [])
    assert (
        found(world, world.town_coordinator),
        found(world, world.reviewer),
        found(world, world.filer),
    ) == ([], [], [])


def test_each_is_cancelled_in_an_act_of_its_own_with_the_cause_before_the_words(world):
    rows = [an_activity(world, State.PUBLISHED) for _ in range(2)]
    assert [refusal for _activity, refusal in stop(world)] == [None, None]
    assert [loaded(row).state for row in rows] == [State.CANCELLED] * 2
    assert set(Publication.objects.values_list("status_words", flat=True)) == {
        "因高温停办：连日高温，改日再办。"
    }
    assert (trace_of(rows[0])[-1][2]["cause"], tallies.verify()) == ("heat", [])
    assert list(stopped(world.coordinator, world.season, world.city.path, DAY).order_by("id")) == rows


def test_postponing_puts_it_off_until_its_host_tells_a_new_time(world):
    activity = an_activity(world, State.PUBLISHED)
    stop(world, postpone=True)
    row = loaded(activity)
    assert (row.state, row.time_pending, found(world)) == (State.POSTPONED, True, [])
    assert list(stopped(world.coordinator, world.season, world.city.path, DAY)) == [row]


def test_of_a_tour_only_the_stops_on_these_days_are_cancelled(world):
    tour = a_tour(world)
    stop(world, postpone=True)
    assert [one.get("status", "") for one in loaded(tour).sessions] == ["cancelled", "", ""]
    assert loaded(tour).state == State.PUBLISHED
    nineteenth = Days(date(2023, 9, 19), date(2023, 9, 19))
    assert (found(world, days=nineteenth), is_touched(tour, nineteenth)) == ([tour], False)
    whole = Days(date(2023, 9, 18), date(2023, 9, 20))
    stop(world, [loaded(tour)], days=whole)
    assert loaded(tour).state == State.CANCELLED  # none would be left


def test_one_that_is_refused_holds_up_no_other(world):
    rows = [an_activity(world, State.PUBLISHED) for _ in range(3)]
    cancel_activity(loaded(rows[1]), reason="自己取消", by=world.filer, at=AT)
    outcomes = stop(world, rows)
    assert [type(refusal) for _activity, refusal in outcomes] == [type(None), StaleState, type(None)]
    assert Activity.objects.filter(state=State.CANCELLED).count() == 3


def test_where_it_broke_off_doing_it_again_goes_on(world):
    rows = [an_activity(world, State.PUBLISHED) for _ in range(3)]
    stop(world, rows[:1])  # and the machine went down
    assert found(world) == rows[1:]
    stop(world)
    assert (
        found(world),
        [len([e for e, *_ in trace_of(row) if e == "activity.cancelled"]) for row in rows],
    ) == ([], [1, 1, 1])


def test_nothing_is_done_where_nothing_or_too_much_is_said(world):
    activity = an_activity(world, State.PUBLISHED)
    for words, sentence in (("  ", "请写明停办的原因"), ("热" * 500, "最多494个字，现在有500个字")):
        with pytest.raises(Incomplete, match=sentence):
            stop(world, words=words)
    assert loaded(activity).state == State.PUBLISHED


def test_for_another_reason_the_public_reads_the_words_alone(world):
    an_activity(world, State.PUBLISHED)
    stop(world, cause=Cause.OTHER, words="场馆检修")
    assert Publication.objects.get().status_words == "场馆检修"


def test_who_does_not_coordinate_there_stops_nothing(world):
    activity = an_activity(world, State.PUBLISHED)
    stranger = an_actor(world.nation_office)
    ((_activity, refusal),) = stop(world, [activity], by=stranger, at=AFTER)
    assert (type(refusal), loaded(activity).state) == (NotAllowed, State.PUBLISHED)
