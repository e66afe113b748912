"""Units merge, move and close while returns are under way: nothing counted changes, what is open goes on."""

import pytest

from kepu.core import audit, tallies
from kepu.core.refusals import NotAllowed
from kepu.orgs import actions as orgs
from kepu.orgs.models import Role
from kepu.orgs.queries import actor_for
from kepu.returns import actions, queries
from kepu.returns.models import Return
from tests.factories.activities import a_world
from tests.factories.coming import kinds_known
from tests.factories.notices import china
from tests.factories.orgs import a_coordinator, a_place, a_post, a_unit, an_actor
from tests.factories.returns import IN_TIME, PLAN, a_return, reporting

pytestmark = pytest.mark.django_db
LATER = china(2023, 9, 6)


@pytest.fixture
def world():
    kinds_known()
    return a_world(rules=reporting)


@pytest.fixture
def other(world):
    return a_unit(world.town, "石龙镇科学技术协会", kind="association")


@pytest.fixture
def above(world):
    return a_coordinator(world.city_office)


def a_begun(world, unit):
    """A draft for the plan table."""
    filer = an_actor(unit)
    return actions.save_return(unit, world.season, PLAN, sections={"unit_name": "石龙"}, by=filer, at=IN_TIME)


def at(row):
    found = Return.objects.get(pk=row.pk)
    return found.unit, found.place_path, found.state


def test_a_draft_goes_over_with_the_unit(world, other, above):
    row = a_begun(world, world.town_office)
    orgs.merge_unit(world.town_office, other, by=above, at=LATER)
    assert at(row) == (other, world.town.path, "drafting")
    assert audit.of(row).last().event == "return.handed_over"


def test_a_draft_of_a_duty_that_the_other_has_begun_stays_and_is_not_handed_in_twice(world, other, above):
    row = a_begun(world, world.town_office)
    a_begun(world, other)
    post = a_post(world.town_office, Role.FILER)
    orgs.merge_unit(world.town_office, other, by=above, at=LATER)
    assert at(row)[0] == world.town_office
    old = actor_for(post.person, world.town_office.pk, china(2023, 9, 6, 12))
    with pytest.raises(NotAllowed, match="只能办完原来的事"):
        actions.hand_in_return(
            world.town_office, world.season, PLAN, by=old, at=LATER, expected_version=row.version
        )


def test_what_was_handed_in_stays_and_its_receiver_is_whoever_takes_over(world, other, above):
    row = a_return(world)
    before = tallies.in_place(world.season.pk, world.town.path)
    orgs.merge_unit(world.town_office, other, by=above, at=LATER)
    assert at(row) == (world.town_office, world.town.path, "handed_in")
    assert tallies.in_place(world.season.pk, world.town.path) == before
    office = a_unit(world.city, "东莞市科学技术协会")
    orgs.merge_unit(world.city_office, office, by=a_coordinator(world.province_office), at=LATER)
    assert [found.pk for found in queries.inbox(an_actor(office, Role.REVIEWER)).items] == [row.pk]
    assert tallies.verify() == []


def test_a_draft_moves_with_its_unit_and_what_was_handed_in_does_not(world, above):
    dalang = a_place("441900122", "大朗镇", parent=world.city)
    unit = a_unit(world.town, "石龙科普站", kind="association")
    draft = a_begun(world, unit)
    handed = a_return(world)
    orgs.move_unit(unit, dalang, None, by=above, at=LATER)
    assert (at(draft)[1], at(handed)[1]) == (dalang.path, world.town.path)


def test_what_waits_stands_in_the_way_of_closing_by_name(world):
    a_return(world)
    nation = a_coordinator(world.nation_office)
    world.city_office.coordinations.all().delete()
    with pytest.raises(NotAllowed) as refused:
        orgs.close_unit(world.city_office, by=nation, at=LATER)
    assert "还有报送等它接收：“分会场活动表”。请先接收或退回。" in [str(r) for r in refused.value.reasons]
