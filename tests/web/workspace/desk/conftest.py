"""A county's coordinator at a browser, with the city's notice above and two towns below."""

from dataclasses import dataclass

import pytest
from django.test import Client

from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.drafts import AT, County, a_county
from tests.factories.orgs import a_post
from tests.standing import standing
from tests.web.workspace.conftest import at, signed_in


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
    return signed_in(person)


@pytest.fixture
def desk(standing_desk, monkeypatch):
    monkeypatch.setattr("kepu.core.clock.now", lambda: AT)
    return standing_desk


@standing
def standing_desk():
    return at(AT, people_of_a_county)


def people_of_a_county():
    world = a_county()
    return Desk(
        world, county=browser(world.office, Role.COORDINATOR), city=browser(world.city_office, Role.COORDINATOR),
        town=browser(world.towns[0], Role.FILER), filer=browser(world.office, Role.FILER),
    )  # fmt: skip
