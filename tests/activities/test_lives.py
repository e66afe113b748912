"""Any sequence of acts by anybody: what is always true stays true."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kepu.activities import actions, rules
from kepu.activities.models import Activity, Publication, PublicationDay, PublishedVersion, ReviewNote
from kepu.activities.workflow import TRANSITIONS, State
from kepu.core import audit, tallies
from kepu.core.models import AuditEntry
from kepu.core.refusals import Refused
from kepu.orgs.models import Role
from tests.factories.activities import (
    a_world,
    an_activity,
    content,
    loaded,
    summary,
    taken_back,
    with_roles,
)
from tests.factories.orgs import a_unit, an_actor

pytestmark = pytest.mark.django_db
FEW = "activity.participants_expected.offline"

ACTS = {
    "edit": lambda a, by, at: actions.edit_draft(a, changes={"title": f"改于{at:%d}日", "mode": "mixed"}, by=by, at=at),
    "fix": lambda a, by, at: actions.edit_draft(a, changes=content(online_link="https://a.cn"), by=by, at=at),
    "few": lambda a, by, at: actions.edit_draft(a, changes={"participants_expected": 3}, by=by, at=at),
    "file": lambda a, by, at: actions.file_activity(a, by=by, at=at),
    "withdraw": lambda a, by, at: actions.withdraw_activity(a, by=by, at=at),
    "return": lambda a, by, at: actions.return_activity(a, words="改", by=by, at=at),
    "approve": lambda a, by, at: actions.approve_activity(a, waivers={FEW: "小"} if a.unmet else {}, by=by, at=at),
    "approve with key": lambda a, by, at: actions.approve_activity(a, confirm_key=True, by=by, at=at),
    "key": lambda a, by, at: actions.confirm_key(a, confirmed=not a.key_confirmed, by=by, at=at),
    "publish": lambda a, by, at: actions.publish_activity(a, by=by, at=at),
    "schedule": lambda a, by, at: actions.schedule_publication(a, publish_at=at + timedelta(hours=5), by=by, at=at),
    "call off": lambda a, by, at: actions.unschedule_publication(a, by=by, at=at),
    "typing error": lambda a, by, at: actions.change_activity(
        a, changes={"venue": "石龙中学礼唐" if a.venue == "石龙中学礼堂" else "石龙中学礼堂"}, typing_errors=True, by=by, at=at
    ),
    "change little": lambda a, by, at: actions.change_activity(a, changes={"summary": f"{at}"}, by=by, at=at),
    "change much": lambda a, by, at: actions.change_activity(
        a, changes={"mode": "mixed", "online_link": "https://a.cn"}, by=by, at=at
    ),
    "move": lambda a, by, at: actions.change_activity(
        a, changes={"starts_at": at + timedelta(days=9), "ends_at": at + timedelta(days=11)}, by=by, at=at
    ),
    "agree": lambda a, by, at: actions.approve_change(a, waivers={FEW: "小"} if a.unmet else {}, by=by, at=at),
    "refuse": lambda a, by, at: actions.return_change(a, words="不", by=by, at=at),
    "take back": lambda a, by, at: actions.take_back_change(a, by=by, at=at),
    "postpone": lambda a, by, at: actions.postpone_activity(a, reason="雨", by=by, at=at),
    "postpone to": lambda a, by, at: actions.postpone_activity(a, reason="雨", starts_at=at + timedelta(days=2), by=by, at=at),
    "cancel": lambda a, by, at: actions.cancel_activity(a, reason="雨", by=by, at=at),
    "full": lambda a, by, at: actions.tell_places(a, full=not a.full, by=by, at=at),
    "hold": lambda a, by, at: actions.hold_activity(a, participants_actual=30, online_actual=10, by=by, at=at),
    "hold early": lambda a, by, at: actions.hold_activity(a, participants_actual=3, ended_at=at, by=by, at=at),
    "complete": lambda a, by, at: actions.complete_activity(a, media_links=["https://a.cn"], participants_actual=40, by=by, at=at),
    "summarise": lambda a, by, at: actions.summarise_activity(a, sections=summary(), by=by, at=at),
    "archive": lambda a, by, at: actions.archive_activity(a, by=by, at=at),
}  # fmt: skip
WHO = ["filer", "reviewer", "coordinator", "town", "all", "stranger"]
# what may be expected to work in a state: drawn more often than anything else
LIKELY = {
    State.DRAFT: ["fix", "few", "edit", "file", "file"],
    State.FILED: ["approve", "approve with key", "approve", "return", "key"],
    State.RETURNED: ["fix", "file", "withdraw"],
    State.APPROVED: ["publish", "publish", "schedule", "call off", "typing error", "change little", "change much", "key", "withdraw"],
    State.PUBLISHED: ["typing error", "change much", "change little", "move", "postpone", "postpone to", "key", "full", "cancel", "hold", "hold early"],
    State.CHANGED: ["agree", "refuse", "take back", "postpone to", "cancel", "hold"],
    State.POSTPONED: ["postpone", "postpone to", "move", "change little", "cancel", "hold early"],
    State.HELD: ["complete", "archive"],
    State.COMPLETED: ["complete", "summarise", "archive"],
    State.SUMMARISED: ["summarise", "complete", "archive"],
}  # fmt: skip


@pytest.fixture
def stage():
    world = a_world()
    an_activity(world, State.FILED)  # so that the kept copy of the rules stands outside of what is taken back
    an_activity(world, State.FILED)
    cast = {
        "filer": world.filer, "reviewer": world.reviewer, "coordinator": world.coordinator,
        "town": world.town_coordinator,
        "all": with_roles(world.city_office, *Role, places=[world.city]),
        "stranger": an_actor(a_unit(world.town, "石龙小学", kind="school")),
    }  # fmt: skip
    return world, cast


def whose_turn(act):
    return "reviewer" if act in ("approve", "approve with key", "return", "agree", "refuse", "key") else (
        "coordinator" if act == "archive" else "filer"
    )  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([State.DRAFT, State.FILED, State.APPROVED, State.PUBLISHED, State.PUBLISHED, State.HELD]),
    few=st.booleans(), length=st.integers(3, 10), data=st.data(),
)  # fmt: skip
def test_whatever_is_done_the_promises_hold(stage, start, few, length, data):
    world, cast = stage
    with taken_back():
        waivers = {FEW: "小"} if few else {}
        made = an_activity(
            world, start, waivers=waivers, participants_expected=3 if few else 120, taking_part="walk_in"
        )
        at, open_page = made.turn_since, loaded(made)
        for _ in range(length):
            at, open_page = step(made, open_page, at, cast, data)
        event(f"ends as {loaded(made).state}")
        check_row(loaded(made))
        check_copies(loaded(made))
        check_trace(loaded(made))
        assert (tallies.verify(), list(audit.verify())) == ([], [])


def step(made, open_page, at, cast, data):
    """One act by somebody, from a page opened just now or before the last act; whatever comes of it is in order."""
    before = loaded(made)
    likely = LIKELY.get(State(before.state), [])
    act = data.draw(st.sampled_from([*likely * 3, *sorted(ACTS)]), label="act")
    by = cast[data.draw(st.sampled_from([whose_turn(act)] * 9 + WHO), label="by")]
    stale = data.draw(st.sampled_from([False] * 3 + [True]), label="stale")
    at += timedelta(hours=data.draw(st.integers(0, 72), label="hours"))
    if act == "hold" and before.ends_at:
        at = max(at, before.ends_at)
    page = open_page if stale else loaded(made)
    seen = page.version
    try:
        ACTS[act](page, by, at)
    except Refused as refusal:
        told = str(refusal)
    else:
        told = ""
    after = loaded(made)
    if told:
        assert (told[-1], after.version, after.state) == ("。", before.version, before.state)
    else:
        event(act)
        # nobody writes over what they have not seen, unless they wrote nothing
        assert before.version in (seen, after.version)
        assert rules.sees(by, before)
        assert after.state in {before.state, *TRANSITIONS[State(before.state)]}
        assert after.version in (before.version, before.version + 1)
    return at, before


def check_row(row):
    """The object and the database agree on what the table says; nothing counts that did not happen."""
    assert (row.public_version > 0) == (row.published_at is not None)
    assert row.held_at is None or row.held_at >= row.published_at
    assert row.summarised_at is None or row.summarised_at >= row.completed_at
    assert row.round == AuditEntry.objects.filter(
        thing="activity", thing_id=row.pk, event="activity.filed"
    ).count()  # fmt: skip


def check_copies(row):
    copies = list(PublishedVersion.objects.filter(activity=row).order_by("version"))
    assert [copy.version for copy in copies] == list(range(1, row.public_version + 1))
    current = Publication.objects.filter(pk=row.pk).first()
    assert (current is not None) == bool(copies)
    if current is None:
        return
    assert (current.version, current.content) == (row.public_version, copies[-1].content)
    assert (current.title, current.mode, current.key_activity) == (row.title, row.mode, row.key_confirmed)
    on = PublicationDay.objects.filter(publication=current).order_by("day")
    first_and_last = [] if current.time_pending else [current.first_day, current.last_day]
    assert (sorted({on[0].day, on[len(on) - 1].day}) if on else []) == sorted(set(first_and_last))
    assert (current.status == "cancelled") == (row.state == State.CANCELLED)


def check_trace(row):
    """Every write of the row left one trace, and the states they tell follow each other."""
    trail = list(audit.of(row))
    assert len(trail) == row.version
    decided = sum(
        entry.event in DECISIONS
        or (entry.event == "activity.changed" and entry.detail.get("before") == "changed")
        for entry in trail
    )
    assert ReviewNote.objects.filter(activity=row).count() == decided
    moves = [entry.detail["before"] for entry in trail if "before" in entry.detail]
    states = [State(state) for state in [*moves, row.state]]
    assert states[0] == State.DRAFT
    assert all(after in TRANSITIONS[before] for before, after in pairwise(states))


# beside these, a change that a reviewer agreed to: it is traced as a change that began where one was proposed
DECISIONS = (
    "activity.returned",
    "activity.approved",
    "activity.passed",
    "activity.waived",
    "activity.change_returned",
)


def test_there_is_an_act_for_every_way_in_the_table(stage):
    """The sequences above can reach every state: the plain ones do."""
    world, _cast = stage
    assert {an_activity(world, state).state for state in State} == set(State)
    assert (tallies.verify(), list(audit.verify()), Activity.objects.count() >= len(State)) == ([], [], True)
