"""Taking in a table of units: good lines go in, bad lines are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Refused
from kepu.core.sheets import LineReport, Report, Row
from kepu.orgs import rules, unit_rows
from kepu.orgs.actions.history import write_renamings
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actions.units import check_particulars, credit_code_taken, new_unit
from kepu.orgs.actor import Actor
from kepu.orgs.models import Designation, Membership, Unit
from kepu.orgs.naming import name_key
from kepu.orgs.unit_rows import Particulars, Register
from kepu.orgs.workflow import Event


@dataclass(frozen=True, slots=True)
class _Taken:
    """A good line: what it says, and the unit it becomes or corrects."""

    said: Particulars
    unit: Unit
    new: bool
    changes: bool
    was: str = ""  # its name before


def import_units(
    rows: Sequence[Row], *, by: Actor, at: datetime, made_up: bool = False, dry_run: bool = False
) -> Report:
    """Take in a table of units (``unit_rows`` has its columns); answers for every line.

    Good lines go in and bad ones are reported. Idempotent on the unit's code: a unit that is there is corrected, never
    moved; a title or seat that the table does not name stays. A dry run writes nothing and answers the same.
    """
    if dry_run:
        _taken, lines = _examine(rows, by, made_up)
        return Report(lines, written=False)
    return _import_units(rows, by=by, at=at, made_up=made_up)


@transaction
def _import_units(rows: Sequence[Row], *, by: Actor, at: datetime, made_up: bool) -> Report:
    taken, lines = _examine(rows, by, made_up)
    Unit.objects.bulk_create([line.unit for line in taken if line.new], batch_size=500)
    changed = [line.unit for line in taken if line.changes]
    Unit.objects.bulk_update(
        changed, ["name", "name_key", "kind", "line", "line_path", "credit_code"], batch_size=500
    )
    write_renamings(
        [(line.unit, line.was) for line in taken if line.changes and line.was != line.unit.name], by=by, at=at
    )
    _add_titles_and_seats(taken)
    retrait([line.unit for line in taken], day=day_of(at))
    for line in taken:
        if line.new or line.changes:
            event = Event.UNIT_REGISTERED if line.new else Event.UNIT_CHANGED
            audit.record(event, line.unit, by=by, at=at, code=line.unit.code, imported=True)
    return Report(lines, written=bool(taken))


@in_transaction
def _add_titles_and_seats(taken: Sequence[_Taken]) -> None:
    ids = [line.unit.pk for line in taken]
    titles = set(Designation.objects.filter(unit_id__in=ids).values_list("unit_id", "code"))
    wanted_titles = [(line.unit.pk, code) for line in taken for code in line.said.designations]
    Designation.objects.bulk_create(
        [Designation(unit_id=pk, code=code) for pk, code in wanted_titles if (pk, code) not in titles],
        batch_size=500,
    )
    seats = [Membership(unit_id=line.unit.pk, body=body) for line in taken for body in line.said.bodies]
    Membership.objects.bulk_create(seats, ignore_conflicts=True, batch_size=500)


def _examine(rows: Sequence[Row], by: Actor, made_up: bool) -> tuple[list[_Taken], tuple[LineReport, ...]]:
    register = Register(rows)
    taken: list[_Taken] = []
    lines: list[LineReport] = []
    seen: dict[str, int] = {}
    for row in rows:
        try:
            line = _take(row, register, seen, by, made_up)
        except Refused as refusal:
            lines.append(LineReport(row.line, False, " ".join(str(reason) for reason in refusal.reasons)))
            continue
        taken.append(line)
        lines.append(LineReport(row.line, True, _sentence(line)))
    return taken, tuple(lines)


def _take(row: Row, register: Register, seen: dict[str, int], by: Actor, made_up: bool) -> _Taken:
    said = unit_rows.particulars(row, register)
    check_particulars(code=said.code, name=said.name, credit_code=said.credit_code)
    _check_once(said, seen)
    known = register.units.get(said.code)
    holder = register.by_credit_code.get(said.credit_code) if said.credit_code else None
    if holder is not None and holder.code != said.code:
        raise Incomplete(credit_code_taken(said.credit_code, holder.name))
    if known is None:
        rules.check_register(by, said.place, said.line)
        unit = new_unit(
            code=said.code, name=said.name, kind=said.kind, place=said.place, line=said.line,
            credit_code=said.credit_code, made_up=made_up,
        )  # fmt: skip
        return _Taken(said, unit, new=True, changes=False)
    rules.check_change_unit(by, known)
    was = known.name
    return _Taken(said, known, new=False, changes=_correct(known, said), was=was)


def _check_once(said: Particulars, seen: dict[str, int]) -> None:
    for what, value in ((_("编号"), said.code), (_("统一社会信用代码"), said.credit_code)):
        key = f"{what}:{value}"
        if value and key in seen:
            raise Incomplete(
                _("%(what)s %(value)s 在第 %(line)d 行已经出现过。请删去一行，或改正其中一个。")
                % {"what": what, "value": value, "line": seen[key]}
            )
    for what, value in ((_("编号"), said.code), (_("统一社会信用代码"), said.credit_code)):
        if value:
            seen[f"{what}:{value}"] = said.line_number


def _correct(unit: Unit, said: Particulars) -> bool:
    """Bring a unit to what the line says; whether anything changed. It keeps its place and line: it is counted there."""
    if unit.place_id != said.place.pk:
        raise Incomplete(
            _("编号 %(code)s 是“%(place)s”的“%(unit)s”，导入不能把它移到“%(here)s”。请改正编号或地区代码。")
            % {"code": unit.code, "place": unit.place.name, "unit": unit.name, "here": said.place.name}
        )
    if said.line is not None and unit.line is not None and unit.line.pk != said.line.pk:
        raise Incomplete(
            _("编号 %(code)s 是“%(line)s”系统的“%(unit)s”，导入不能改它的系统。请改正编号或系统。")
            % {"code": unit.code, "line": unit.line.name, "unit": unit.name}
        )
    before = (unit.name, unit.kind, unit.line_id, unit.credit_code)
    unit.name, unit.name_key, unit.kind = said.name, name_key(said.name), said.kind
    unit.credit_code = said.credit_code or unit.credit_code
    if said.line is not None:
        unit.line, unit.line_path = said.line, said.line.path
    return before != (unit.name, unit.kind, unit.line_id, unit.credit_code)


def _sentence(line: _Taken) -> str:
    if line.new:
        return _("新登记“%(unit)s”。") % {"unit": line.unit.name}
    if line.changes:
        return _("更正“%(unit)s”。") % {"unit": line.unit.name}
    return _("“%(unit)s”已经登记。") % {"unit": line.unit.name}
