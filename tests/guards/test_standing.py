"""A world that stands from test to test is found by each as it was made, and by nobody who did not ask for it."""

import pytest

from kepu.activities.models import Activity
from kepu.orgs.models import Place
from tests.factories.activities import an_activity


@pytest.mark.parametrize("_time", ["once", "and again"])
def test_what_one_test_changes_the_next_does_not_find(standing_world, _time):
    assert (standing_world.city.name, Place.objects.get(code="441900").name) == ("东莞市", "东莞市")
    assert not Activity.objects.exists()

    an_activity(standing_world)
    Place.objects.filter(code="441900").update(name="别处")
    standing_world.city.name = "别处"


@pytest.mark.django_db
def test_who_asks_for_no_world_finds_none():
    assert not Place.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_commits_gets_one_of_its_own(standing_world):
    an_activity(standing_world)
    assert Activity.objects.get().unit.name == standing_world.school.name
