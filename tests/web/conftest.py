"""Every page fetched here is checked: its make, its headers, and that its template knows all its variables."""

import pytest
from django.core.cache import caches
from django.template import engines
from django.test import Client

from kepu.orgs.models import Role
from tests.factories.accounts import a_person
from tests.factories.orgs import a_chain, a_post, a_unit
from tests.web.reading import Page


class _Undefined(str):
    """What a template gets for a variable it was not given: a failure."""

    def __contains__(self, item):
        return item == "%s"

    def __mod__(self, variable):
        raise AssertionError(f"The template asks for “{variable}”, which nobody gave it.")


@pytest.fixture(autouse=True)
def no_undefined_variables(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Undefined("%s"))


@pytest.fixture(autouse=True)
def fresh_caches(db):
    caches["default"].clear()
    caches["throttle"].clear()
    caches["drawn"].clear()
    caches["compilations"].clear()


@pytest.fixture
def page():
    """``page(client, "/workspace/")``: fetch with GET, expect ``status``, check everything, hand back what it says."""

    def fetch(client, url, status=200, **extra):
        response = client.get(url, follow=status == 200, **extra)
        assert response.status_code == status
        return checked(response)

    return fetch


@pytest.fixture
def read():
    """``read(response)``: check a page that came some other way."""
    return checked


def checked(response):
    found = Page(response.content.decode())
    assert found.wrong() == []
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Language"] == found.one("html")["lang"]
    return found


@pytest.fixture
def places(db):
    """中国, 广东省, 东莞市, 石龙镇."""
    return a_chain()


@pytest.fixture
def person(db):
    """陈晓明, who signs in as chen with the password 东江边上的那座气象台."""
    person = a_person("陈晓明", username="chen", email="chen@example.cn")
    person.set_password("东江边上的那座气象台")
    person.save()
    return person


@pytest.fixture
def unit(places, person):
    """东莞市科协, for which 陈晓明 files."""
    unit = a_unit(places[2], "东莞市科协")
    a_post(unit, Role.FILER, person=person)
    return unit


@pytest.fixture
def other_unit(places, person):
    """石龙镇科协, for which 陈晓明 files too."""
    unit = a_unit(places[3], "石龙镇科协")
    a_post(unit, Role.FILER, person=person)
    return unit


@pytest.fixture
def staff(person, unit):
    """A browser in which 陈晓明 is signed in, acting for the one unit there is."""
    client = Client()
    client.force_login(person)
    return client
