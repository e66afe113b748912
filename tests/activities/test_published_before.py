"""What was published before lists were kept as they are now is found and counted as if it had been published today."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from kepu.activities import lists
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.activities.questions import Question
from kepu.activities.workflow import State
from kepu.core import tallies
from kepu.core.db import engine
from kepu.core.models import TallyEntry
from tests.factories.activities import PUBLISHED, STARTS, an_activity

pytestmark = pytest.mark.django_db
search, days = (
    import_module(f"kepu.activities.migrations.{name}")
    for name in ("0019_search_by_season", "0020_days_by_kind")
)


class Editor:
    """Runs what a migration would, in the transaction of the test."""

    def __init__(self):
        self.connection = connection

    def execute(self, sql, params=None):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)


def rows():
    """Each row as it is filed; of the table of news, which keeps no text, in which order what a label finds there comes."""
    with connection.cursor() as cursor:
        by_news = "" if connection.vendor == "sqlite" else ", news"
        cursor.execute(f"SELECT rowid{by_news}, tokens FROM {SEARCH_TABLE} ORDER BY rowid")
        return [tuple(map(str, row)) for row in cursor.fetchall()]


def found(label):
    with connection.cursor() as cursor:
        ordered = engine().select_search(SEARCH_TABLE, by_news=True, descending=True)
        cursor.execute(ordered, [engine().search_query([], [[label]]), 0, 1 << 62, 9])
        return cursor.fetchall()


def test_what_was_filed_before_is_found_as_before_and_can_be_taken_back(standing_world):
    world = standing_world
    for title in ("观星夜", "石龙镇科普集市"):
        an_activity(world, State.PUBLISHED, title=title, fields=["space"])
    season = world.season
    filed, news = rows(), found(f"{season.pk}.in:all")
    assert len(filed) == len(news) == 2

    search.together(None, Editor())
    assert found(f"in:{season.pk}") == found(f"in:{season.pk}.441900") == found("fields:space") == news
    assert found(f"{season.pk}.in:all") == []

    search.by_season(None, Editor())
    assert (rows(), found(f"{season.pk}.in:all")) == (filed, news)
    for parts in ({"text": "观星"}, {"place": world.city, "sort": "new"}, {"facets": {"fields": "space"}}):
        assert lists.page_of(Question(season, PUBLISHED, **parts)).items


@pytest.mark.parametrize("folded", [False, True])
def test_days_that_were_not_counted_by_kind_are(standing_world, folded):
    world = standing_world
    for fields in (["space"], ["space", "health"]):
        an_activity(world, State.PUBLISHED, fields=fields)
    day = Question(world.season, PUBLISHED, when="days", first=STARTS.date(), last=STARTS.date())
    kinds = lists.counted(day, {}).kinds
    assert (kinds[""], kinds["fields:space"], kinds["fields:health"]) == (2, 2, 1)
    while folded and tallies.fold():
        pass

    days.together(apps, Editor())
    assert lists.counted(day, {}).kinds == {}
    assert not TallyEntry.objects.filter(unit_id=tallies.OF_DAYS).exists()

    days.by_kind(apps, Editor())
    assert lists.counted(day, {}).kinds == kinds
    assert tallies.verify() == []
