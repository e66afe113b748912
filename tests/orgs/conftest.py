"""The city's association coordinates it; a school lies in a town of it."""

import pytest

from tests.factories.orgs import a_chain, a_coordinator, a_unit


@pytest.fixture
def chain():
    return a_chain()


@pytest.fixture
def association(chain):
    return a_unit(chain[2], "东莞市科协", coordinates=[chain[2]])


@pytest.fixture
def coordinator(association):
    return a_coordinator(association)


@pytest.fixture
def school(chain):
    return a_unit(chain[3], "石龙中学")
