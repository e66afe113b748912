"""A county's coordinator at a browser, with the city's notice above and two towns below."""

from dataclasses import dataclass

import pytest
from django.test import Client

from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.drafts import AT, County, a_county
from tests.factories.orgs import a_post


@dataclass
class Desk:
    world: County
    county: Client
    city: Client
    town: Client
    filer: Client


def browser(unit, role):
    person = a_person(f"{unit.name}的人")
    a_post(unit, role, person=person)
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def desk(db, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: AT)
    world = a_county()
    return Desk(
        world, county=browser(world.office, Role.COORDINATOR), city=browser(world.city_office, Role.COORDINATOR),
        town=browser(world.towns[0], Role.FILER), filer=browser(world.office, Role.FILER),
    )  # fmt: skip
