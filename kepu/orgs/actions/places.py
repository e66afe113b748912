"""Loading the country's divisions, and adding the places that are none: towns, parks, zones, new areas, villages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from kepu.core import audit, public
from kepu.core.db import in_transaction, transaction
from kepu.core.fields import ancestors
from kepu.core.refusals import Refused
from kepu.core.sheets import LineReport, Report, Row
from kepu.orgs import divisions as official
from kepu.orgs import place_rows, rules
from kepu.orgs.actor import Actor
from kepu.orgs.divisions import Division
from kepu.orgs.models import Place, Unit
from kepu.orgs.place_rows import Examined, Known
from kepu.orgs.workflow import Event

FIELDS = ("name", "kind", "level", "valid_from", "valid_to")
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """How many were new, and how many were corrected."""

    created: int
    changed: int


@transaction
def load_divisions(*, by: Actor, at: datetime) -> Written:
    """Load every division from the nation to the county. Idempotent: what is there is corrected, nothing is deleted."""
    rules.check_system(by)
    listed = official.divisions()
    paths = {"": ""}
    for division in listed:
        paths[division.code] = f"{paths[division.parent]}{division.code}/" if division.parent else "/"
    return _write([(division, paths[division.code]) for division in listed], by=by, at=at)


def import_places(
    rows: Sequence[Row], *, by: Actor, at: datetime, partial: bool = False, dry_run: bool = False
) -> Report:
    """Take in a table of places; answers for every line.

    All or nothing, unless ``partial`` lets the good lines in. A dry run writes nothing and answers the same.
    Idempotent: a place that is there is corrected; it never moves to another parent.
    """
    return _look_at_places(rows, by) if dry_run else _import_places(rows, by=by, at=at, partial=partial)


@transaction
def _import_places(rows: Sequence[Row], *, by: Actor, at: datetime, partial: bool) -> Report:
    examined = _examine(rows, by)
    good = [(line.division, line.path) for line in examined if line.division is not None]
    written = bool(good) and (partial or len(good) == len(examined))
    if written:
        _write(sorted(good, key=lambda pair: pair[1].count("/")), by=by, at=at)
    return Report(_reports(examined), written)


def _look_at_places(rows: Sequence[Row], by: Actor) -> Report:
    return Report(_reports(_examine(rows, by)), written=False)


def _examine(rows: Sequence[Row], by: Actor) -> list[Examined]:
    existing = {
        code: Known(place.path, place.level, place.parent.code if place.parent else "")
        for code, place in _by_code(place_rows.codes_in(rows)).items()
    }
    examined = place_rows.examine(rows, existing)
    return [_in_reach(line, by) for line in examined]


def _in_reach(line: Examined, by: Actor) -> Examined:
    if line.division is None:
        return line
    try:
        rules.check_write_place(by, line.path, line.division.name)
    except Refused as refusal:
        return Examined(line.line, sentence=str(refusal))
    return line


def _reports(examined: Iterable[Examined]) -> tuple[LineReport, ...]:
    return tuple(
        LineReport(line.line, True, _("可以导入：%(name)s") % {"name": line.division.name})
        if line.division is not None
        else LineReport(line.line, False, line.sentence)
        for line in examined
    )


def _by_code(codes: Iterable[str]) -> dict[str, Place]:
    """Places by code; in portions, since a statement takes only so many values."""
    found: dict[str, Place] = {}
    waiting = iter(codes)
    while portion := list(islice(waiting, AT_ONCE * 5)):
        found |= {
            p.code: p for p in Place.objects.filter(code__in=portion).select_related("parent").order_by("pk")
        }
    return found


@in_transaction
def _write(divisions: Sequence[tuple[Division, str]], *, by: Actor, at: datetime) -> Written:
    """Write divisions with their paths, parents first. Bulk: a level at a time, since children need their parents' ids."""
    codes = {code for division, _path in divisions for code in (division.code, division.parent)}
    places = _by_code(codes)
    changed: list[Place] = []
    new: dict[int, list[tuple[Division, str]]] = defaultdict(list)
    for division, path in divisions:
        place = places.get(division.code)
        if place is None:
            new[len(ancestors(path))].append((division, path))
        elif any(getattr(place, field) != getattr(division, field) for field in FIELDS):
            for field in FIELDS:
                setattr(place, field, getattr(division, field))
            changed.append(place)
    for depth in sorted(new):
        made = Place.objects.bulk_create(
            [
                Place(
                    code=d.code,
                    path=path,
                    parent=places.get(d.parent),
                    **{field: getattr(d, field) for field in FIELDS},
                )
                for d, path in new[depth]
            ],
            batch_size=AT_ONCE,
        )
        places |= {place.code: place for place in made}
    if changed:
        Place.objects.bulk_update(changed, FIELDS, batch_size=AT_ONCE)
        _tell_units(changed)
    written = Written(sum(len(level) for level in new.values()), len(changed))
    if written.created or written.changed:
        top = places[divisions[0][0].code]
        audit.record(
            Event.PLACES_WRITTEN, top, by=by, at=at, created=written.created, changed=written.changed
        )
        public.changed([public.EVERYTHING], at=at)
    return written


def _tell_units(places: Iterable[Place]) -> None:
    """Units hold a copy of their place's kind and level."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in places:
        alike[place.kind, place.level].append(place.pk)
    for (kind, level), ids in alike.items():
        Unit.objects.filter(place_id__in=ids).update(place_kind=kind, level=level)
