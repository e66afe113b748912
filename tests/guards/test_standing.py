"""A world that stands from test to test is found by each as it was made, and by nobody who did not ask for it."""

import pytest
from django.core.management import call_command
from django.db import connection

from kepu.activities.models import Activity
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core import engines
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


@pytest.mark.django_db(transaction=True)
def test_what_the_runner_empties_it_empties_of_the_search_too():
    of_the_database = engines.of(connection)
    put = {"row": 7, "news": 8, "words": ["火星"], "labels": []}
    for _ in "twice":
        with connection.cursor() as cursor:
            of_the_database.put_search(cursor, SEARCH_TABLE, **put)  # refused where the first still stands
        call_command(
            "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
        )
    with connection.cursor() as cursor:
        for by_news in (False, True):
            asked = of_the_database.select_search(SEARCH_TABLE, by_news=by_news, descending=False)
            cursor.execute(asked, [of_the_database.search_query([["火星"]], []), 0, 100, 5])
            assert cursor.fetchall() == []
