"""To whom a duty is handed in: what the notice writes in ``to``, resolved to a unit where the system has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from kepu.core.fields import ancestors
from kepu.notices.duties import Owed
from kepu.notices.kinds.routing import receiver_words
from kepu.notices.models import Notice
from kepu.orgs.models import Coordination, Unit


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a return goes. ``unit_id`` is None where the office is not in the system: then its name is all there is."""

    name: str
    unit_id: int | None = None
    desk: str = ""

    def __str__(self) -> str:
        """市科协科普部"""
        return self.desk if self.name in self.desk else f"{self.name}{self.desk}"


Row = tuple[str, str, int | None, str | None]  # how it is written, what exactly, the unit


def receivers_of(owed: Sequence[Owed], unit: Unit) -> dict[str, Receiver]:
    """The receiver of each duty of one unit, by the duty's key. At most one query, however many duties."""
    asked = [
        q
        for q in (_issuers(owed), _coordinators(owed, unit), _named(owed), _of_lines(owed, unit))
        if q is not None
    ]
    rows: list[Row] = list(asked[0].union(*asked[1:], all=True)) if asked else []
    return {o.key: _resolve(o, rows, unit) for o in owed}


def receiver_of(owed: Owed, unit: Unit) -> Receiver:
    """The receiver of one duty. At most one query."""
    return receivers_of([owed], unit)[owed.key]


def _resolve(owed: Owed, rows: Sequence[Row], unit: Unit) -> Receiver:
    to, clause, desk = owed.params.to, owed.rule.clause, owed.params.desk or ""
    how, _at, level = to.partition("@")
    # coordinators of places, the nearest first: the longest path of a chain
    places = sorted((r for r in rows if r[0].startswith("place:")), key=lambda r: -len(r[1]))
    if how == "issuer":
        found = [r for r in rows if (r[0], r[1]) == ("issuer", str(clause.notice.id))]
        return _receiver(found, clause.notice.issuer, desk)
    if how == "coordinator":
        return _receiver([r for r in places if r[0] == f"place:{level}"], receiver_words(to), desk)
    if how == "host_above":
        return _receiver([r for r in places if r[2] != unit.pk], receiver_words(to), desk)
    if how.startswith("line:"):
        heads = [r for r in rows if r[0] == to]
        return _receiver(
            heads if len(heads) == 1 else [], receiver_words(to), desk
        )  # of several, the notice must name one
    name = clause.caller if how == "caller" else how.removeprefix("unit:")
    return _receiver(
        [r for r in rows if r[0] == "named" and name in (r[1], r[3])], name or receiver_words(to), desk
    )


def _receiver(found: Sequence[Row], otherwise: str, desk: str) -> Receiver:
    return Receiver(found[0][3] or otherwise, found[0][2], desk) if found else Receiver(otherwise, None, desk)


def _issuers(owed: Sequence[Owed]) -> QuerySet[Notice, Row] | None:
    notices = {o.rule.clause.notice.id for o in owed if o.params.to == "issuer"}
    if not notices:
        return None
    rows = Notice.objects.filter(pk__in=notices, issuer_unit__isnull=False)
    return rows.annotate(how=Value("issuer"), what=Cast("pk", CharField())).values_list(
        "how",
        "what",
        Coalesce("issuer_unit__merged_into_id", "issuer_unit_id"),
        Coalesce("issuer_unit__merged_into__name", "issuer_unit__name"),
    )


def _coordinators(owed: Sequence[Owed], unit: Unit) -> QuerySet[Coordination, Row] | None:
    if not any(o.params.to == "host_above" or o.params.to.startswith("coordinator@") for o in owed):
        return None
    rows = Coordination.objects.filter(place__path__in=ancestors(unit.place_path))
    how = Concat(Value("place:"), "place__level", output_field=CharField())
    return rows.annotate(how=how).values_list("how", "place__path", "unit_id", "unit__name")


def _named(owed: Sequence[Owed]) -> QuerySet[Unit, Row] | None:
    codes = {o.params.to[5:] for o in owed if o.params.to.startswith("unit:")}
    words = codes | {o.rule.clause.caller for o in owed if o.params.to == "caller" and o.rule.clause.caller}
    if not words:
        return None
    named = Unit.objects.filter(Q(code__in=words) | Q(name__in=words))
    return named.annotate(how=Value("named")).values_list(
        "how", "code", Coalesce("merged_into_id", "pk"), "name"
    )


def _of_lines(owed: Sequence[Owed], unit: Unit) -> QuerySet[Unit, Row] | None:
    lines = {o.params.to.partition("@")[0][5:] for o in owed if o.params.to.startswith("line:")}
    if not lines:
        return None
    how = Concat(Value("line:"), "line__code", Value("@"), "level", output_field=CharField())
    heads = Unit.objects.filter(
        closed_on=None, place_path__in=ancestors(unit.place_path), line__code__in=lines
    )
    return heads.annotate(how=how).values_list("how", "code", "pk", "name")
