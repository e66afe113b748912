"""The worker's part: killed in the middle it goes on, done twice it is done once, and two workers take turns."""

from datetime import timedelta

import pytest

from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.core import audit, outbox, tallies
from kepu.core.models import OutboxRow, OutboxState
from kepu.intake import actions, jobs
from kepu.intake.actions import filing
from kepu.intake.examining import Examiner
from kepu.intake.workflow import State
from kepu.notices import rulebook
from kepu.orgs.models import Role
from tests.core.test_at_once import at_once
from tests.factories.activities import FILED, a_world
from tests.factories.intake import a_checked, a_filed, a_row, an_import, rows, states_of
from tests.factories.orgs import a_post


def a_school():
    made = a_world()
    a_post(made.school, Role.FILER, person=Person.objects.get(pk=made.filer.person_id))
    return made


@pytest.fixture
def world(db):
    return a_school()


@pytest.fixture
def committed(transactional_db):
    yield a_school()
    rulebook.forget()  # the rows it was read from are gone


def deliver_all(at=FILED):
    while outbox.deliver(at=at):
        pass


def in_small_pieces(monkeypatch, lines):
    """So that a short sheet takes several pieces."""
    for module in ("checking", "filing"):
        step = getattr(actions, {"checking": "check_some", "filing": "file_some"}[module])
        monkeypatch.setattr(actions, step.__name__, lambda *a, step=step, **how: step(*a, size=lines, **how))


class Killed(BaseException):
    """What no code of ours catches."""


def killed_after(n):
    """A stand-in that goes along ``n`` times and then dies."""
    calls = []

    def around(original):
        def dying(*args, **kwargs):
            calls.append(1)
            if len(calls) > n:
                raise Killed
            return original(*args, **kwargs)

        return dying

    return around


def test_the_worker_carries_a_sheet_through_by_itself(world, monkeypatch):
    in_small_pieces(monkeypatch, 2)
    sheet = an_import(world, rows(5))
    actions.choose_columns(sheet, {}, by=world.filer, at=FILED)
    deliver_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.CHECKED, 5, ["ready"] * 5)

    actions.file_lines(sheet, by=world.filer, at=FILED)
    deliver_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.DONE, 5, ["filed"] * 5)
    assert not OutboxRow.objects.exclude(state=OutboxState.SENT).exists()


def test_killed_in_the_middle_of_a_piece_the_dry_run_goes_on_where_it_was(committed, monkeypatch):
    in_small_pieces(monkeypatch, 2)
    sheet = an_import(committed, rows(5))
    actions.choose_columns(sheet, {}, by=committed.filer, at=FILED)
    with monkeypatch.context() as dying:
        dying.setattr(Examiner, "examine", killed_after(3)(Examiner.examine))
        with pytest.raises(Killed):
            deliver_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.CHECKING, 2, ["ready"] * 2 + ["waiting"] * 3)

    deliver_all(FILED + outbox.STUCK_AFTER * 2)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.CHECKED, 5, ["ready"] * 5)


@pytest.mark.parametrize("act", ["file_new", "file_activity", "_settle"])
def test_killed_between_any_two_acts_filing_loses_nothing_and_doubles_nothing(committed, monkeypatch, act):
    in_small_pieces(monkeypatch, 2)
    if act == "file_activity":  # of what is a draft already
        a_filed(committed, rows(5), as_drafts=True)
    sheet = a_checked(committed, rows(5))
    actions.file_lines(sheet, by=committed.filer, at=FILED)
    with monkeypatch.context() as dying:
        dying.setattr(filing, act, killed_after(1 if act == "_settle" else 3)(getattr(filing, act)))
        with pytest.raises(Killed):
            deliver_all()
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done) == (State.FILING, 2)

    deliver_all(FILED + outbox.STUCK_AFTER * 2)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.DONE, 5, ["filed"] * 5)
    assert (Activity.objects.count(), Activity.objects.filter(round=1).count()) == (5, 5)
    assert (tallies.verify(), list(audit.verify())) == ([], [])


def test_a_line_that_is_killed_while_it_is_filed_leaves_no_draft(committed, monkeypatch):
    sheet = a_checked(committed, rows(1))
    actions.file_lines(sheet, by=committed.filer, at=FILED)
    with monkeypatch.context() as dying:
        dying.setattr("kepu.activities.actions.filing.move", killed_after(0)(lambda *_given, **_more: None))
        with pytest.raises(Killed):
            deliver_all()
    assert Activity.objects.whole().count() == 0

    deliver_all(FILED + outbox.STUCK_AFTER * 2)
    assert Activity.objects.get().state == "filed"


@pytest.mark.concurrency
def test_four_workers_at_one_sheet_file_each_line_once(committed):
    sheet = a_checked(committed, rows(6))
    actions.file_lines(sheet, by=committed.filer, at=FILED)
    faults = at_once(*[lambda: actions.file_some(sheet.pk, at=FILED)] * 4)
    assert faults == []
    actions.file_some(sheet.pk, at=FILED)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.done, states_of(sheet)) == (State.DONE, 6, ["filed"] * 6)
    assert Activity.objects.filter(round=1).count() == Activity.objects.count() == 6
    assert (tallies.verify(), list(audit.verify())) == ([], [])


def test_a_row_of_the_outbox_that_comes_twice_does_its_piece_once(world):
    sheet = a_checked(world, rows(2))
    actions.file_lines(sheet, by=world.filer, at=FILED)
    payload = OutboxRow.objects.filter(kind="intake.file").latest("id").payload
    for _ in range(2):
        jobs.file_some(payload, FILED)
    sheet.refresh_from_db()
    assert (sheet.done, Activity.objects.count()) == (2, 2)


def test_the_unit_is_told_when_long_work_is_through(world, monkeypatch):
    monkeypatch.setattr("kepu.intake.messages.TOLD_FROM", 1)
    sheet = a_filed(world, [a_row(1), a_row(2), a_row(3, 安全责任人="")])
    told = [
        row.payload
        for row in OutboxRow.objects.filter(kind="unit.message", payload__kind__startswith="intake")
    ]
    assert [(row["subject"], row["body"], row["link"]) for row in told] == [
        (f"试填完成：{sheet}", "可以填报2行，要改1行。请核对后填报。", f"/workspace/imports/{sheet.pk}/"),
        (f"表格填报完成：{sheet}", "办了2行，没填成0行。", f"/workspace/imports/{sheet.pk}/"),
    ]


def test_once_a_day_old_cells_are_forgotten(world):
    sheet = a_checked(world, rows(2))
    assert [jobs.forget_old(FILED + timedelta(days=days)) for days in (89, 91, 92)] == [0, 1, 0]
    assert [line.cells for line in sheet.lines.all()] == [[], []]


def test_a_long_sheet_goes_through_in_pieces(world):
    """Several pieces of the real size; the speed is measured by ``kepu bench importing``."""
    sheet = a_checked(world, [a_row(n, 安全责任人="" if n % 10 == 0 else "张安") for n in range(1, 231)])
    assert (sheet.done, states_of(sheet).count("ready"), states_of(sheet).count("faulty")) == (230, 207, 23)
