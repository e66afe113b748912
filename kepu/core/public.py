"""Names of what the public reads, so that a cache in front can be told by name what has changed.

A page names what it shows (:mod:`kepu.web.portal.caching`); an act names what it changes, and what it gathers is one row
of the outbox, delivered to the caches after the commit (:mod:`kepu.core.purging`). Names are short and hold nothing of
anybody: ``kepu`` for everything, ``p-441900`` for the lists of a place, and what a module makes with :func:`name`.
Where no cache is to be told, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from kepu.core import outbox
from kepu.core.db import Gathering, in_transaction, running_act
from kepu.core.fields import ancestors

EVERYTHING = "kepu"
CHANGED = "public.changed"  # outbox: what a cache must let go


class _Names(Gathering):
    order = 45  # before the outbox, into which it writes

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.at: datetime | None = None

    def write(self) -> None:
        if self.names and self.at is not None:
            outbox.send(CHANGED, at=self.at, names=sorted(self.names), since=self.at.isoformat())


def is_told() -> bool:
    """Whether there is a cache that wants to know."""
    return bool(settings.KEPU_PURGE)


@in_transaction
def changed(names: Iterable[str], *, at: datetime) -> None:
    """The act under way changes what the public reads under these names."""
    if is_told():
        gathered = running_act().gather(_Names)
        gathered.names.update(names)
        gathered.at = at


def name(kind: str, key: object) -> str:
    """The name of one thing, such as ``a-17``."""
    return f"{kind}-{key}"


def of_place(path: str) -> str:
    """The name of what is listed and counted in a place: by its code, which is the end of its path."""
    return name("p", path.rstrip("/").rpartition("/")[2] or "CN")


def of_places(paths: Iterable[str]) -> set[str]:
    """The names of places and of all above them: whatever is in a place is in those as well."""
    return {of_place(above) for path in paths for above in ancestors(path)}
