"""What was filed for searching before each season was a part of the table by itself is found as before."""

from importlib import import_module

import pytest
from django.db import connection

from kepu.activities import lists
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.activities.questions import Question
from kepu.activities.workflow import State
from kepu.core.db import engine
from tests.factories.activities import PUBLISHED, an_activity

pytestmark = pytest.mark.django_db
migration = import_module("kepu.activities.migrations.0019_search_by_season")


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

    migration.together(None, Editor())
    assert found(f"in:{season.pk}") == found(f"in:{season.pk}.441900") == found("fields:space") == news
    assert found(f"{season.pk}.in:all") == []

    migration.by_season(None, Editor())
    assert (rows(), found(f"{season.pk}.in:all")) == (filed, news)
    for parts in ({"text": "观星"}, {"place": world.city, "sort": "new"}, {"facets": {"fields": "space"}}):
        assert lists.page_of(Question(season, PUBLISHED, **parts)).items
