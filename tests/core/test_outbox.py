from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.utils.translation import gettext_lazy

from kepu.core import outbox
from kepu.core.db import ActError, transaction
from kepu.core.models import OutboxRow, OutboxState
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Crash(BaseException):
    """The worker dies: nothing after this line runs."""


@pytest.fixture
def done(monkeypatch):
    """What the handler of "bell" has carried out; set ``done.fault`` to let it fail."""

    class Done(list):
        fault = None

    rung = Done()

    def ring(payload, at):
        if rung.fault is not None:
            raise rung.fault
        rung.append((payload, at))

    monkeypatch.setitem(outbox._handlers, "bell", ring)
    return rung


@transaction
def send(*numbers, at=NOON):
    for n in numbers:
        outbox.send("bell", at=at, n=n)


def rows():
    return list(OutboxRow.objects.order_by("id").values_list("state", "attempts"))


def test_a_row_outside_an_act_is_refused():
    with pytest.raises(ActError):
        outbox.send("bell", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_fails_sends_nothing():
    @transaction
    def act():
        outbox.send("bell", at=NOON)
        raise LookupError

    with pytest.raises(LookupError):
        act()
    assert rows() == []


def test_a_row_is_carried_out_once(done):
    send(1)

    assert outbox.deliver(at=NOON) == 1
    assert outbox.deliver(at=NOON + 10 * MINUTE) == 0
    assert done == [({"n": 1}, NOON)]
    assert rows() == [(OutboxState.SENT, 1)]


def test_a_row_is_not_carried_out_before_its_time(done):
    send(1, at=NOON + MINUTE)
    assert outbox.deliver(at=NOON) == 0
    assert done == []


def test_rows_go_out_in_order_and_in_portions(done):
    send(1, 2, 3)
    assert [outbox.deliver(at=NOON, size=2) for _ in range(3)] == [2, 1, 0]
    assert [payload["n"] for payload, _at in done] == [1, 2, 3]


def test_a_failed_row_is_tried_again_later_and_later(done):
    send(1)
    done.fault = OSError("no mail server")
    waits = []
    now = NOON
    for _ in range(3):
        outbox.deliver(at=now)
        row = OutboxRow.objects.get()
        waits.append(row.due_at - now)
        now = row.due_at
    assert (waits, row.last_error) == ([30 * SECOND, MINUTE, 2 * MINUTE], "OSError: no mail server")

    done.fault = None
    assert outbox.deliver(at=now - SECOND) == 0
    assert outbox.deliver(at=now) == 1
    assert (done, rows()) == ([({"n": 1}, now)], [(OutboxState.SENT, 4)])


def test_a_row_of_unknown_kind_does_not_hold_up_the_others(done):
    transaction(lambda: outbox.send("unheard of", at=NOON))()
    send(1)
    outbox.deliver(at=NOON)
    assert rows() == [(OutboxState.WAITING, 1), (OutboxState.SENT, 1)]


def test_a_row_that_always_fails_ends_as_failed(done):
    send(1)
    done.fault = OSError("no mail server")
    now = NOON
    for _ in range(20):
        outbox.deliver(at=now)
        now += timedelta(days=1)
    assert rows() == [(OutboxState.FAILED, outbox.MAX_ATTEMPTS)]


def test_a_row_whose_worker_died_comes_back(done):
    send(1, 2)
    done.fault = Crash()
    with pytest.raises(Crash):
        outbox.deliver(at=NOON)
    done.fault = None

    assert outbox.deliver(at=NOON + outbox.STUCK_AFTER - SECOND) == 0
    later = NOON + outbox.STUCK_AFTER
    assert outbox.deliver(at=later) == 2
    assert [payload["n"] for payload, _at in done] == [1, 2]
    assert rows() == [(OutboxState.SENT, 2), (OutboxState.SENT, 2)]


def test_a_row_that_kills_every_worker_ends_as_failed(done):
    send(1)
    done.fault = Crash()
    now = NOON
    for _ in range(outbox.MAX_ATTEMPTS):
        with pytest.raises(Crash):
            outbox.deliver(at=now)
        now += outbox.STUCK_AFTER
    assert outbox.deliver(at=now) == 0
    assert rows() == [(OutboxState.FAILED, outbox.MAX_ATTEMPTS)]


def test_a_worker_that_was_given_up_does_not_undo_what_another_did(done):
    send(1)
    slow = outbox._claim(NOON, 10)
    outbox.deliver(at=NOON + outbox.STUCK_AFTER)
    outbox._settle(slow[0], "too late", NOON + outbox.STUCK_AFTER)
    assert rows() == [(OutboxState.SENT, 2)]


def test_a_worker_that_was_given_up_does_not_give_back_what_another_is_at(done):
    send(1)
    slow = outbox._claim(NOON, 10)
    outbox._claim(NOON + outbox.STUCK_AFTER, 10)
    outbox._settle(slow[0], "too late", NOON + outbox.STUCK_AFTER)
    assert rows() == [(OutboxState.SENDING, 2)]


def test_two_workers_never_claim_the_same_row(done):
    send(1, 2, 3)
    one, other = outbox._claim(NOON, 2), outbox._claim(NOON, 2)
    assert [row.payload["n"] for row in one + other] == [1, 2, 3]


@pytest.mark.parametrize("count", [1, 3])
def test_delivering_costs_two_statements_to_claim_and_one_to_settle_each(
    done, django_assert_num_queries, count
):
    send(*range(count))
    savepoints = 2 * (1 + count)  # a test's transaction turns each act's into a savepoint
    with django_assert_num_queries(4 + count + savepoints):
        outbox.deliver(at=NOON)


def test_sent_rows_are_forgotten_after_a_while(done):
    send(1)
    outbox.deliver(at=NOON)
    send(2, at=NOON + MINUTE)
    done.fault = OSError()
    outbox.deliver(at=NOON + MINUTE)

    assert outbox.forget_sent(before=NOON + 5 * MINUTE) == 1
    assert rows() == [(OutboxState.WAITING, 1)]


def test_a_payload_may_say_kind(done):
    transaction(lambda: outbox.send("bell", at=NOON, kind="loud"))()
    outbox.deliver(at=NOON)
    assert done == [({"kind": "loud"}, NOON)]


def test_a_handler_is_registered_under_its_kind(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})

    @outbox.handles("gong")
    def strike(payload, at): ...

    assert outbox._handlers == {"gong": strike}


def test_a_lazy_text_is_no_plain_payload():
    with pytest.raises(TypeError):
        transaction(lambda: outbox.send("bell", at=NOON, text=gettext_lazy("x")))()


@transaction
def send_closed():
    outbox.send("bell", at=NOON, closed={"to": "wang@example.cn", "code": "493021"}, about="reminder")


def test_an_address_lies_closed_reaches_its_handler_and_goes_once_it_was_carried_out(done):
    send_closed()
    row = OutboxRow.objects.get()
    assert row.payload["about"] == "reminder"
    assert not {"wang@example.cn", "493021"} & set(str(row.payload).split("'"))

    outbox.deliver(at=NOON)

    assert done == [({"about": "reminder", "to": "wang@example.cn", "code": "493021"}, NOON)]
    assert OutboxRow.objects.get().payload == {"about": "reminder"}


def test_an_address_that_could_not_be_reached_stays_closed(done):
    done.fault = OSError("no route")
    send_closed()
    outbox.deliver(at=NOON)
    assert "wang" not in str(OutboxRow.objects.get().payload)
    assert outbox.opened(OutboxRow.objects.get().payload)["to"] == "wang@example.cn"


def test_whom_a_mail_server_refused_is_named_neither_in_the_row_nor_in_the_log(done, caplog):
    done.fault = SMTPRecipientsRefused({"wang@example.cn": (550, b"<wang@example.cn> unknown")})
    send_closed()
    outbox.deliver(at=NOON)
    error = OutboxRow.objects.get().last_error
    assert error == "SMTPRecipientsRefused: {'w***@example.cn': (550, b'<w***@example.cn> unknown')}"
    assert "in ring" in caplog.text  # where it happened is still there
    assert "wang@" not in caplog.text
