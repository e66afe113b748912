"""Worlds that stand from one test to the next: made once, and each test finds them as they were made.

    @standing
    def standing_city():            # a fixture of this name, which is the world's only one
        return a_world()

The rows stand in a transaction around the tests that ask for them one after another, and each test takes back what it
wrote itself; what the maker hands back is copied for each test, since tests change it. Where a test asks for another
world or for none, the one that stands is taken down first: no test meets rows that it did not ask for.
"""

from __future__ import annotations

import copy
from contextlib import ExitStack, contextmanager

import pytest
from django.db import transaction

from kepu.notices import rulebook

_makers = {}


def standing(make):
    """A fixture that gives each test its own copy of what ``make`` made, with its rows in the database."""
    name = make.__name__
    assert name not in _makers
    _makers[name] = make

    @pytest.fixture(name=name)
    def world(db):
        return copy.deepcopy(ground.world) if ground.make is make else make()

    return world


@contextmanager
def rows_that_stand():
    """What is written at the beginning is there until the end, and is then taken back."""
    around = transaction.atomic()
    around._from_testcase = True  # acts are durable; a test's own transaction is looked past
    around.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
        rulebook.forget()


class Ground:
    """On which at most one world stands."""

    def __init__(self):
        self.make = self.world = None
        self._rows = ExitStack()

    def prepare(self, request):
        """Before a test begins: let stand what it asks for, and nothing else."""
        [make] = [_makers[name] for name in request.fixturenames if name in _makers] or [None]
        if _commits(request):
            make = None
        if make is not self.make:
            self.clear()
            if make:
                self._rows.enter_context(rows_that_stand())
                self.world, self.make = make(), make

    def clear(self):
        self.make = self.world = None
        self._rows.close()


def _commits(request):
    """Whether a test sees its own commits, instead of being taken back."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction", False)
    return marked or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


ground = Ground()
