"""Four people who press the same button at the same instant, and a process that dies in the middle of an act."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import connection

from kepu.activities import actions
from kepu.activities.models import Activity, Publication, PublicationDay, PublishedVersion, ReviewNote
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.models import AuditEntry, OutboxRow
from kepu.core.refusals import StaleState
from kepu.notices import rulebook
from tests.core.test_at_once import at_once
from tests.factories.activities import (
    FILED,
    PUBLISHED,
    REVIEWED,
    a_draft,
    a_world,
    an_activity,
    content,
    events_of,
    loaded,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def world():
    yield a_world()
    rulebook.forget()  # the rows it was read from are gone


def same_button(activity, press):
    """Four have the page open; what the three slower ones are told."""
    pages = [loaded(activity) for _ in range(4)]
    faults = at_once(*[lambda page=page: press(page) for page in pages])
    assert [type(fault) for fault in faults] == [StaleState] * 3
    assert {str(fault) for fault in faults} == {"在您打开之后，这件事已经被别人处理过。请刷新后再看。"}
    assert (tallies.verify(), list(audit.verify())) == ([], [])
    return events_of(activity)


def test_filing_counts_once(world):
    activity = a_draft(world)
    events = same_button(activity, lambda page: actions.file_activity(page, by=world.filer, at=FILED))
    assert (events, loaded(activity).state, OutboxRow.objects.count()) == (
        ["drafted", "filed"],
        State.FILED,
        2,  # a message, and doubles to be looked for
    )


def test_approving_decides_once(world):
    activity = an_activity(world, State.FILED)
    events = same_button(
        activity, lambda page: actions.approve_activity(page, by=world.reviewer, at=REVIEWED)
    )
    assert (events, ReviewNote.objects.count()) == (["drafted", "filed", "approved"], 1)


def test_publishing_makes_one_copy(world):
    activity = an_activity(world, State.APPROVED)
    events = same_button(activity, lambda page: actions.publish_activity(page, by=world.filer, at=PUBLISHED))
    counts = [model.objects.count() for model in (Publication, PublishedVersion, PublicationDay)]
    assert (events[-1], counts) == ("published", [1, 1, 1])


def test_agreeing_and_cancelling_at_once_leave_one_truth(world):
    activity = an_activity(world, State.CHANGED)
    agree, cancel = loaded(activity), loaded(activity)
    faults = at_once(
        lambda: actions.approve_change(agree, by=world.reviewer, at=PUBLISHED),
        lambda: actions.cancel_activity(cancel, reason="台风", by=world.filer, at=PUBLISHED),
    )
    row, copy = loaded(activity), Publication.objects.get()
    assert [type(fault) for fault in faults] == [StaleState]
    assert (row.state, copy.status, copy.version) in [
        (State.PUBLISHED, "changed", 2), (State.CANCELLED, "cancelled", 1),
    ]  # fmt: skip
    assert (tallies.verify(), list(audit.verify())) == ([], [])


def test_a_form_sent_four_times_at_once_makes_one_draft(world):
    token, made = uuid4(), []
    faults = at_once(
        *[lambda: made.append(actions.create_draft(token, season=world.season, content=content(), by=world.filer, at=FILED))]
        * 4
    )  # fmt: skip
    assert (faults, len({activity.pk for activity in made}), Activity.objects.count()) == ([], 1, 1)
    assert AuditEntry.objects.count() == 1


def test_many_units_file_at_once_and_none_is_lost(world):
    drafts = [a_draft(world) for _ in range(12)]
    batches = [drafts[n::4] for n in range(4)]
    faults = at_once(
        *[lambda batch=batch: [actions.file_activity(a, by=world.filer, at=FILED) for a in batch] for batch in batches]
    )  # fmt: skip
    assert (faults, Activity.objects.filter(state=State.FILED).count(), OutboxRow.objects.count()) == (
        [],
        12,
        24,
    )
    assert len({row.rules_id for row in Activity.objects.all()}) == 1
    assert (tallies.verify(), list(audit.verify())) == ([], [])


DYING = """
import os, sys, django
django.setup()
from django.conf import settings
settings.DATABASES["default"].update(NAME=sys.argv[1])
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from kepu.activities import actions
from kepu.activities.models import Activity
from kepu.accounts.models import Person
from kepu.orgs.actor import Actor, Held
from kepu.orgs.models import Role
from datetime import datetime
activity = Activity.objects.whole().get(pk=sys.argv[2])
unit = activity.unit if sys.argv[3] != "approve_activity" else activity.reviewing_unit
by = Actor(1, "x", unit, tuple(Held(role) for role in Role))
def die(*args, **kwargs):
    print("dying", flush=True)
    os._exit(9)
module, name = sys.argv[4].rsplit(".", 1)
owner = sys.modules[module] if module in sys.modules else __import__(module, fromlist=["x"])
setattr(owner, name, die)
getattr(actions, sys.argv[3])(activity, by=by, at=datetime.fromisoformat(sys.argv[5]))
"""


@pytest.mark.parametrize(
    ("act", "state", "at", "dies_in"),
    [
        ("file_activity", State.DRAFT, FILED, "kepu.activities.messages.filed"),
        ("file_activity", State.DRAFT, FILED, "kepu.core.audit.writing.digest"),
        ("approve_activity", State.FILED, REVIEWED, "kepu.activities.messages.approved"),
        ("publish_activity", State.APPROVED, PUBLISHED, "kepu.activities.actions.freezing.tokens"),
        ("publish_activity", State.APPROVED, PUBLISHED, "kepu.core.audit.writing.digest"),
    ],
)
def test_a_process_killed_in_the_middle_leaves_nothing_half_done(world, act, state, at, dies_in):
    activity = an_activity(world, state)
    before = everything(activity)
    name = str(connection.settings_dict["NAME"])
    process = subprocess.run(
        [sys.executable, "-c", DYING, name, str(activity.pk), act, dies_in, at.isoformat()],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "kepu.config.settings.test"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (process.returncode, process.stdout, process.stderr) == (9, "dying\n", "")
    assert everything(activity) == before
    assert (tallies.verify(), list(audit.verify())) == ([], [])

    again = loaded(activity)  # and the act can be done again
    by = world.reviewer if act == "approve_activity" else world.filer
    getattr(actions, act)(again, by=by, at=at)
    assert (tallies.verify(), list(audit.verify()), again.version) == ([], [], activity.version + 1)


def everything(activity):
    """All that an act on it may leave behind."""
    row = Activity.objects.filter(pk=activity.pk).values().get()
    models = (AuditEntry, OutboxRow, ReviewNote, Publication, PublishedVersion, PublicationDay)
    return (
        row,
        [model.objects.count() for model in models],
        tallies.of_unit(activity.season_id, activity.unit_id),
    )
