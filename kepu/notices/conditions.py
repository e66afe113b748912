"""Whom a notice means, as one condition in the database: to find or count 200,000 units without loading them.

Says the same of a unit as :meth:`Audience.binds`, which a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from kepu.core.calendar import day_of
from kepu.core.fields import under
from kepu.notices.kinds.audience import Audience
from kepu.orgs.models import Unit, UnitQuerySet

NOBODY = Q(pk__in=[])
EVERYBODY = Q(pk__isnull=False)  # an empty condition would vanish when it is turned round


def units(*, at: datetime, among: UnitQuerySet | None = None) -> UnitQuerySet:
    """The units that are open on the day, ready for the conditions of this module."""
    every = Unit.objects.all() if among is None else among
    return every.open(day_of(at)).annotate(traits_text=Cast("traits", TextField()))


def binds(audience: Audience, paths: Mapping[str, str]) -> Q:
    """The units an audience takes in; for a query that :func:`units` opened. ``paths`` as for :meth:`Audience.binds`."""
    who = Q()
    for field, values in (
        ("kind", audience.kinds), ("level", audience.levels), ("place_kind", audience.place_kinds), ("code", audience.units),
    ):  # fmt: skip
        if values:
            who &= Q(**{f"{field}__in": sorted(values)})
    if audience.places:
        who &= either(_under("place_path", paths.get(f"place:{c}", "")) for c in audience.places)
    if audience.lines:
        who &= either(_under("line_path", paths.get(f"line:{c}", "")) for c in audience.lines)
    if audience.designations:
        who &= either(_bears(c) | _bears(f"place:{c}") for c in audience.designations)
    for traits in (audience.members_of, audience.roles):
        if traits:
            who &= either(_bears(c) for c in traits)
    if audience.any_of:
        who &= either(binds(inner, paths) for inner in audience.any_of)
    for exception in audience.exceptions:
        who &= ~binds(exception, paths)
    return who or EVERYBODY


def either(conditions: Iterable[Q]) -> Q:
    """Whoever meets one of the conditions; nobody where there is none."""
    who = NOBODY
    for condition in conditions:
        who |= condition
    return who


def _under(field: str, path: str) -> Q:
    return under(field, path) if path else NOBODY


def _bears(trait: str) -> Q:
    # traits are a list of codes: with its quotes a code is found whole, on every database
    return Q(traits_text__contains=f'"{trait}"')
