"""Who a visitor of the demo may be: a teacher who files, a town that hands up, a city that reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from kepu.accounts.models import Person
from kepu.orgs import actions as orgs
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Role, Unit

PASSWORD = "kepu-yanlian-2023"  # made up and printed at every start: the demo holds nothing that is anybody's


@dataclass(frozen=True, slots=True)
class Visitor:
    """One account of the demo. ``alone``: the play leaves the unit to the visitor."""

    username: str
    name: str
    unit: str  # its code; "" for whoever coordinates the teacher's town
    roles: tuple[Role, ...]
    does: Any
    alone: bool = True


VISITORS = (
    Visitor("teacher", "演练填报老师", "DG-SCHOOL-1", (Role.FILER,), _("学校：填报活动，发布、完善、总结")),
    Visitor("town", "演练镇街科协", "", (Role.COORDINATOR, Role.FILER), _("镇街科协：看本镇活动，报送分会场活动表和总结")),
    Visitor(
        "city", "演练市科协", "DG-ASSOCIATION-1", (Role.COORDINATOR, Role.REVIEWER, Role.FILER),
        _("市科协：审核填报，看进度，接收报送"), alone=False,
    ),
)  # fmt: skip


def unit_of(visitor: Visitor) -> Unit:
    """The visitor's unit."""
    if visitor.unit:
        return Unit.objects.get(code=visitor.unit)
    school = Unit.objects.get(code=VISITORS[0].unit)
    return Unit.objects.get(coordinations__place=school.place_id)


def invite_visitors(*, at: datetime) -> list[str]:
    """Make the accounts, once; returns the codes of the units that the play leaves alone."""
    spared = []
    for visitor in VISITORS:
        unit = unit_of(visitor)
        if visitor.alone:
            spared.append(unit.code)
        if not Person.objects.filter(username=visitor.username).exists():
            first, *further = visitor.roles
            post = orgs.enrol(
                unit, first, username=visitor.username, name=visitor.name, password=PASSWORD, by=SYSTEM, at=at
            )
            for role in further:
                orgs.appoint(post.person, unit, role, by=SYSTEM, at=at)
    return spared
