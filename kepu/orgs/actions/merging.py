"""Two records of one unit become one: what is open goes over, what has been counted stays, everything points on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.core.db import in_transaction
from kepu.core.refusals import NotAllowed
from kepu.orgs.actions.links import give_up_links
from kepu.orgs.actions.posts import end, give
from kepu.orgs.actions.traits import retrait
from kepu.orgs.actor import Actor
from kepu.orgs.coming import ChangeState
from kepu.orgs.models import (
    Application,
    Coordination,
    Deputy,
    Designation,
    Membership,
    Post,
    Role,
    Unit,
    UnitChange,
)
from kepu.orgs.settling import keepers

NAMED = 3  # how many of a kind a sentence names


@in_transaction
def hand_over(unit: Unit, to: Unit, *, day: date, by: Actor, at: datetime) -> None:
    """Close ``unit`` in favour of ``to``. No row is deleted, and whoever looks for the one finds the other."""
    _check_layers(unit, to)
    for keeper in keepers():
        keeper.hand_over(unit, to, by=by, at=at)
    _hand_over_titles(unit, to)
    _hand_over_posts(unit, to, by, at)
    give_up_links(unit, to=to, by=by, at=at)
    Coordination.objects.filter(unit=unit).update(unit=to)
    Unit.objects.filter(within=unit).exclude(pk=to.pk).update(within=to)
    Application.objects.filter(receiver=unit).update(receiver=to)
    Application.objects.open().filter(unit=unit).update(unit=to)
    Application.objects.open().filter(by_unit=unit).update(by_unit=to)
    credit_code = unit.credit_code
    Unit.objects.filter(merged_into=unit).update(merged_into=to)
    unit.closed_on, unit.merged_into, unit.within = day, to, None
    if credit_code and not to.credit_code:  # one of them has it, and it is the unit's
        unit.credit_code = None
    unit.save(update_fields=["closed_on", "merged_into", "within", "credit_code"])
    if credit_code and not to.credit_code:
        to.credit_code = credit_code
    if to.within_id == unit.pk:
        to.within = None
    to.save(update_fields=["credit_code", "within"])
    retrait([unit, to], day=day_of(at))


def in_the_way(unit: Unit) -> Iterator[str]:
    """Sentences that name what must be settled before a unit closes for good."""
    coordinated = [
        c.place.name if c.place else c.line.name if c.line else ""
        for c in unit.coordinations.select_related("place", "line").order_by("pk")
    ]
    if coordinated:
        yield _("它还在统筹%(what)s。请先由上一级指定别的统筹单位。") % {"what": _named(coordinated)}
    parts = list(unit.parts.filter(closed_on=None).order_by("name").values_list("name", flat=True)[:50])
    if parts:
        yield _("它还有下属单位%(what)s。请先解除归属，或把它们并入别的单位。") % {"what": _named(parts)}
    waiting = list(
        Application.objects.open().filter(receiver=unit).order_by("pk").values_list("name", flat=True)[:50]
    )
    if waiting:
        yield _("还有登记申请等它审核：%(what)s。请先办完。") % {"what": _named(waiting)}
    coming = UnitChange.objects.filter(others=unit, state=ChangeState.PLANNED).select_related("unit").first()
    if coming is not None:
        yield _("“%(unit)s”安排了并入它。请先取消那一项。") % {"unit": coming.unit.name}
    for keeper in keepers():
        yield from keeper.in_the_way(unit)


def _named(names: list[str]) -> str:
    shown = _("、").join(f"“{name}”" for name in names[:NAMED])
    return shown if len(names) <= NAMED else _("%(shown)s等 %(n)d 个") % {"shown": shown, "n": len(names)}


def _check_layers(unit: Unit, to: Unit) -> None:
    """What belongs to the unit comes under the other, which must not be a part of a third."""
    others = unit.parts.exclude(pk=to.pk)
    if to.within_id not in (None, unit.pk) and others.exists():
        raise NotAllowed(
            _("“%(unit)s”有下属单位，而“%(to)s”自己是下属单位，不能合并。请先解除归属。")
            % {"unit": unit.name, "to": to.name}
        )


def _hand_over_titles(unit: Unit, to: Unit) -> None:
    """The titles and seats are the unit's, whichever record they were entered on; the old one keeps its copies."""
    borne = set(Designation.objects.filter(unit=to).values_list("code", "since"))
    Designation.objects.bulk_create(
        Designation(unit=to, code=d.code, since=d.since, until=d.until)
        for d in Designation.objects.filter(unit=unit).order_by("pk") if (d.code, d.since) not in borne
    )  # fmt: skip
    seats = Membership.objects.filter(unit=unit).order_by("pk")
    Membership.objects.bulk_create(
        [Membership(unit=to, body=m.body, since=m.since, until=m.until) for m in seats], ignore_conflicts=True
    )


def _hand_over_posts(unit: Unit, to: Unit, by: Actor, at: datetime) -> None:
    """Whoever holds a post here, or will, holds it there; here it ends."""
    posts = Post.objects.filter(unit=unit).select_related("person", "place", "line").order_by("pk")
    for post in posts:
        if post.until is not None and post.until <= at:
            continue
        same = Post.objects.filter(
            person=post.person, unit=to, role=post.role, place=post.place, line=post.line
        )
        if not same.holding(at).exists():
            since = post.since if post.since is not None and post.since > at else None
            new = give(
                post.person,
                to,
                Role(post.role),
                place=post.place,
                line=post.line,
                since=since,
                until=post.until,
                by=by,
                at=at,
            )
            Deputy.objects.filter(post=post, until__gt=at).update(post=new)
        end(post, on=at, by=by, at=at)
