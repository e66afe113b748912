"""Many filings decided with one press: foreseen, written down, done one by one, and never twice."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kepu.activities import actions, rules
from kepu.activities.actions import Chosen
from kepu.activities.batches import Kind, foresee
from kepu.activities.checklist import Checked
from kepu.activities.models import BatchLine, BatchOfReviews, Outcome, ReviewNote, Verdict
from kepu.activities.queries import notes_on, unfinished_batches
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices import rulebook
from kepu.orgs.models import Role
from tests.core.test_at_once import at_once
from tests.factories.activities import (
    FILED,
    REVIEWED,
    a_draft,
    a_world,
    an_activity,
    events_of,
    loaded,
    told,
    with_roles,
)
from tests.factories.notices import a_gate, china
from tests.factories.orgs import a_post, an_actor

pytestmark = pytest.mark.django_db
SUBTHEME = "厚植科技创新沃土，擦亮科幻之都名片"


@pytest.fixture
def world(standing_world):
    return standing_world


def begun(world, activities, verdict=Verdict.APPROVE, *, by=None, token=None, **given):
    chosen = [Chosen(activity.pk, activity.version) for activity in activities]
    return actions.begin_batch(
        token or uuid4(), chosen, season=world.season, verdict=verdict, by=by or world.reviewer, at=REVIEWED, **given
    )  # fmt: skip


def outcomes(batch):
    return list(batch.lines.order_by("position").values_list("outcome", flat=True))


def foreseen(world, activities, wanted=Verdict.APPROVE, by=None):
    seen = foresee([loaded(a) for a in activities], wanted, by=by or world.reviewer, at=REVIEWED)
    return [line.kind for line in seen.lines]


class TestForeseen:
    def test_what_passes_what_needs_a_waiver_and_what_a_colleague_has_in_hand(self, world):
        good, small, claimed = (
            an_activity(world, State.FILED), an_activity(world, State.FILED, participants_expected=20), an_activity(world, State.FILED),
        )  # fmt: skip
        actions.claim_activity(loaded(claimed), by=world.coordinator, at=REVIEWED)
        assert foreseen(world, [good, small, claimed]) == [Kind.READY, Kind.WAIVER, Kind.CLAIMED]
        assert foreseen(world, [good, small, claimed], Verdict.RETURN) == [
            Kind.READY,
            Kind.READY,
            Kind.CLAIMED,
        ]
        [line] = foresee([loaded(small)], Verdict.APPROVE, by=world.reviewer, at=REVIEWED).lines
        assert (line.may, [r.clause_id for r in line.reasons]) == (False, ["DG-51"])

    def test_what_the_rules_of_today_would_refuse_is_for_a_closer_look(self, world):
        activity = an_activity(world, State.FILED)
        a_gate(world.season.notices.get(), "NEW", "hard", fact="risk_plan", required=True)
        rulebook.forget()
        [line] = foresee([loaded(activity)], Verdict.APPROVE, by=world.reviewer, at=REVIEWED).lines
        assert (line.kind, [r.clause_id for r in line.reasons]) == (Kind.CLOSED, ["NEW"])

    def test_ones_own_is_left_to_another(self, world):
        both = with_roles(world.city_office, Role.FILER, Role.REVIEWER)
        a_post(world.city_office, Role.REVIEWER)
        own = actions.file_activity(a_draft(world, by=both, subtheme=SUBTHEME), by=both, at=FILED)
        assert foreseen(world, [own], by=both) == [Kind.OWN]
        assert foreseen(world, [own]) == [Kind.READY]

    def test_it_asks_as_much_for_two_as_for_one(self, world):
        both = with_roles(world.city_office, Role.FILER, Role.REVIEWER)
        rows = [
            loaded(actions.file_activity(a_draft(world, by=both, subtheme=SUBTHEME), by=both, at=FILED))
            for _ in range(3)
        ]
        counts = []
        for some in (rows[:1], rows):
            with CaptureQueriesContext(connection) as seen:
                foresee(some, Verdict.APPROVE, by=both, at=REVIEWED)
            counts.append(len(seen))
        assert counts == [2, 2]


class TestDoing:
    def test_each_is_approved_in_an_act_of_its_own_and_one_refusal_keeps_up_no_other(self, world):
        good, small, last = (
            an_activity(world, State.FILED), an_activity(world, State.FILED, participants_expected=20), an_activity(world, State.FILED),
        )  # fmt: skip
        batch = begun(world, [good, small, last], words="同意")
        assert outcomes(batch) == [Outcome.PENDING] * 3
        assert actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED) == 2
        assert outcomes(batch) == [Outcome.DONE, Outcome.REFUSED, Outcome.DONE]
        assert [loaded(a).state for a in (good, small, last)] == [State.APPROVED, State.FILED, State.APPROVED]
        [reason] = batch.lines.get(activity=small).refused_for
        assert (reason["clause_id"], "请写明理由" in reason["sentence"]) == ("DG-51", True)
        assert (batch.done_at, notes_on(good).get().words) == (REVIEWED, "同意")
        assert (tallies.verify(), list(audit.verify())) == ([], [])

    def test_many_are_returned_with_reasons(self, world):
        rows = [an_activity(world, State.FILED) for _ in range(2)]
        batch = begun(world, rows, Verdict.RETURN, reasons=["safety"], words="请补充方案。")
        actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED)
        assert [(loaded(a).state, notes_on(a).get().reasons) for a in rows] == [
            (State.RETURNED, ["safety"])
        ] * 2

    def test_a_return_without_a_reason_begins_nothing(self, world):
        with pytest.raises(Incomplete, match="请说明退回的原因"):
            begun(world, [an_activity(world, State.FILED)], Verdict.RETURN)
        assert not BatchOfReviews.objects.exists()

    def test_what_has_moved_on_since_the_preview_is_left_alone(self, world):
        activity = an_activity(world, State.FILED)
        batch = begun(world, [activity])
        actions.return_activity(loaded(activity), words="改", by=world.coordinator, at=REVIEWED)
        assert actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED) == 0
        assert (outcomes(batch), loaded(activity).state) == ([Outcome.REFUSED], State.RETURNED)

    def test_sent_twice_it_is_one_batch(self, world):
        activity, token = an_activity(world, State.FILED), uuid4()
        assert begun(world, [activity], token=token) == begun(world, [activity], token=token)

    def test_what_a_colleague_took_in_hand_after_the_preview_is_left_to_them(self, world):
        seen, after = an_activity(world, State.FILED), an_activity(world, State.FILED)
        for activity in (seen, after):
            actions.claim_activity(loaded(activity), by=world.coordinator, at=REVIEWED)
        chosen = [Chosen(seen.pk, seen.version, True), Chosen(after.pk, after.version)]
        batch = actions.begin_batch(
            uuid4(), chosen, season=world.season, verdict=Verdict.APPROVE, by=world.reviewer, at=REVIEWED
        )
        actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED)
        assert outcomes(batch) == [Outcome.DONE, Outcome.REFUSED]
        assert "正在看这项活动" in batch.lines.get(activity=after).refused_for[0]["sentence"]

    def test_points_that_all_were_held_against_stand_in_each_note(self, world):
        a_gate(world.season.notices.get(), "LOOK", "hard", fact="content", label="内容", review=["导向正确"])
        rulebook.forget()
        rows = [an_activity(world, State.FILED) for _ in range(2)]
        preview = foresee([loaded(a) for a in rows], Verdict.APPROVE, by=world.reviewer, at=REVIEWED)
        [point] = preview.points
        unticked = begun(world, rows[:1])
        actions.carry_on_batch(unticked, by=world.reviewer, at=REVIEWED)
        assert unticked.lines.get().refused_for[0]["clause_id"] == "LOOK"
        batch = begun(world, rows, checked=Checked([point.code]))
        actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED)
        assert [notes_on(a).get().checked[0]["points"] for a in rows] == [["导向正确"]] * 2

    def test_only_reviewers_of_the_unit(self, world):
        activity = an_activity(world, State.FILED)
        for stranger in (world.filer, an_actor(world.city_office)):
            with pytest.raises(NotAllowed):
                begun(world, [activity], by=stranger)
        batch = begun(world, [activity])
        with pytest.raises(NotAllowed, match="开始这一批的单位"):
            actions.carry_on_batch(batch, by=world.town_coordinator, at=REVIEWED)
        with pytest.raises(Incomplete, match="没有选中"):  # the filing is not the town's to review
            begun(world, [activity], by=world.town_coordinator)

    def test_more_than_two_hundred_are_too_many(self, world, monkeypatch):
        monkeypatch.setattr("kepu.activities.actions.batches.MOST", 1)
        with pytest.raises(Incomplete, match="一次最多1项"):
            begun(world, [an_activity(world, State.FILED) for _ in range(2)])

    def test_stopped_in_the_middle_it_goes_on_from_there_and_by_a_colleague(self, world):
        rows = [an_activity(world, State.FILED) for _ in range(3)]
        batch, stops = begun(world, rows), iter([False, True])
        assert actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED, stop=lambda: next(stops)) == 1
        assert (outcomes(batch), batch.done_at) == ([Outcome.DONE, Outcome.PENDING, Outcome.PENDING], None)
        assert list(unfinished_batches(world.reviewer, world.season)) == [batch]
        assert actions.carry_on_batch(batch, by=world.coordinator, at=REVIEWED) == 2
        assert not unfinished_batches(world.reviewer, world.season).exists()
        assert [n.person_id for n in ReviewNote.objects.order_by("activity_id")] == [
            world.reviewer.person_id, world.coordinator.person_id, world.coordinator.person_id,
        ]  # fmt: skip

    def test_a_line_costs_eight_statements_however_many_there_are(self, world):
        actions.approve_activity(an_activity(world, State.FILED), by=world.reviewer, at=REVIEWED)
        from kepu.core.audit import STRANDS
        from kepu.core.models import AuditStrand

        AuditStrand.objects.bulk_create(
            [AuditStrand(pk=n) for n in range(1, STRANDS + 1)], ignore_conflicts=True
        )
        costs = []
        for n in (1, 4):
            batch = begun(world, [an_activity(world, State.FILED) for _ in range(n)])
            with CaptureQueriesContext(connection) as seen:
                actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED)
            frames = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
            costs.append(len([q for q in seen if not q["sql"].startswith(frames)]))
        around = 5  # the lines, their authors, that none is left, the batch's end
        assert costs == [around + 8, around + 4 * 8]


DYING = """
import os, sys, django
django.setup()
from django.conf import settings
settings.DATABASES["default"].update(NAME=sys.argv[1])
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from datetime import datetime
from kepu.activities import actions, messages
from kepu.activities.models import BatchOfReviews
from kepu.orgs.actor import Actor, Held
from kepu.orgs.models import Role
batch = BatchOfReviews.objects.select_related("unit").get(pk=sys.argv[2])
by = Actor(1, "x", batch.unit, tuple(Held(role) for role in Role))
told = messages.approved
def die(activity, *args, **kwargs):
    if activity.pk == int(sys.argv[3]):
        print("dying", flush=True)
        os._exit(9)
    told(activity, *args, **kwargs)
messages.approved = die
actions.carry_on_batch(batch, by=by, at=datetime.fromisoformat(sys.argv[4]))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
class TestAtOnce:
    @pytest.fixture
    def world(self):
        yield a_world()
        rulebook.forget()

    def test_four_press_on_one_batch_and_each_filing_is_decided_once(self, world):
        rows = [an_activity(world, State.FILED) for _ in range(6)]
        batch = begun(world, rows)
        done = []
        faults = at_once(
            *[lambda: done.append(actions.carry_on_batch(BatchOfReviews.objects.get(pk=batch.pk), by=world.reviewer, at=REVIEWED))] * 4
        )  # fmt: skip
        assert (faults, sum(done), outcomes(batch)) == ([], 6, [Outcome.DONE] * 6)
        self.each_once(rows)

    def test_two_reviewers_with_batches_that_overlap(self, world):
        rows = [an_activity(world, State.FILED) for _ in range(6)]
        one = begun(world, rows[:4])
        other = begun(world, rows[:1:-1], Verdict.RETURN, words="请改", by=world.coordinator)
        faults = at_once(
            lambda: actions.carry_on_batch(one, by=world.reviewer, at=REVIEWED),
            lambda: actions.carry_on_batch(other, by=world.coordinator, at=REVIEWED),
        )
        assert (faults, BatchLine.objects.filter(outcome=Outcome.PENDING).count()) == ([], 0)
        assert BatchLine.objects.filter(outcome=Outcome.DONE).count() == 6
        self.each_once(rows)

    def test_a_process_killed_in_the_middle_and_a_second_press(self, world):
        rows = [an_activity(world, State.FILED) for _ in range(4)]
        batch = begun(world, rows)
        name = str(connection.settings_dict["NAME"])
        process = subprocess.run(
            [sys.executable, "-c", DYING, name, str(batch.pk), str(rows[2].pk), REVIEWED.isoformat()],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "kepu.config.settings.test"},
            capture_output=True, text=True, timeout=180,
        )  # fmt: skip
        assert (process.returncode, process.stdout, process.stderr) == (9, "dying\n", "")
        assert outcomes(batch) == [Outcome.DONE, Outcome.DONE, Outcome.PENDING, Outcome.PENDING]
        assert [loaded(a).state for a in rows] == [State.APPROVED] * 2 + [State.FILED] * 2

        assert actions.carry_on_batch(batch, by=world.reviewer, at=REVIEWED) == 2
        assert outcomes(batch) == [Outcome.DONE] * 4
        self.each_once(rows)

    def each_once(self, rows):
        """Nothing is lost and nothing twice: one note, one trace and one message of each."""
        for activity in rows:
            assert len(notes_on(activity)) == 1
            assert len(events_of(activity)) == 3
        decided = [kind for _unit, kind, _subject in told() if kind in ("approved", "returned")]
        assert (len(decided), tallies.verify(), list(audit.verify())) == (len(rows), [], [])
        assert not rules.refused(rules.check_carry_on, an_actor_of(rows[0]), BatchOfReviews.objects.first())


def an_actor_of(activity):
    return an_actor(loaded(activity).reviewing_unit, Role.REVIEWER)


def test_a_season_keeps_its_instants(world):
    batch = begun(world, [an_activity(world, State.FILED)])
    actions.carry_on_batch(batch, by=world.reviewer, at=china(2023, 8, 27))
    assert (batch.begun_at, batch.done_at) == (REVIEWED, china(2023, 8, 27))
