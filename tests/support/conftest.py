"""A nation, a province, a city and a town with their offices, and a school of the town that needs help."""

from dataclasses import dataclass

import pytest

from kepu.core import outbox
from kepu.core.models import AuditEntry
from kepu.orgs.actor import Actor
from kepu.orgs.models import Message, Role, Unit
from tests.conftest import NOON
from tests.factories.orgs import a_chain, a_coordinator, a_line, a_term, a_unit, an_actor


@dataclass
class Desk:
    nation: Unit
    province: Unit
    city: Unit
    town: Unit
    school: Unit
    bureau: Unit  # coordinates the line of education
    teacher: Actor
    town_office: Actor
    city_office: Actor
    province_office: Actor
    line_office: Actor


@pytest.fixture
def desk(db):
    places = a_chain()
    education = a_line("education", "教育系统")
    nation, province, city, town = (
        a_unit(place, f"{place.name}科协", coordinates=[place]) for place in places
    )
    bureau = a_unit(places[1], "广东省教育厅", kind="bureau", line=education, coordinates=[education])
    school = a_unit(places[3], "石龙中学", kind="school", line=education)
    for code in ("association", "school", "bureau"):
        a_term("unit_kind", code)
    return Desk(
        nation, province, city, town, school, bureau, teacher=an_actor(school),
        town_office=a_coordinator(town), city_office=a_coordinator(city), province_office=a_coordinator(province),
        line_office=a_coordinator(bureau),
    )  # fmt: skip


@pytest.fixture
def worked():
    """Carry out what waits in the outbox; then what each unit was told: (unit, kind, subject), oldest first."""

    def all_of_it(at=NOON):
        while outbox.deliver(at=at):
            pass
        return list(Message.objects.order_by("unit_id", "pk").values_list("unit__name", "kind", "subject"))

    return all_of_it


def events():
    return list(AuditEntry.objects.order_by("id").values_list("event", flat=True))


def reviewer_of(unit):
    return an_actor(unit, Role.REVIEWER)
