"""The five notices of 2023 as they come with the program, loaded once per module and taken back at its end."""

from __future__ import annotations

import pytest
from django.db import transaction

from kepu.cli.loading import load_season, seasons_folder
from kepu.notices import rulebook
from kepu.notices.models import Season
from kepu.orgs.models import Place
from tests.factories.orgs import a_unit


@pytest.fixture(scope="module")
def season_loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around._from_testcase = True  # acts are durable; a test's own transaction is looked past
        around.__enter__()
        try:
            list(load_season(seasons_folder() / "2023"))
            yield
        finally:
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
            rulebook.forget()


@pytest.fixture
def season(season_loaded, db):
    return Season.objects.get(code="kepuri-2023")


@pytest.fixture
def unit_at(season):
    """A unit of a kind at a place, by the place's code; ``coordinates=True`` makes it the place's coordinator."""

    def made(code, kind="school", *, coordinates=False, traits=(), **fields):
        place = Place.objects.get(code=code)
        unit = a_unit(place, kind=kind, coordinates=[place] if coordinates else [], **fields)
        unit.traits = sorted({*unit.traits, *traits})
        unit.save(update_fields=["traits"])
        return unit

    return made
