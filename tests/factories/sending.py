"""Notices that say whom they are for, and a worker that sends them."""

from datetime import timedelta

from kepu.core import outbox
from kepu.notices import actions
from kepu.notices.models import Delivery, Notice
from kepu.orgs.actor import SYSTEM
from tests.factories.notices import china
from tests.factories.orgs import a_unit

SENT = china(2023, 8, 21)
TOWNS = {"title": "各镇街科协", "kinds": ["association"], "levels": ["town"]}


def with_recipients(notice, *recipients):
    """The notice with a header as its file would have it, and these recipients."""
    head = {
        "code": notice.code, "season": notice.season.code, "title": notice.title, "issuer": notice.issuer,
        "place": notice.place.code, "recipients": list(recipients),
    }  # fmt: skip
    if notice.number:
        head["number"] = notice.number
    if notice.line:
        head["line"] = notice.line.code
    notice.header = head
    notice.save(update_fields=["header"])
    return notice


def more_offices(world, n):
    """``n`` more associations in the world's town, each of which the towns' recipients name."""
    return [a_unit(world.town, f"石龙镇第{number}科协") for number in range(n)]


def work(at):
    """What the worker does until nothing is due: batches, messages, mails."""
    while outbox.deliver(at=at, size=1):
        pass


def a_delivery(world, unit=None, *, at=SENT, notice=None):
    """The world's notice sent to its towns, and the delivery to one unit (the town's office unless said)."""
    notice = notice or with_recipients(Notice.objects.get(code="dg"), TOWNS)
    actions.send_notice(notice, by=SYSTEM, at=at)
    work(at + timedelta(minutes=1))
    return loaded(Delivery.objects.get(notice=notice, unit=unit or world.town_office))


def loaded(delivery):
    """The row as a page would fetch it."""
    whole = Delivery.objects.select_related("unit", "notice__season", "notice__place", "notice__line")
    return whole.get(pk=delivery.pk)
