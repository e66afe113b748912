"""A unit opens, receives and forwards what was sent to it; the first of each counts."""

from datetime import timedelta

import pytest

from kepu.core import audit
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.notices import actions
from kepu.notices.format.schema import Recipient
from kepu.notices.models import Delivery, Notice, Sending, SentFile
from kepu.orgs.models import Message, Role
from tests.conftest import NOON
from tests.factories.notices import a_gate
from tests.factories.orgs import a_coordinator, a_line, a_place, a_unit, an_actor
from tests.factories.sending import a_delivery, loaded, with_recipients, work

pytestmark = pytest.mark.django_db
LATER, EVENING = NOON + timedelta(minutes=1), NOON + timedelta(hours=8)
SCHOOLS = [Recipient(title="各学校", kinds=("school",))]


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.fixture
def delivery(world):
    return a_delivery(world)


def trace(delivery):
    return [(row.event, row.person_id, row.detail) for row in audit.of(delivery)]


class TestOpen:
    def test_the_first_look_counts(self, world, delivery):
        first, second = an_actor(world.town_office), an_actor(world.town_office)
        actions.open_delivery(delivery, by=first, at=NOON)
        seen = actions.open_delivery(loaded(delivery), by=second, at=EVENING)
        assert (seen.opened_at, seen.opened_by_id, seen.received_at) == (NOON, first.person_id, None)
        assert trace(delivery) == [("delivery.opened", first.person_id, {"notice": "dg"})]

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.EVALUATOR, Role.OPERATOR])
    def test_who_only_looks_on_opens_nothing(self, world, delivery, role):
        with pytest.raises(NotAllowed, match="发给“石龙镇科协”的通知，由该单位的填报、审核或统筹人员签收"):
            actions.open_delivery(delivery, by=an_actor(world.town_office, role), at=NOON)
        assert loaded(delivery).opened_at is None


class TestReceive:
    def test_who_when_and_which_file(self, world, delivery):
        by = an_actor(world.town_office, Role.REVIEWER)
        done = actions.receive_notice(delivery, by=by, at=NOON)
        assert (done.received_at, done.received_by_id, done.opened_at, done.opened_by_id) == (
            NOON, by.person_id, NOON, by.person_id
        )  # fmt: skip
        assert trace(delivery) == [
            ("delivery.received", by.person_id, {"notice": "dg", "digest": SentFile.objects.get().digest})
        ]

    def test_twice_is_once(self, world, delivery):
        first = an_actor(world.town_office)
        actions.receive_notice(delivery, by=first, at=NOON)
        done = actions.receive_notice(loaded(delivery), by=an_actor(world.town_office), at=EVENING)
        assert (done.received_at, done.received_by_id, len(trace(delivery))) == (NOON, first.person_id, 1)

    def test_the_first_look_before_it_stays(self, world, delivery):
        first = an_actor(world.town_office)
        actions.open_delivery(delivery, by=first, at=NOON)
        done = actions.receive_notice(delivery, by=an_actor(world.town_office), at=EVENING)
        assert (done.opened_at, done.opened_by_id, done.received_at) == (NOON, first.person_id, EVENING)

    @pytest.mark.parametrize("who", ["coordinator", "filer"])
    def test_another_unit_receives_nothing(self, world, delivery, who):
        with pytest.raises(NotAllowed, match="请换成这个单位的身份"):
            actions.receive_notice(delivery, by=getattr(world, who), at=NOON)
        assert (loaded(delivery).received_at, trace(delivery)) == (None, [])

    def test_what_was_withdrawn_can_still_be_received(self, world, delivery):
        Notice.objects.update(withdrawn_at=NOON)
        assert actions.receive_notice(delivery, by=world.town_coordinator, at=EVENING).received_at == EVENING


class TestForward:
    def forward(self, delivery, world, recipients=SCHOOLS, at=NOON, by=None):
        sending = actions.forward_notice(delivery, recipients, by=by or world.town_coordinator, at=at)
        work(at + timedelta(minutes=1))
        return sending

    def test_the_units_below_get_it_and_know_where_it_came_from(self, world, delivery):
        self.forward(delivery, world)
        made = Delivery.objects.get(unit=world.school)
        assert (made.forwarded_from, made.title, made.role, made.sent_at, made.digest) == (
            delivery, "各学校", "to", NOON, delivery.digest
        )  # fmt: skip
        source = loaded(delivery)
        assert (source.forwards, source.opened_at, Sending.objects.latest("pk").reached) == (1, NOON, 1)
        message = Message.objects.get(unit=world.school)
        assert (message.kind, message.subject, message.body) == (
            "notice.forwarded", "转来通知：东莞市全国科普日活动通知（东科协〔2023〕17号）",
            "石龙镇科协转发。东莞市科协发。请打开查看，并签收。",
        )  # fmt: skip
        assert [event for event, *_rest in trace(delivery)] == ["delivery.forwarded"]

    def test_a_unit_that_has_it_is_not_reached_twice(self, world, delivery):
        self.forward(delivery, world)
        new = a_unit(world.town, "石龙二中", kind="school")
        self.forward(delivery, world, at=EVENING)
        assert (
            Delivery.objects.filter(unit=world.school).count(),
            Delivery.objects.get(unit=new).sent_at,
        ) == (1, EVENING)
        assert (Message.objects.filter(unit=world.school).count(), loaded(delivery).forwards) == (1, 2)
        with pytest.raises(Incomplete, match="都已经收到这份通知"):
            self.forward(delivery, world)

    def test_sending_and_forwarding_meet_without_telling_twice(self, world, delivery):
        self.forward(delivery, world)
        notice = with_recipients(Notice.objects.get(code="dg"), {"title": "学校", "kinds": ["school"]})
        actions.send_notice(notice, by=world.coordinator, at=EVENING)
        work(EVENING)
        assert Delivery.objects.get(unit=world.school).forwarded_from == delivery
        assert Message.objects.filter(unit=world.school).count() == 1

    def test_it_goes_down_link_by_link(self, world, delivery):
        village = a_place("441900103001", "某村", kind="village", parent=world.town)
        committee = a_unit(village, "某村村委会", kind="village_committee", coordinates=[village])
        a_unit(village, "某村科普站", kind="science_base")
        self.forward(delivery, world, [Recipient(title="各村", kinds=("village_committee",))])
        below = loaded(Delivery.objects.get(unit=committee))
        self.forward(
            below, world, [Recipient(title="科普站", levels=("village",))], by=a_coordinator(committee)
        )
        last = Delivery.objects.get(unit__name="某村科普站")
        assert (last.forwarded_from, last.forwarded_from.forwarded_from) == (below, delivery)

    def test_the_wording_is_the_one_of_the_day(self, world, delivery):
        a_gate(Notice.objects.get(code="dg"), "DG-99", fact="venue", required=True)
        self.forward(delivery, world)
        assert Delivery.objects.get(unit=world.school).digest == SentFile.objects.get(number=2).digest

    def test_nothing_outside_the_area_is_reached(self, world, delivery):
        other = a_place("441900104", "虎门镇", parent=world.city)
        a_unit(other, "虎门中学", kind="school")
        self.forward(delivery, world)
        assert not Delivery.objects.filter(unit__name="虎门中学").exists()
        with pytest.raises(Incomplete, match="在您统筹的范围内没有找到这样的单位"):
            self.forward(delivery, world, [Recipient(title="虎门中学", names=("虎门中学",))])

    def test_a_unit_that_coordinates_a_line_forwards_in_it(self, world):
        education = a_line("education", "教育")
        bureau = a_unit(world.city, "市教育局", kind="department", line=education, coordinates=[education])
        a_unit(world.town, "镇教办", kind="department", line=education)
        notice = with_recipients(Notice.objects.get(code="dg"), {"title": "教育局", "names": ["市教育局"]})
        delivery = a_delivery(world, bureau, notice=notice)
        self.forward(delivery, world, [Recipient(title="镇教办", levels=("town",))], by=a_coordinator(bureau))
        assert {d.unit.name for d in Delivery.objects.select_related("unit")} == {"市教育局", "镇教办"}

    def test_nobody_named_is_refused(self, world, delivery):
        with pytest.raises(Incomplete, match="请选择转发给哪些单位"):
            self.forward(delivery, world, [])

    def test_only_coordinators_of_the_unit_forward(self, world, delivery):
        for by in (an_actor(world.town_office), world.coordinator, world.filer):
            with pytest.raises(NotAllowed, match="由该单位的统筹人员转发"):
                self.forward(delivery, world, by=by)

    def test_who_coordinates_nothing_has_nobody_to_forward_to(self, world):
        notice = with_recipients(Notice.objects.get(code="dg"), {"title": "学校", "kinds": ["school"]})
        delivery = a_delivery(world, world.school, notice=notice)
        with pytest.raises(NotAllowed, match="没有可以转发的下级单位"):
            self.forward(delivery, world, by=an_actor(world.school, Role.COORDINATOR))

    def test_what_was_withdrawn_is_not_forwarded(self, world, delivery):
        Notice.objects.update(withdrawn_at=NOON)
        with pytest.raises(NotAllowed, match="已经撤回，不能再转发"):
            self.forward(loaded(delivery), world)
