"""Two workers that look at the same instant, and people who decide, take back and withdraw at the same instant."""

import pytest

from kepu.activities import actions, alike
from kepu.activities.actions import looking
from kepu.activities.models import Activity, Double
from kepu.activities.workflow import State
from kepu.core import audit, tallies
from kepu.core.refusals import Refused
from kepu.notices import rulebook
from tests.core.test_at_once import at_once
from tests.factories.activities import FILED, REVIEWED, a_world, an_activity, loaded, tally, told

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


@pytest.fixture
def world():
    yield a_world()
    rulebook.forget()  # the rows it was read from are gone


def test_a_look_that_was_too_early_takes_nothing_away(world, monkeypatch):
    one, other = (an_activity(world, State.FILED) for _ in range(2))
    seeing = looking.alike_to

    def and_the_other_looks_meanwhile(activity):
        found = seeing(activity)
        monkeypatch.setattr(looking, "alike_to", seeing)
        assert found == []  # the other has no marks yet
        assert len(actions.look_for_doubles(other.pk, at=FILED)) == 1
        return found

    monkeypatch.setattr(looking, "alike_to", and_the_other_looks_meanwhile)
    assert actions.look_for_doubles(one.pk, at=FILED) == []
    assert Double.objects.count() == 1
    assert actions.look_for_doubles(one.pk, at=FILED) == []
    assert [kind for _unit, kind, _subject in told()].count("double_found") == 1


def test_whoever_looks_and_decides_at_once_leaves_one_truth(world):
    one, other = (an_activity(world, State.FILED) for _ in range(2))
    looks = [lambda pk=pk: actions.look_for_doubles(pk, at=FILED) for pk in (one.pk, other.pk)] * 2
    assert (at_once(*looks), Double.objects.count()) == ([], 1)
    assert [kind for _unit, kind, _subject in told()].count("double_found") == 1

    pages = [alike.whole().get() for _ in range(2)]
    page = loaded(one)
    who = {"by": world.coordinator, "at": REVIEWED}
    faults = at_once(
        lambda: actions.link_double(pages[0], keep=one.pk, **who),
        lambda: actions.link_double(pages[1], keep=other.pk, **who),
        lambda: actions.withdraw_activity(page, by=world.filer, at=REVIEWED),
    )
    assert all(isinstance(fault, Refused) for fault in faults)
    rows = list(Activity.objects.order_by("pk"))
    counted = [row.pk for row in rows if row.same_as_id is None and row.state != State.WITHDRAWN]
    assert (len(counted), tally(world)["activity.filed"]) == (1, 1)
    assert all(row.same_as_id in counted for row in rows if row.state != State.WITHDRAWN and row.same_as_id)
    assert (tallies.verify(), list(audit.verify())) == ([], [])
