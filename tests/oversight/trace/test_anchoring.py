"""The day's check and the day's mail: once a day, whichever worker comes first."""

from datetime import timedelta

import pytest

from kepu.activities.workflow import State
from kepu.core import outbox
from kepu.core.audit import Anchor, anchor_now
from kepu.core.models import AuditCheck, AuditStrand
from kepu.oversight.jobs import watch_trace
from tests.conftest import NOON
from tests.factories.activities import a_world, an_activity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def somebody_gets_it(settings):
    settings.KEPU_ANCHOR_MAIL = ["audit@example.org"]


def test_the_anchor_of_the_day_is_mailed_and_can_be_read_back(mailoutbox):
    an_activity(a_world(), State.DRAFT)
    watch_trace(NOON)
    outbox.deliver(at=NOON)
    anchor = [mail for mail in mailoutbox if "链头" in mail.subject]
    assert [Anchor.read(mail.body[mail.body.index("kepu-anchor") :]) for mail in anchor] == [anchor_now(NOON)]


def test_a_second_worker_on_the_same_day_leaves_it(mailoutbox):
    watch_trace(NOON)
    watch_trace(NOON + timedelta(hours=3))
    watch_trace(NOON + timedelta(days=1))
    assert AuditCheck.objects.count() == 2


def test_what_the_check_found_stands_in_the_subject_and_in_the_log(mailoutbox, caplog):
    an_activity(a_world(), State.DRAFT)
    AuditStrand.objects.filter(length=1).update(length=5)
    watch_trace(NOON)
    outbox.deliver(at=NOON)
    assert [
        mail.subject.startswith("【留痕有1处不符】") for mail in mailoutbox if "留痕" in mail.subject
    ] == [True]
    assert "The trace was tampered with" in caplog.text


def test_without_an_address_nothing_is_mailed(settings, mailoutbox):
    settings.KEPU_ANCHOR_MAIL = []
    watch_trace(NOON)
    outbox.deliver(at=NOON)
    assert (mailoutbox, AuditCheck.objects.count()) == ([], 1)
