"""A city in which notices ask for tables and summaries, and its people, each at a browser, on a day of the season."""

import copy
from dataclasses import dataclass

import pytest
from django.test import Client

from kepu.activities.models import Activity
from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.activities import World, a_world
from tests.factories.notices import a_clause, a_gate, china
from tests.factories.orgs import a_place, a_post, a_unit
from tests.factories.returns import reporting
from tests.standing import standing

DAY = china(2023, 8, 25, 10)


@dataclass
class People:
    """Everybody of the world with a browser of their own."""

    world: World
    filer: Client  # of the school
    reviewer: Client  # of the city's office, who coordinates the city
    colleague: Client  # the same office, another reviewer
    town: Client  # coordinates and files for the town
    outsider: Client  # files, reviews and coordinates in another province
    auditor: Client  # reads what lies in the city
    nation: Client  # coordinates the nation


class Browser(Client):
    """A copy of it keeps the cookies, and has a door to the site of its own."""

    def __deepcopy__(self, memo):
        another = Browser()
        another.cookies = copy.deepcopy(self.cookies)
        return another


def signed_in(person):
    client = Browser()
    client.force_login(person)
    return client


def somebody(name, unit, *roles):
    person = a_person(name)
    for role in roles:
        a_post(unit, role, person=person)
    return signed_in(person)


def rules_of_dongguan(season, place, *, issuer_unit=None):
    """The notice of the factories, with a quota, a list in groups, a window, and a question of its own."""
    notice = reporting(season, place, issuer_unit=issuer_unit)
    a_clause(
        notice, "DG-64", "quota", {"of": "activities", "per": "unit", "min": 5, "max": 7, "unit": "项"},
        number="四（三）", strictness="in_principle", audience={"kinds": ["association"], "levels": ["town"]},
    )  # fmt: skip
    a_clause(
        notice, "DG-65", "quota", {"of": "broadcasts", "per": "unit", "min": 1, "unit": "场"},
        number="四（四）", strictness="in_principle", audience={"kinds": ["association"], "levels": ["town"]},
    )  # fmt: skip
    a_clause(
        notice, "DG-08", "window",
        {"code": "concentrated", "title": "集中开展", "start": {"date": "2023-09-17"}, "end": {"date": "2023-09-23"}}, number="二",
    )  # fmt: skip
    a_gate(notice, "DG-70", "strive", fact="insurance", label="意外险", required=True, number="七")
    return notice


@pytest.fixture
def now(monkeypatch):
    """``now(china(2023, 9, 1))``: from here on it is that instant."""

    def on(instant):
        monkeypatch.setattr("kepu.core.clock.now", lambda: instant)

    on(DAY)
    return on


@pytest.fixture
def people(standing_people, now):
    return standing_people


@standing
def standing_people():
    return at(DAY, everybody)


def at(instant, make):
    """What ``make`` makes at an instant."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kepu.core.clock.now", lambda: instant)
        return make()


def everybody():
    world = a_world(rules=rules_of_dongguan)
    far = a_place("510000", "四川省", kind="province", parent=world.nation)
    other = a_unit(far, "四川省科协", coordinates=[far])
    office = world.city_office
    return People(
        world,
        filer=signed_in_as(world.filer),
        reviewer=somebody("梁主任", office, Role.REVIEWER, Role.COORDINATOR, Role.FILER),
        colleague=somebody("黄科长", office, Role.REVIEWER),
        town=somebody("苏镇科", world.town_office, Role.COORDINATOR, Role.FILER),
        outsider=somebody("外省人", other, Role.FILER, Role.REVIEWER, Role.COORDINATOR),
        auditor=somebody("审计员", office, Role.AUDITOR),
        nation=somebody("全国办", world.nation_office, Role.COORDINATOR),
    )


def signed_in_as(actor):
    """The browser of the very person that the factories act as."""
    from kepu.accounts.models import Person

    person = Person.objects.get(pk=actor.person_id)
    a_post(actor.unit, Role.FILER, person=person)
    return signed_in(person)


def typed(**changes):
    """What a filer types into the form so that everything hard is met."""
    return {
        "title": "走进中医药", "mode": "offline", "starts_at": "2023-09-17T09:00", "ends_at": "2023-09-17T17:00",
        "venue": "石龙中学礼堂", "summary": "讲座和体验", "fields": ["health"], "participants_expected": "120",
        "safety_person": "张安", "host_place_person": "李场", "contact_name": "王联", "contact_phone": "13800000000",
        "activity_level": "town", "answers.insurance": "已投保", **changes,
    }  # fmt: skip


def newest():
    return Activity.objects.whole().latest("pk")
