"""Two workers, two people, a forwarding beside a sending, at the same instant: nothing is lost, nothing done twice."""

from datetime import timedelta

import pytest
from django.db.models import Count

from kepu.core import audit, outbox
from kepu.core.refusals import StaleState
from kepu.notices import actions
from kepu.notices.actions import delivering
from kepu.notices.format.schema import Recipient
from kepu.notices.models import Delivery, FeedKey, Notice, Sending, SendingKind
from kepu.orgs.models import Message
from tests.conftest import NOON
from tests.core.test_at_once import at_once
from tests.factories.activities import a_world
from tests.factories.orgs import an_actor
from tests.factories.sending import TOWNS, a_delivery, loaded, more_offices, with_recipients, work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]
LATER, NEXT_DAY = NOON + timedelta(minutes=1), NOON + timedelta(days=1)


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(delivering, "BATCH", 3)
    return a_world()


def everybody_once(units):
    assert Delivery.objects.count() == units
    told = Message.objects.filter(kind__in=["notice.sent", "notice.forwarded"])
    assert told.count() == units
    assert not told.values("unit").annotate(n=Count("pk")).filter(n__gt=1).exists()
    assert list(audit.verify()) == []


def test_workers_side_by_side_deliver_each_unit_once(world):
    more_offices(world, 16)
    notice = with_recipients(Notice.objects.get(code="dg"), TOWNS)
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    assert at_once(*[lambda: work(LATER)] * 3) == []
    work(LATER + outbox.STUCK_AFTER)  # a row that lost its lock to another is tried again
    everybody_once(17)
    assert (Sending.objects.get().reached, Sending.objects.get().done_at is not None) == (17, True)


def test_one_batch_carried_on_by_two_workers_is_done_once(world):
    more_offices(world, 4)
    notice = with_recipients(Notice.objects.get(code="dg"), TOWNS)
    sending = actions.send_notice(notice, by=world.coordinator, at=NOON)
    batch = {"sending_id": sending.pk, "notice_id": notice.pk, "after": 0, "at": LATER}
    assert at_once(*[lambda: delivering.carry_on(**batch)] * 4) == []
    assert (Delivery.objects.count(), Message.objects.count()) == (3, 3)
    work(LATER)
    everybody_once(5)


def test_sending_and_forwarding_at_once_reach_each_unit_once(world):
    more_offices(world, 8)
    notice = with_recipients(
        Notice.objects.get(code="dg"), {"title": "镇科协", "units": [world.town_office.code]}
    )
    delivery = a_delivery(world, notice=notice)
    with_recipients(notice, TOWNS)
    everything = [Recipient(title="都转", kinds=("association",))]
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    actions.forward_notice(delivery, everything, by=world.town_coordinator, at=NOON)
    assert at_once(lambda: work(LATER), lambda: work(LATER)) == []
    work(LATER + outbox.STUCK_AFTER)
    everybody_once(9)
    assert loaded(delivery).forwards == Delivery.objects.filter(forwarded_from=delivery).count()


def test_two_people_receiving_at_once_leave_one_receipt(world):
    delivery = a_delivery(world)
    people = [an_actor(world.town_office) for _n in range(4)]
    mine = [loaded(delivery) for _n in people]
    faults = at_once(
        *[
            lambda d=d, by=by: actions.receive_notice(d, by=by, at=NOON)
            for d, by in zip(mine, people, strict=True)
        ]
    )
    assert faults == []
    row = loaded(delivery)
    traced = [(r.event, r.person_id) for r in audit.of(delivery)]
    assert traced == [("delivery.received", row.received_by_id)]


def test_sending_twice_at_once_is_one_sending(world):
    notice = with_recipients(Notice.objects.get(code="dg"), TOWNS)
    faults = at_once(*[lambda: actions.send_notice(notice, by=world.coordinator, at=NOON)] * 3)
    assert (faults, Sending.objects.count()) == ([], 1)


def test_reminding_twice_at_once_reminds_each_unit_once(world):
    more_offices(world, 8)
    a_delivery(world)
    notice = Notice.objects.get(code="dg")
    actions.remind(notice, SendingKind.UNOPENED, by=world.coordinator, at=NEXT_DAY)
    actions.remind(notice, SendingKind.UNRECEIVED, by=world.coordinator, at=NEXT_DAY)
    assert at_once(lambda: work(NEXT_DAY), lambda: work(NEXT_DAY)) == []
    work(NEXT_DAY + outbox.STUCK_AFTER)
    assert set(Delivery.objects.values_list("reminders", flat=True)) == {1}
    assert Message.objects.filter(kind="notice.reminded").count() == 9


def test_two_keys_made_at_once_leave_one_in_use(world):
    faults = at_once(*[lambda: actions.make_feed_key(world.school, by=world.filer, at=NOON)] * 3)
    assert {type(fault) for fault in faults} <= {StaleState}
    assert FeedKey.objects.filter(ended_at=None).count() == 1
