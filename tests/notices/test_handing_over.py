"""A unit that is merged takes along the notices it has not received, and finds itself where a notice named the old one."""

import pytest

from kepu.activities import actions as activities
from kepu.activities.workflow import State
from kepu.notices.models import Delivery
from kepu.orgs import actions as orgs
from tests.factories.activities import a_world, an_activity, loaded
from tests.factories.coming import kinds_known
from tests.factories.notices import china, dongguan
from tests.factories.orgs import a_coordinator, a_unit, an_actor
from tests.factories.sending import a_delivery

pytestmark = pytest.mark.django_db
LATER = china(2023, 9, 1)


@pytest.fixture
def world():
    kinds_known()
    return a_world(rules=dongguan)


@pytest.fixture
def other(world):
    return a_unit(world.town, "石龙镇科学技术协会")


def test_a_notice_not_received_goes_over(world):
    delivery = a_delivery(world)
    later = a_unit(world.town, "石龙镇科学技术协会")
    orgs.merge_unit(world.town_office, later, by=a_coordinator(world.city_office), at=LATER)
    assert Delivery.objects.get(pk=delivery.pk).unit == later


def test_what_the_other_has_already_stays(world, other):
    delivery = a_delivery(world)
    orgs.merge_unit(world.town_office, other, by=a_coordinator(world.city_office), at=LATER)
    assert Delivery.objects.get(pk=delivery.pk).unit == world.town_office
    assert Delivery.objects.filter(notice=delivery.notice, unit=other).count() == 1


def test_filings_go_to_the_office_that_was_kept(world):
    """The route names who coordinates; the office that coordinated was merged into another."""
    office = a_unit(world.city, "东莞市科学技术协会")
    orgs.merge_unit(world.city_office, office, by=a_coordinator(world.province_office), at=china(2023, 8, 20))
    activity = an_activity(world, State.DRAFT)
    activities.file_activity(activity, by=an_actor(world.school), at=china(2023, 8, 25))
    assert loaded(activity).reviewing_unit == office
