"""The people who practise: nobody in particular, with names that say so, and one password made for the occasion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.core.fields import ancestors
from kepu.core.refusals import Incomplete
from kepu.orgs import actions as orgs
from kepu.orgs.actor import SYSTEM
from kepu.orgs.models import Coordination, Place, Post, Role, Unit

LOGIN = "xunlian-"  # every training account begins so


@dataclass(frozen=True, slots=True)
class Seat:
    """One training account: with what it signs in, and what it may do for which unit."""

    username: str
    unit: str
    does: str


def make_accounts(place: Place, *, seats: int, password: str, at: datetime) -> list[Seat]:
    """A coordinator for every level from the nation down to the place, and ``seats`` filers of units in the place."""
    made = []
    chain = Coordination.objects.filter(place__path__in=ancestors(place.path)).select_related("unit", "place")
    # a longer path of one chain sorts after a shorter one
    for n, coordination in enumerate(chain.order_by("place__path"), start=1):
        post = _enrol(coordination.unit, f"{LOGIN}s{n}", f"培训统筹员{n}", Role.COORDINATOR, password, at)
        for role in (Role.REVIEWER, Role.FILER):
            orgs.appoint(post.person, coordination.unit, role, by=SYSTEM, at=at)
        made.append(Seat(post.person.username, coordination.unit.name, _("统筹、审核、填报")))
    open_units = Unit.objects.under(place.path).open(day_of(at))
    coordinates = Coordination.objects.filter(unit=OuterRef("pk"))
    filing = open_units.filter(~Exists(coordinates)).order_by("place_path", "pk")[:seats]
    for n, unit in enumerate(filing, start=1):
        post = _enrol(unit, f"{LOGIN}{n:02}", f"培训填报员{n:02}", Role.FILER, password, at)
        made.append(Seat(post.person.username, unit.name, _("填报")))
    if not made:
        raise Incomplete(
            _("“%(place)s”及以上没有统筹单位，里面也没有单位，没有人可以练习。请用 --place 换一个地区。")
            % {"place": place.name}
        )
    return made


def _enrol(unit: Unit, username: str, name: str, role: Role, password: str, at: datetime) -> Post:
    return orgs.enrol(unit, role, username=username, name=name, password=password, by=SYSTEM, at=at)
