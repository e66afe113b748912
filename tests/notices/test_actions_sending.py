"""A notice goes out to whom it names, batch by batch, each unit once, whatever happens to the worker."""

from datetime import timedelta

import pytest

from kepu.core import audit, outbox
from kepu.core.db import ActError, transaction
from kepu.core.models import OutboxRow
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices import actions
from kepu.notices.actions import delivering
from kepu.notices.format.reading import read_notice
from kepu.notices.models import Delivery, Notice, Sending, SendingKind, SentFile
from kepu.orgs.models import Message, Role
from tests.conftest import NOON
from tests.factories.accounts import a_person
from tests.factories.activities import a_world
from tests.factories.notices import a_gate
from tests.factories.orgs import a_coordinator, a_post, an_actor
from tests.factories.returns import more_towns
from tests.factories.sending import TOWNS, more_offices, with_recipients, work

pytestmark = pytest.mark.django_db
LATER, NEXT_DAY = NOON + timedelta(minutes=1), NOON + timedelta(days=1)


@pytest.fixture
def world():
    world = a_world()
    more_towns(world)
    return world


@pytest.fixture
def notice(world):
    return with_recipients(
        Notice.objects.get(code="dg"), TOWNS, {"title": "抄送学校", "role": "cc", "kinds": ["school"]}
    )


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(delivering, "BATCH", 2)


def send(notice, world, at=NOON):
    sending = actions.send_notice(notice, by=world.coordinator, at=at)
    work(at + timedelta(minutes=1))
    return sending


def delivered():
    rows = Delivery.objects.order_by("unit__name")
    return [(d.unit.name, d.role, d.title) for d in rows.select_related("unit")]


EVERYBODY = [
    ("石龙中学", "cc", "抄送学校"), ("石龙镇科协", "to", "各镇街科协"), ("茶山镇科协", "to", "各镇街科协"),
    ("虎门镇科协", "to", "各镇街科协"), ("长安镇科协", "to", "各镇街科协"),
]  # fmt: skip


def test_a_notice_reaches_every_unit_its_recipients_name(world, notice):
    sending = send(notice, world)
    assert sorted(delivered()) == sorted(EVERYBODY)
    sending.refresh_from_db()
    assert (sending.reached, sending.done_at) == (5, LATER)
    delivery = Delivery.objects.select_related("unit").get(unit=world.town_office)
    file = SentFile.objects.get()
    assert (delivery.digest, delivery.sent_at, delivery.level, delivery.part, delivery.opened_at) == (
        file.digest, NOON, "town", world.town.path, None
    )  # fmt: skip
    assert (file.number, read_notice(file.text, "n.toml").notice.code) == (1, "dg")


def test_nothing_is_delivered_before_the_worker_comes(world, notice):
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    assert (Delivery.objects.count(), [r.kind for r in OutboxRow.objects.all()]) == (0, ["notice.sending"])


def test_the_trace_says_who_sent_what_and_each_batch(world, notice, small_batches):
    sending = send(notice, world)
    rows = list(audit.of(notice))
    digest = SentFile.objects.get().digest
    assert [(r.event, r.unit_id) for r in rows] == [
        ("notice.sent", world.city_office.pk), *[("notice.delivered", None)] * 3
    ]  # fmt: skip
    assert rows[0].detail == {"sending": sending.pk, "file": 1, "digest": digest}
    assert [(r.detail["count"], r.detail["digest"]) for r in rows[1:]] == [
        (2, digest),
        (2, digest),
        (1, digest),
    ]
    assert list(audit.verify()) == []


def test_every_unit_is_told_once_and_its_people_get_a_mail(world, notice, mailoutbox, small_batches):
    for address in ("a@example.cn", "b@example.cn"):
        a_post(world.town_office, Role.FILER, person=a_person(email=address))
    a_post(world.school, Role.FILER, person=a_person(email="school@example.cn"))
    send(notice, world)
    delivery = Delivery.objects.get(unit=world.town_office)
    message = Message.objects.get(unit=world.town_office)
    assert (message.kind, message.subject, message.body, message.link) == (
        "notice.sent", "收到通知：东莞市全国科普日活动通知（东科协〔2023〕17号）", "东莞市科协发。请打开查看，并签收。",
        f"/workspace/received/{delivery.pk}/",
    )  # fmt: skip
    assert Message.objects.count() == 5
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@example.cn", "b@example.cn", "school@example.cn"]


def test_sending_again_reaches_only_who_has_it_not_yet(world, notice, mailoutbox):
    a_post(world.town_office, Role.FILER, person=a_person(email="a@example.cn"))
    send(notice, world)
    new = more_offices(world, 4)[3]
    again = send(notice, world, at=NEXT_DAY)
    again.refresh_from_db()
    assert (again.reached, Delivery.objects.get(unit=new).sent_at, Delivery.objects.count()) == (
        4,
        NEXT_DAY,
        9,
    )
    assert (Message.objects.count(), len(mailoutbox)) == (9, 1)


def test_a_supplement_widens_the_circle(world, notice):
    with_recipients(notice, TOWNS)
    send(notice, world)
    with_recipients(notice, TOWNS, {"title": "学校", "kinds": ["school"]})
    send(notice, world, at=NEXT_DAY)
    assert [(d.unit.name, d.sent_at) for d in Delivery.objects.order_by("-pk").select_related("unit")][
        :1
    ] == [("石龙中学", NEXT_DAY)]
    assert [f.number for f in SentFile.objects.order_by("number")] == [1, 2]


def test_an_unchanged_notice_is_kept_once_and_a_changed_one_anew(world, notice):
    send(notice, world)
    send(notice, world, at=NEXT_DAY)
    assert SentFile.objects.count() == 1
    a_gate(notice, "DG-99", fact="venue", required=True)
    send(notice, world, at=NEXT_DAY)
    assert [f.number for f in SentFile.objects.order_by("pk")] == [1, 2]


def test_sending_twice_while_it_is_on_its_way_is_one_sending(world, notice):
    first = actions.send_notice(notice, by=world.coordinator, at=NOON)
    second = actions.send_notice(notice, by=world.coordinator, at=LATER)
    assert (first, Sending.objects.count()) == (second, 1)
    work(LATER)
    assert (Delivery.objects.count(), Message.objects.count()) == (5, 5)


def test_pressing_again_gets_a_sending_going_whose_row_failed_for_good(world, notice):
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    OutboxRow.objects.update(state="failed")
    actions.send_notice(notice, by=world.coordinator, at=LATER)
    work(LATER)
    assert Delivery.objects.count() == 5


def test_a_notice_that_names_nobody_is_not_sent(world, notice):
    with_recipients(notice)
    with pytest.raises(Incomplete, match="没有写主送和抄送"):
        actions.send_notice(notice, by=world.coordinator, at=NOON)


def test_recipients_that_find_nobody_come_to_nothing(world, notice):
    with_recipients(notice, {"title": "各有关单位"})
    sending = send(notice, world)
    sending.refresh_from_db()
    assert (sending.reached, sending.done_at, Delivery.objects.count()) == (0, LATER, 0)


@pytest.mark.parametrize("who", ["filer", "reviewer", "town_coordinator"])
def test_only_coordinators_of_the_issuer_send(world, notice, who):
    notice.issuer_unit = world.city_office
    with pytest.raises(NotAllowed, match="由发文单位（东莞市科协）的统筹人员发送和催办"):
        actions.send_notice(notice, by=getattr(world, who), at=NOON)
    with pytest.raises(NotAllowed, match="由发文单位"):
        actions.remind(notice, SendingKind.UNOPENED, by=getattr(world, who), at=NOON)


def test_the_level_above_does_not_send_for_the_issuer(world, notice):
    Notice.objects.update(issuer_unit=world.city_office)
    notice.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.send_notice(notice, by=a_coordinator(world.province_office), at=NOON)


def test_without_an_issuer_in_the_system_whoever_coordinates_the_place_sends(world, notice):
    Notice.objects.update(issuer_unit=None)
    notice.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.send_notice(notice, by=world.town_coordinator, at=NOON)
    send(notice, world)
    assert ("东莞市科协" in {name for name, _role, _title in delivered()}, Delivery.objects.count()) == (
        False,
        5,
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": "placeholder"}, "未见正文"), ({"status": "withdrawn"}, "已经撤回"), ({"withdrawn_at": NOON}, "已经撤回"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_not_sent(world, notice, fields, sentence):
    Notice.objects.update(**fields)
    notice.refresh_from_db()
    with pytest.raises(NotAllowed, match=sentence):
        actions.send_notice(notice, by=world.coordinator, at=NOON)


def test_a_notice_withdrawn_on_its_way_goes_no_further(world, notice, small_batches):
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    outbox.deliver(at=NOON, size=1)
    Notice.objects.update(withdrawn_at=LATER)
    work(LATER)
    assert (Delivery.objects.count(), Sending.objects.get().done_at) == (2, LATER)


def test_the_part_that_an_issuing_act_calls_needs_an_act(world, notice):
    with pytest.raises(ActError):
        actions.queue_deliveries(notice, NOON)

    @transaction
    def issue():
        return actions.queue_deliveries(notice, NOON, by=world.coordinator)

    assert issue() == Sending.objects.get()
    with_recipients(notice)
    assert issue() is None


class Crash(BaseException):
    """The worker dies: nothing after this line runs."""


class TestWhenTheWorkerDies:
    """Killed anywhere, it comes back, and every unit has its notice, its message and its mail once."""

    @pytest.fixture(autouse=True)
    def set_up(self, world, notice, small_batches, db):
        a_post(world.town_office, Role.FILER, person=a_person(email="a@example.cn"))
        self.world, self.notice = world, notice

    def is_whole(self, mailoutbox):
        assert sorted(delivered()) == sorted(EVERYBODY)
        assert (Message.objects.count(), len(mailoutbox)) == (5, 1)
        sending = Sending.objects.get()
        assert (sending.reached, sending.done_at is not None) == (5, True)

    def dies(self, at):
        with pytest.raises(Crash):
            work(at)

    @pytest.mark.parametrize("where", ["deliver_messages", "_trace"])
    def test_in_the_middle_of_a_batch(self, monkeypatch, mailoutbox, where):
        whole, calls = getattr(delivering, where), []

        def killed_at_the_second(*arguments, **named):
            calls.append(1)
            if len(calls) == 2:
                raise Crash
            return whole(*arguments, **named)

        monkeypatch.setattr(delivering, where, killed_at_the_second)
        actions.send_notice(self.notice, by=self.world.coordinator, at=NOON)
        self.dies(NOON)
        work(NOON + outbox.STUCK_AFTER + timedelta(seconds=1))
        self.is_whole(mailoutbox)

    def test_between_a_batch_and_noting_it(self, monkeypatch, mailoutbox):
        settle, calls = outbox._settle, []

        def killed_at_the_first(*arguments):
            calls.append(1)
            if len(calls) == 1:
                raise Crash
            settle(*arguments)

        monkeypatch.setattr(outbox, "_settle", killed_at_the_first)
        actions.send_notice(self.notice, by=self.world.coordinator, at=NOON)
        self.dies(NOON)
        work(NOON + outbox.STUCK_AFTER + timedelta(seconds=1))
        self.is_whole(mailoutbox)
        assert OutboxRow.objects.filter(kind="notice.sending").count() == 3  # no second chain


def test_units_come_before_mails(world, notice, small_batches):
    a_post(world.town_office, Role.FILER, person=a_person(email="a@example.cn"))
    done = []
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    for minute in range(1, 8):
        before = set(OutboxRow.objects.filter(state="sent").values_list("pk", flat=True))
        outbox.deliver(at=NOON + timedelta(minutes=minute), size=1)
        done += [r.kind for r in OutboxRow.objects.filter(state="sent").exclude(pk__in=before)]
    assert done == ["notice.sending"] * 3 + ["unit.mail"]


@pytest.mark.parametrize("units", [1, 40])
def test_a_batch_costs_the_same_statements_however_many_units(
    world, notice, units, django_assert_max_num_queries
):
    more_offices(world, units)
    actions.send_notice(notice, by=world.coordinator, at=NOON)
    with django_assert_max_num_queries(24):  # savepoints of the claim, the act and the settling among them
        outbox.deliver(at=NOON, size=1)
    assert Delivery.objects.count() == 5 + units


class TestRemind:
    @pytest.fixture(autouse=True)
    def set_up(self, world, notice, small_batches):
        send(notice, world)
        self.world, self.notice = world, notice

    def remind(self, which=SendingKind.UNOPENED, at=NEXT_DAY):
        count = actions.remind(self.notice, which, by=self.world.coordinator, at=at)
        work(at + timedelta(minutes=1))
        return count

    def test_who_has_not_looked_is_reminded(self):
        seen = Delivery.objects.get(unit=self.world.school)
        actions.open_delivery(seen, by=self.world.filer, at=LATER)
        assert self.remind() == 4
        assert {m.unit.name for m in Message.objects.filter(kind="notice.reminded").select_related("unit")} == {
            "石龙镇科协", "茶山镇科协", "虎门镇科协", "长安镇科协",
        }  # fmt: skip
        row = Delivery.objects.get(unit=self.world.town_office)
        assert (row.reminders, row.reminded_at) == (1, NEXT_DAY)
        message = Message.objects.get(unit=self.world.town_office, kind="notice.reminded")
        assert (message.subject, message.link) == (
            "请打开并签收通知：东莞市全国科普日活动通知（东科协〔2023〕17号）", f"/workspace/received/{row.pk}/"
        )  # fmt: skip

    def test_who_has_looked_and_not_received_is_reminded_of_receiving(self):
        seen = Delivery.objects.get(unit=self.world.school)
        actions.open_delivery(seen, by=self.world.filer, at=LATER)
        done = Delivery.objects.get(unit=self.world.town_office)
        actions.receive_notice(done, by=an_actor(self.world.town_office), at=LATER)
        assert self.remind(SendingKind.UNRECEIVED) == 4
        assert set(Delivery.objects.filter(reminders=1).values_list("unit__name", flat=True)) == {
            "石龙中学", "茶山镇科协", "虎门镇科协", "长安镇科协",
        }  # fmt: skip

    def test_nobody_is_reminded_twice_on_a_day(self):
        self.remind()
        for which in (SendingKind.UNOPENED, SendingKind.UNRECEIVED):
            with pytest.raises(Incomplete, match="一个单位一天只催一次"):
                self.remind(which, at=NEXT_DAY + timedelta(hours=11))
        assert self.remind(at=NEXT_DAY + timedelta(hours=12)) == 5
        assert set(Delivery.objects.values_list("reminders", flat=True)) == {2}

    def test_a_reminder_under_way_is_not_begun_again(self):
        actions.remind(self.notice, SendingKind.UNOPENED, by=self.world.coordinator, at=NEXT_DAY)
        with pytest.raises(NotAllowed, match="催办还在进行"):
            actions.remind(self.notice, SendingKind.UNOPENED, by=self.world.coordinator, at=NEXT_DAY)

    def test_two_reminders_at_once_remind_nobody_twice(self):
        for which in (SendingKind.UNOPENED, SendingKind.UNRECEIVED):
            actions.remind(self.notice, which, by=self.world.coordinator, at=NEXT_DAY)
        work(NEXT_DAY + timedelta(minutes=1))
        assert (set(Delivery.objects.values_list("reminders", flat=True)), Message.objects.count()) == (
            {1},
            10,
        )

    def test_the_trace_counts(self):
        self.remind()
        rows = [(r.event, r.detail.get("count")) for r in audit.of(self.notice)]
        assert rows[4:] == [
            ("notice.reminded", 5), ("notice.reminders_sent", 2), ("notice.reminders_sent", 2), ("notice.reminders_sent", 1)
        ]  # fmt: skip

    def test_it_reminds_of_nothing_else(self):
        with pytest.raises(ValueError, match="send"):
            self.remind(SendingKind.SEND)
