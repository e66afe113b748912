"""What each act costs, in statements of its own: the trace takes three, counts, messages and the move one each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities import actions
from kepu.activities.workflow import State
from kepu.core.refusals import StaleState
from tests.factories.activities import (
    AFTER,
    FILED,
    PUBLISHED,
    REVIEWED,
    a_draft,
    a_world,
    an_activity,
    content,
    loaded,
    summary,
)

pytestmark = pytest.mark.django_db
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@pytest.fixture
def world():
    world = a_world()
    for _ in range(
        2
    ):  # the rule book is read and the kept copy of the rules known; every strand of the trace begun
        an_activity(world, State.SUMMARISED)
    from kepu.core.audit import STRANDS
    from kepu.core.models import AuditStrand

    AuditStrand.objects.bulk_create([AuditStrand(pk=n) for n in range(1, STRANDS + 1)], ignore_conflicts=True)
    return world


# SQLite files the words in two tables, PostgreSQL in one: so many statements less
ON_POSTGRESQL = {
    "publish_activity": 1, "change_activity, a typing error": 2, "change_activity, at once": 2, "approve_change": 2,
    "postpone_activity": 2,
}  # fmt: skip
ACTS = {
    "edit_draft": (State.DRAFT, 4, lambda a, w: actions.edit_draft(a, changes={"title": "新"}, by=w.filer, at=FILED)),
    "withdraw_activity": (State.DRAFT, 4, lambda a, w: actions.withdraw_activity(a, by=w.filer, at=FILED)),
    "file_activity": (State.DRAFT, 8, lambda a, w: actions.file_activity(a, by=w.filer, at=FILED)),
    "return_activity": (State.FILED, 6, lambda a, w: actions.return_activity(a, words="改", by=w.reviewer, at=REVIEWED)),
    "approve_activity": (State.FILED, 8, lambda a, w: actions.approve_activity(a, by=w.reviewer, at=REVIEWED)),
    "confirm_key": (State.APPROVED, 5, lambda a, w: actions.confirm_key(a, by=w.reviewer, at=REVIEWED)),
    "publish_activity": (State.APPROVED, 13, lambda a, w: actions.publish_activity(a, by=w.filer, at=PUBLISHED)),
    "schedule_publication": (
        State.APPROVED, 4, lambda a, w: actions.schedule_publication(a, publish_at=PUBLISHED, by=w.filer, at=REVIEWED)
    ),
    "change_activity, a typing error": (
        State.PUBLISHED, 15,
        lambda a, w: actions.change_activity(a, changes={"venue": "石龙中学礼唐"}, typing_errors=True, by=w.filer, at=PUBLISHED),
    ),
    "change_activity, at once": (
        State.PUBLISHED, 14, lambda a, w: actions.change_activity(a, changes={"summary": "新"}, by=w.filer, at=PUBLISHED)
    ),
    "change_activity, to review": (
        State.PUBLISHED, 5, lambda a, w: actions.change_activity(a, changes={"venue": "新"}, by=w.filer, at=PUBLISHED)
    ),
    "approve_change": (State.CHANGED, 18, lambda a, w: actions.approve_change(a, by=w.reviewer, at=PUBLISHED)),
    "return_change": (State.CHANGED, 6, lambda a, w: actions.return_change(a, words="不", by=w.reviewer, at=PUBLISHED)),
    "postpone_activity": (State.PUBLISHED, 17, lambda a, w: actions.postpone_activity(a, reason="雨", by=w.filer, at=PUBLISHED)),
    "cancel_activity": (State.PUBLISHED, 9, lambda a, w: actions.cancel_activity(a, reason="雨", by=w.filer, at=PUBLISHED)),
    "hold_activity": (State.PUBLISHED, 7, lambda a, w: actions.hold_activity(a, participants_actual=9, by=w.filer, at=AFTER)),
    "complete_activity": (
        State.HELD, 5, lambda a, w: actions.complete_activity(a, media_links=["https://a.cn"], by=w.filer, at=AFTER)
    ),
    "summarise_activity": (
        State.COMPLETED, 6, lambda a, w: actions.summarise_activity(a, sections=summary(), by=w.filer, at=AFTER)
    ),
    "archive_activity": (State.SUMMARISED, 4, lambda a, w: actions.archive_activity(a, by=w.coordinator, at=AFTER)),
}  # fmt: skip


def statements(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return [q["sql"] for q in seen.captured_queries if not q["sql"].startswith(FRAMES)]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_costs_so_many_statements(world, name):
    state, cost, act = ACTS[name]
    activity = loaded(an_activity(world, state))
    once = ON_POSTGRESQL.get(name, 0) if connection.vendor == "postgresql" else 0
    assert len(statements(lambda: act(activity, world))) == cost - once


def test_a_draft_costs_five(world):
    assert len(statements(lambda: a_draft(world))) == 5


def test_a_refusal_before_anything_is_asked_costs_none(world):
    activity = loaded(a_draft(world, **content(title="")))
    with CaptureQueriesContext(connection) as seen, pytest.raises(StaleState):
        actions.file_activity(activity, expected_version=99, by=world.filer, at=FILED)
    assert [q["sql"] for q in seen.captured_queries if not q["sql"].startswith((*FRAMES, "ROLLBACK"))] == []
