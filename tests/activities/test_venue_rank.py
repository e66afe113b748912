"""A public copy says of which level it is the main venue; those published before there was a column are marked."""

import pkgutil
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from kepu.activities import migrations
from kepu.activities.models import Publication
from kepu.activities.workflow import State
from tests.factories.activities import an_activity

SUBTHEME = "厚植科技创新沃土，擦亮科幻之都名片"


@pytest.fixture
def world(standing_world):
    return standing_world


@pytest.mark.parametrize(
    ("level", "rank"), [("nation", 0), ("province", 1), ("city", 2), ("county", 3), ("town", 4)]
)
def test_a_main_venue_has_the_rank_of_its_level(world, level, rank):
    an_activity(world, State.PUBLISHED, main_venue=True, activity_level=level, subtheme=SUBTHEME)
    assert Publication.objects.get().venue_rank == rank


def test_any_other_activity_has_none(world):
    an_activity(world, State.PUBLISHED, activity_level="city", subtheme=SUBTHEME)
    assert Publication.objects.get().venue_rank is None


def test_copies_from_before_are_marked_by_the_migration(world):
    venue = an_activity(
        world, State.PUBLISHED, main_venue=True, activity_level="city", subtheme=SUBTHEME, title="主场"
    )
    an_activity(world, State.PUBLISHED, title="讲座")
    Publication.objects.update(venue_rank=None)

    (name,) = [one.name for one in pkgutil.iter_modules(migrations.__path__) if one.name.endswith("_venues")]
    import_module(f"{migrations.__name__}.{name}").mark(apps, SimpleNamespace(connection=connection))

    ranks = dict(Publication.objects.order_by("pk").values_list("title", "venue_rank"))
    assert ranks == {venue.title: 2, "讲座": None}
