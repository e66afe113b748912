"""Places by how their names begin."""

from __future__ import annotations

from typing import NamedTuple

from kepu.core.db import engine, rows_of
from kepu.orgs.workflow import LEVELS, Level

_BELOW_THE_NATION = tuple(level for level in LEVELS if level != Level.NATION)
_GREATEST = "\U0010ffff"  # sorts behind whatever a name goes on with


class Named(NamedTuple):
    """A place without anything that would have to be looked up."""

    level: str
    name: str
    code: str
    path: str


def places_beginning(text: str, *, most: int) -> list[Named]:
    """Places whose name begins with ``text``, the highest first, of each level no more than ``most``. One query.

    Each level is a range of an index that is left when there are enough.
    """
    condition, order = engine().between_by_bytes("name")
    one = (
        f"SELECT * FROM (SELECT level, name, code, path FROM orgs_place WHERE level = %s AND {condition} "
        f"ORDER BY {order} LIMIT {most}) named"
    )
    parameters = [value for level in _BELOW_THE_NATION for value in (level, text, text + _GREATEST)]
    rows = rows_of(" UNION ALL ".join([one] * len(_BELOW_THE_NATION)), parameters)
    found = (Named(*row) for row in rows)
    return sorted(found, key=lambda place: (_BELOW_THE_NATION.index(Level(place.level)), place.path))
