"""The one seam to the database: durable acts, and what an act gathers before it commits.

``@transaction`` makes a function one whole, durable act: it opens the outermost transaction and refuses to run
inside another act. ``@in_transaction`` marks a function that changes data but leaves the commit to its caller: it
refuses to run without one. While an act runs it may *gather* rows (audit, outbox, tallies); they are written in one
piece just before the commit, in the order of ``Gathering.order``, so that locks shared by many acts are held for the
shortest time and always taken in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, connections
from django.db import transaction as django_transaction

P = ParamSpec("P")
R = TypeVar("R")
G = TypeVar("G", bound="Gathering")


class ActError(RuntimeError):
    """An act was nested in another, or a part of an act ran outside any: a fault of the program, not of a person."""


class Gathering:
    """Rows that an act gathers and writes at its end. Lower ``order`` is written first."""

    order = 0

    def write(self) -> None:
        raise NotImplementedError


class Act:
    """One running act: what it has gathered so far."""

    def __init__(self) -> None:
        self._gatherings: dict[type[Gathering], Gathering] = {}

    def gather(self, kind: type[G]) -> G:
        """The act's gathering of this kind, made at first use."""
        return self._gatherings.setdefault(kind, kind())  # type: ignore[return-value]

    def write(self) -> None:
        """All of it, in order; also what one of them gathers for a later one."""
        written: set[type[Gathering]] = set()
        while waiting := self._gatherings.keys() - written:
            kind = min(waiting, key=lambda kind: kind.order)
            written.add(kind)
            self._gatherings[kind].write()


_running: ContextVar[Act | None] = ContextVar("kepu_running_act", default=None)


def running_act() -> Act:
    """The act under way. Raises :class:`ActError` when there is none."""
    act = _running.get()
    if act is None:
        raise ActError("This changes data and must be called from an act (@transaction).")
    return act


def transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Make ``function`` one durable act: all of it is true after the commit, or nothing of it."""

    @wraps(function)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        if _running.get() is not None:
            raise ActError(f"{function.__qualname__} is an act of its own and cannot run inside another act.")
        with django_transaction.atomic(durable=True):
            running = Act()
            token = _running.set(running)
            try:
                result = function(*args, **kwargs)
                running.write()
            finally:
                _running.reset(token)
        return result

    act.is_act = True  # type: ignore[attr-defined]
    return act


def in_transaction(function: Callable[P, R]) -> Callable[P, R]:
    """Let ``function`` join its caller's act; without one it raises :class:`ActError`."""

    @wraps(function)
    def part(*args: P.args, **kwargs: P.kwargs) -> R:
        running_act()
        return function(*args, **kwargs)

    return part


def engine() -> Any:
    """The small file that knows what the database in use does its own way."""
    from kepu.core import engines

    return engines.of(connection)


def let_go() -> None:
    """Close every connection and pool of this process, before others are forked from it."""
    connections.close_all()
    for held in connections.all(initialized_only=True):
        if getattr(held, "pool", None):  # PostgreSQL's: closing a connection only hands it back
            held.close_pool()  # type: ignore[attr-defined]


def begin_anew() -> None:
    """In a process that was just forked: leave its parent's connections alone.

    Two processes on one connection read each other's answers. What was inherited is dropped without a word to the server.
    """
    for held in connections.all(initialized_only=True):
        held.connection = None
        getattr(held, "_connection_pools", {}).clear()


def rows_of(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement that only reads, for what the public asks most: written once, it costs no composing, and
    a connection to PostgreSQL that is asked it often keeps its plan."""
    cursor = engine().reader(connection)
    cursor.execute(sql, parameters)
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def among(column: str, values: Iterable[int] | Iterable[str], *, mark: str = "%s") -> tuple[str, Any]:
    """The condition that a column has one of some values, and its one parameter: however many there are, for
    :func:`rows_of` it is one statement."""
    said: tuple[str, Any] = engine().among(column, list(values), mark)
    return said
