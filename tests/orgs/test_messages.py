from datetime import timedelta

import pytest
from django.utils.translation import gettext_lazy, override

from kepu.core import audit, outbox
from kepu.core.db import ActError, transaction
from kepu.core.models import OutboxRow, OutboxState
from kepu.core.refusals import NotAllowed
from kepu.orgs import actions, messages, queries
from kepu.orgs.models import Message, Role
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.orgs import a_chain, a_post, a_unit, an_actor

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def unit():
    return a_unit(a_chain()[3], "石龙中学")


@transaction
def tell(unit, subject="退回修改", body="请补充时间。", link="/workspace/activities/7/"):
    messages.tell(unit.pk, "activity.returned", subject, body, link, at=NOON)


def deliver():
    """Everything that is due, until nothing is."""
    while outbox.deliver(at=NOON + MINUTE):
        pass


def states():
    return list(OutboxRow.objects.order_by("id").values_list("kind", "state"))


def test_telling_outside_an_act_is_refused(unit):
    with pytest.raises(ActError):
        messages.tell(unit.pk, "k", "s", at=NOON)


def test_a_message_comes_into_being_after_the_act(unit):
    tell(unit)
    assert Message.objects.count() == 0
    deliver()
    message = Message.objects.get()
    assert (message.unit, message.kind, message.subject, message.body, message.link, message.sent_at, message.read_at) == (
        unit, "activity.returned", "退回修改", "请补充时间。", "/workspace/activities/7/", NOON + MINUTE, None,
    )  # fmt: skip


def test_the_same_delivery_twice_makes_one_message_and_one_mail(unit, mailoutbox):
    a_post(unit, person=a_person(email="wang@example.cn"))
    tell(unit)
    payload = OutboxRow.objects.get().payload
    for _ in range(2):
        actions.deliver_message(**payload, at=NOON)
    deliver()
    assert (Message.objects.count(), len(mailoutbox)) == (1, 1)


def test_telling_twice_makes_two_messages(unit):
    tell(unit)
    tell(unit)
    deliver()
    assert Message.objects.count() == 2


def test_everybody_with_a_post_and_an_address_gets_one_mail(unit, mailoutbox, settings):
    settings.KEPU_PUBLIC_URL = "https://kepu.example.cn"
    both = a_person(email="both@example.cn")
    a_post(unit, Role.FILER, person=both)
    a_post(unit, Role.REVIEWER, person=both)
    a_post(unit, person=a_person(email="other@example.cn"))
    a_post(unit, person=a_person(email=""))
    a_post(unit, person=a_person(email="closed@example.cn", is_active=False))
    a_post(unit, person=a_person(email="gone@example.cn"), until=NOON)
    a_post(a_unit(unit.place), person=a_person(email="elsewhere@example.cn"))

    tell(unit)
    deliver()

    assert [mail.to for mail in mailoutbox] == [["both@example.cn"], ["other@example.cn"]]
    assert [kind for kind, _state in states()] == ["unit.message", "unit.mail", "unit.mail"]
    assert (mailoutbox[0].subject, mailoutbox[0].body) == (
        "退回修改",
        "请补充时间。\n\nhttps://kepu.example.cn/workspace/activities/7/\n\n（发给：石龙中学）",
    )


def test_a_mail_that_fails_is_tried_again_and_the_others_are_not_sent_twice(unit, mailoutbox, monkeypatch):
    for address in ("first@example.cn", "second@example.cn"):
        a_post(unit, person=a_person(email=address))
    tell(unit)
    outbox.deliver(at=NOON)

    from django.core.mail import EmailMessage

    send = EmailMessage.send
    monkeypatch.setattr(
        EmailMessage, "send", lambda mail: 1 / 0 if mail.to == ["first@example.cn"] else send(mail)
    )
    outbox.deliver(at=NOON)
    assert states() == [
        ("unit.message", OutboxState.SENT), ("unit.mail", OutboxState.WAITING), ("unit.mail", OutboxState.SENT),
    ]  # fmt: skip
    monkeypatch.undo()
    outbox.deliver(at=NOON + MINUTE)
    assert [mail.to for mail in mailoutbox] == [["second@example.cn"], ["first@example.cn"]]


def test_no_address_lies_in_the_outbox(unit):
    a_post(unit, person=a_person("王小明", email="wang@example.cn"))
    tell(unit)
    deliver()
    texts = [str(row.payload) for row in OutboxRow.objects.order_by("id")]
    assert [text for text in texts if "wang" in text or "王小明" in text] == []


def test_a_subject_is_one_line_however_it_was_written(unit, mailoutbox):
    a_post(unit, person=a_person(email="wang@example.cn"))
    tell(unit, subject="退回\r\nBcc: other@example.cn" + "长" * 300)
    deliver()
    assert Message.objects.get().subject == ("退回 Bcc: other@example.cn" + "长" * 300)[:200]
    assert mailoutbox[0].bcc == []


def test_a_lazy_text_is_said_in_the_source_language_whoever_acts(unit):
    with override("en"):
        tell(unit, subject=gettext_lazy("填报"))
        deliver()
    assert Message.objects.get().subject == "填报"


def test_a_unit_that_has_gone_since_is_told_nothing(unit, mailoutbox):
    a_post(unit, person=a_person(email="wang@example.cn"))
    tell(unit)
    outbox.deliver(at=NOON)
    Message.objects.all().delete()
    deliver()
    assert (mailoutbox, {state for _kind, state in states()}) == ([], {OutboxState.SENT})


class TestDeliverMessages:
    """Many units at once: each one message and its people one mail."""

    @pytest.fixture
    def notes(self, unit):
        units = [unit, *(a_unit(unit.place, f"第{n}中学") for n in range(3))]
        return [actions.Note(u.pk, f"key-{u.pk}", "收到通知", "请签收。", f"/x/{u.pk}/") for u in units]

    @staticmethod
    @transaction
    def put(notes):
        actions.deliver_messages(notes, "notice.sent", at=NOON)

    def test_every_unit_is_told_and_its_people_mailed(self, unit, notes, mailoutbox):
        for address in ("a@example.cn", "b@example.cn"):
            a_post(unit, person=a_person(email=address))
        a_post(unit, person=a_person(email="closed@example.cn", is_active=False))
        self.put(notes)
        deliver()
        said = Message.objects.order_by("unit_id").values_list("unit_id", "kind", "subject", "link")
        assert list(said) == [(n.unit_id, "notice.sent", "收到通知", n.link) for n in notes]
        assert [mail.to for mail in mailoutbox] == [["a@example.cn"], ["b@example.cn"]]

    def test_the_same_keys_again_say_nothing_twice(self, unit, notes, mailoutbox):
        a_post(unit, person=a_person(email="a@example.cn"))
        self.put(notes[:2])
        self.put(notes)
        deliver()
        assert (Message.objects.count(), len(mailoutbox)) == (4, 1)

    def test_outside_an_act_it_is_refused(self, notes):
        with pytest.raises(ActError):
            actions.deliver_messages(notes, "notice.sent", at=NOON)

    @pytest.mark.parametrize("n", [1, 4])
    def test_it_costs_the_same_however_many(self, notes, django_assert_num_queries, n):
        with django_assert_num_queries(4 + 2):  # and the test's savepoint
            self.put(notes[:n])


class TestReadMessage:
    @pytest.fixture
    def message(self, unit):
        tell(unit)
        deliver()
        return Message.objects.get()

    def test_the_first_reading_counts(self, unit, message):
        reader = an_actor(unit)
        actions.read_message(message, by=reader, at=NOON + MINUTE)
        actions.read_message(message, by=an_actor(unit), at=NOON + 2 * MINUTE)
        assert message.read_at == NOON + MINUTE
        assert [row.person_id for row in audit.of(message)] == [reader.person_id]

    def test_another_unit_reads_nothing(self, unit, message):
        stranger = an_actor(a_unit(unit.place))
        assert list(queries.messages_to(stranger)) == []
        with pytest.raises(NotAllowed, match="这条消息发给了别的单位"):
            actions.read_message(message, by=stranger, at=NOON)
        message.refresh_from_db()
        assert message.read_at is None
