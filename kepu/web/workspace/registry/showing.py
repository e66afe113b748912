"""A unit and its history in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kepu.orgs.coming import ChangeKind, ChangeState
from kepu.orgs.models import Unit, UnitChange


def day(value: date) -> str:
    return date_format(value, "DATE_FORMAT")


def history_lines(changes: Iterable[UnitChange], unit: Unit) -> list[dict[str, Any]]:
    """The history as a timeline, newest first. No query beyond what the changes brought."""
    return [
        {
            "when": day(change.effective_on), "what": sentence(change, unit), "text": _because(change),
            "state": "" if change.state == ChangeState.PLANNED else "past", "url": _to(change, unit), "sources": (),
        }
        for change in changes
    ]  # fmt: skip


def sentence(change: UnitChange, unit: Unit) -> str:
    """What became of the unit, said from its side."""
    own, others = change.unit_id == unit.pk, list(change.others.all())
    before, after = change.before, change.after
    names = _("、").join(f"“{one.name}”" for one in others)
    said = {
        ChangeKind.REGISTERED: lambda: _("登记为“%(name)s”") % {"name": after.get("name", "")},
        ChangeKind.RENAMED: lambda: _("由“%(old)s”更名为“%(new)s”") % {"old": before["name"], "new": after["name"]},
        ChangeKind.CORRECTED: lambda: _("更正类别或信用代码"),
        ChangeKind.MOVED: lambda: _("由%(old)s转到%(new)s") % {"old": _seat(before), "new": _seat(after)},
        ChangeKind.MERGED: lambda: _merged(change, own),
        ChangeKind.SPLIT: lambda: _split(change, own, names),
        ChangeKind.CLOSED: lambda: _("注销"),
        ChangeKind.TAKEN_IN: lambda: (
            _("归入“%(parent)s”") % {"parent": after.get("within_name", "")}
            if own else _("“%(unit)s”归入本单位") % {"unit": change.unit.name}
        ),
        ChangeKind.LET_GO: lambda: (
            _("不再归入“%(parent)s”") % {"parent": before.get("within_name", "")}
            if own else _("“%(unit)s”不再归入本单位") % {"unit": change.unit.name}
        ),
    }[ChangeKind(change.kind)]()  # fmt: skip
    return _("（等生效）%(what)s") % {"what": said} if change.state == ChangeState.PLANNED else str(said)


def _merged(change: UnitChange, own: bool) -> str:
    if own:
        return _("并入“%(unit)s”") % {"unit": change.after.get("into_name", "")}
    return _("“%(unit)s”并入本单位") % {"unit": change.before.get("name") or change.unit.name}


def _split(change: UnitChange, own: bool, names: str) -> str:
    if not own:
        return _("从“%(unit)s”分出") % {"unit": change.before.get("name") or change.unit.name}
    pieces = names or _("、").join(f"“{piece['name']}”" for piece in change.after["pieces"])
    if change.after["goes_on"]:
        return _("分出%(units)s") % {"units": pieces}
    return _("分为%(units)s，原单位不再保留") % {"units": pieces}


def _seat(said: dict[str, Any]) -> str:
    line = said.get("line_name")
    return (
        f"{said['place_name']}{_('（%(line)s系统）') % {'line': line}}" if line else str(said["place_name"])
    )


def _because(change: UnitChange) -> str:
    who = _("%(unit)s办理") % {"unit": change.deciding_unit.name} if change.deciding_unit else ""
    ground = _("依据：%(ground)s") % {"ground": change.ground} if change.ground else ""
    held_up = _("没有生效：%(why)s") % {"why": change.held_up} if change.held_up else ""
    return " · ".join(filter(None, (who, ground, held_up)))


def _to(change: UnitChange, unit: Unit) -> str:
    """The other unit a line speaks of, where it is one."""
    others: Sequence[Unit] = list(change.others.all())
    if change.unit_id != unit.pk:
        return reverse("workspace:unit-detail", args=[change.unit_id])
    return reverse("workspace:unit-detail", args=[others[0].pk]) if len(others) == 1 else ""
