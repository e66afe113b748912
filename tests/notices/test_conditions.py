"""The condition in the database says of every unit what the audience itself says."""

import pytest

from kepu.notices import conditions
from kepu.notices.kinds.audience import Audience
from kepu.notices.rulebook import profile_of, rule_book
from kepu.orgs.models import Unit
from tests.factories.country import AUDIENCES, a_country
from tests.factories.notices import a_clause, a_notice, a_season, china

pytestmark = pytest.mark.django_db
NOW = china(2023, 9, 1)


@pytest.fixture
def country():
    return a_country()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_database_finds_whom_the_audience_binds(country, audience):
    season = a_season()
    notice = a_notice(season, country["nation"])
    a_clause(notice, "A", "duty", {"what": "x", "title": "表"}, audience=audience)
    paths = rule_book(season).paths
    expected = {
        u.name for u in Unit.objects.all() if Audience.model_validate(audience).binds(profile_of(u), paths)
    }
    found = conditions.units(at=NOW).filter(conditions.binds(Audience.model_validate(audience), paths))
    assert {u.name for u in found} == expected


def test_closed_units_are_nobody(country):
    Unit.objects.update(closed_on=NOW.date())
    assert list(conditions.units(at=NOW)) == []
