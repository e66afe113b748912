"""Before something is due, whoever has not opened the notice that asks for it is reminded: once, and by itself."""

from datetime import timedelta

import pytest

from kepu.cli.worker import Worker
from kepu.core import audit
from kepu.core.refusals import NotAllowed
from kepu.notices import actions
from kepu.notices.actions import pressing
from kepu.notices.jobs import remind_before_deadlines
from kepu.notices.models import Clause, Delivery, Notice, Season, SendingKind
from kepu.orgs.models import Message
from tests.factories.activities import a_world
from tests.factories.notices import a_clause, china
from tests.factories.orgs import an_actor
from tests.factories.returns import more_towns, reporting
from tests.factories.sending import TOWNS, with_recipients, work

pytestmark = pytest.mark.django_db
SENT = china(2023, 9, 1)
# the table is due on Friday, 8 September: two working days before is Wednesday
TUESDAY, WEDNESDAY, FRIDAY = (china(2023, 9, day, 0) for day in (5, 6, 8))
FOUR = {"石龙镇科协", "茶山镇科协", "虎门镇科协", "长安镇科协"}


@pytest.fixture
def world():
    """The towns owe a table by 8 September; the school has the notice too, and owes nothing."""
    world = a_world(rules=reporting)
    more_towns(world)
    notice = Notice.objects.get(code="dg")
    send(with_recipients(notice, TOWNS, {"title": "抄送学校", "role": "cc", "kinds": ["school"]}), world)
    return world


def send(notice, world, at=SENT):
    actions.send_notice(notice, by=world.coordinator, at=at)
    work(at + timedelta(minutes=1))


def reminded():
    rows = Message.objects.filter(kind="notice.reminded").select_related("unit")
    return sorted(m.unit.name for m in rows)


def test_two_working_days_before_those_who_owe_it_and_have_not_looked_are_reminded(world):
    assert remind_before_deadlines(TUESDAY) == 0
    assert remind_before_deadlines(WEDNESDAY) == 4
    assert set(reminded()) == FOUR
    row = Delivery.objects.get(unit=world.town_office)
    message = Message.objects.get(unit=world.town_office, kind="notice.reminded")
    assert (row.reminders, row.reminded_at, row.opened_at) == (1, WEDNESDAY, None)
    assert (message.subject, message.link) == (
        "请打开并签收通知：东莞市全国科普日活动通知（东科协〔2023〕17号）", f"/workspace/received/{row.pk}/"
    )  # fmt: skip
    assert "系统自动提醒，每份通知只提醒一次。" in message.body
    trace = audit.of(row.notice).filter(event="notice.reminded_before_deadline").get()
    assert (trace.detail["count"], trace.detail["days"], trace.person_id) == (4, 2, None)


def test_nobody_is_reminded_twice_whatever_comes(world):
    remind_before_deadlines(WEDNESDAY)
    assert remind_before_deadlines(WEDNESDAY + timedelta(hours=9)) == 0
    assert remind_before_deadlines(FRIDAY) == 0
    assert remind_before_deadlines(china(2023, 9, 21)) == 0  # the summary of 23 September
    assert sorted(FOUR) == reminded()


def test_who_was_reminded_by_hand_is_left_alone(world):
    actions.remind(Notice.objects.get(code="dg"), SendingKind.UNOPENED, by=world.coordinator, at=TUESDAY)
    work(TUESDAY + timedelta(minutes=1))
    assert remind_before_deadlines(WEDNESDAY) == 0


def test_who_has_looked_is_not_reminded(world):
    delivery = Delivery.objects.get(unit=world.town_office)
    actions.open_delivery(delivery, by=an_actor(world.town_office), at=TUESDAY)
    assert remind_before_deadlines(WEDNESDAY) == 3
    assert "石龙镇科协" not in reminded()


def test_a_worker_that_slept_through_the_day_still_does_it_while_it_is_of_use(world):
    assert remind_before_deadlines(FRIDAY) == 4


def test_after_the_day_the_next_duty_is_the_first(world):
    assert remind_before_deadlines(china(2023, 9, 9)) == 0
    assert remind_before_deadlines(china(2023, 9, 21)) == 4


def test_nobody_is_pressed_on_the_day_of_delivery(world):
    late = with_recipients(Notice.objects.get(code="dg"), TOWNS)
    Delivery.objects.all().delete()
    send(late, world, at=china(2023, 9, 7, 10))
    assert remind_before_deadlines(china(2023, 9, 7, 18)) == 0
    assert remind_before_deadlines(FRIDAY) == 4


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda: Notice.objects.update(withdrawn_at=TUESDAY), id="a notice withdrawn"),
        pytest.param(lambda: Season.objects.update(is_open=False), id="a season closed"),
        pytest.param(lambda: Clause.objects.update(status="pending"), id="a date not settled"),
        pytest.param(
            lambda: Clause.objects.update(audience={"levels": ["town"], "only_for": "入围的"}),
            id="a part named later",
        ),
    ],
)
def test_what_presses_nobody(world, change):
    change()
    Season.objects.update(edition=7)
    assert remind_before_deadlines(WEDNESDAY) == 0


def test_each_notice_has_its_own(world):
    other = with_recipients(Notice.objects.get(code="dg"), TOWNS)
    Notice.objects.filter(pk=other.pk).update(number="")
    second = Notice.objects.create(
        season=other.season, code="dg-2", title="另一份", issuer=other.issuer, issuer_unit=other.issuer_unit, place=other.place,
        status="formal", in_force_at=SENT,
    )  # fmt: skip
    a_clause(
        second,
        "B-1",
        "duty",
        {"what": "x", "title": "表", "due": {"date": "2023-09-11"}},
        audience={"levels": ["town"]},
    )
    send(with_recipients(second, TOWNS), world)
    assert remind_before_deadlines(WEDNESDAY) == 4
    assert remind_before_deadlines(china(2023, 9, 7)) == 4  # the weekend lies between
    assert set(Delivery.objects.filter(unit=world.town_office).values_list("reminders", flat=True)) == {1}


def test_in_batches_until_nobody_is_left_or_the_worker_is_to_stop(world, monkeypatch):
    monkeypatch.setattr(pressing, "BATCH", 3)
    assert (
        remind_before_deadlines(
            WEDNESDAY, stop=lambda: Message.objects.filter(kind="notice.reminded").exists()
        )
        == 3
    )
    assert remind_before_deadlines(WEDNESDAY) == 1
    assert sorted(FOUR) == reminded()


def test_how_many_days_is_a_setting_and_none_is_never(world, settings):
    settings.KEPU_REMIND_WORKING_DAYS = 0
    assert remind_before_deadlines(WEDNESDAY) == 0
    settings.KEPU_REMIND_WORKING_DAYS = 3
    assert remind_before_deadlines(TUESDAY) == 4


def test_the_worker_does_it_once_a_day(world, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: WEDNESDAY)
    Worker().turn()
    assert set(reminded()) == FOUR


def test_only_the_system_presses(world):
    with pytest.raises(NotAllowed, match="由后台办理"):
        actions.remind_before_deadline(
            Notice.objects.get(code="dg"), days=2, by=world.coordinator, at=WEDNESDAY
        )
