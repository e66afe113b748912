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

    def clear_for(self, item):
        """Before anything is set up for a test: what it does not ask for stands no more."""
        if self.make is not _asked_for(item):
            self.clear()

    def prepare(self, item, blocker):
        """Before a test begins its transaction: let stand what it asks for. ``blocker`` is pytest-django's."""
        make = _asked_for(item)
        if self.make is not make:
            with blocker.unblock():
                rows = rows_that_stand()
                rows.__enter__()
                self._rows.callback(self._take_back, rows, blocker)
                self.world, self.make = make(), make

    def clear(self):
        self.make = self.world = None
        self._rows.close()

    def _take_back(self, rows, blocker):
        with blocker.unblock():
            rows.__exit__(None, None, None)


def _asked_for(item):
    names = () if commits(item) else getattr(item, "fixturenames", ())
    [make] = [_makers[name] for name in names if name in _makers] or [None]
    return make


def commits(item):
    """Whether a test sees its own commits, instead of being taken back."""
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction", False)
    return marked or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


ground = Ground()
