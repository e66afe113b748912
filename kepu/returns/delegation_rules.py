"""Who may hand a duty to another, and what the other may do then: see and hand in that one return, and nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed, StaleState, refused
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.returns.models import Delegation, DelegationQuerySet, Return, ReturnQuerySet
from kepu.returns.rules import WRITING, check_write


def delegated_to(actor: Actor, at: datetime) -> DelegationQuerySet:
    """The duties of others that were handed to the actor: to the unit, where it files, or to the person."""
    if actor.unit_id is None or actor.person_id is None:
        return Delegation.objects.none()
    whose = Q(to_person_id=actor.person_id) if actor.deputy_for is None else Q(pk__in=[])
    if actor.holds(*WRITING):
        whose |= Q(to_person__isnull=True)
    return Delegation.objects.holding(at).filter(whose, to_unit_id=actor.unit_id)


def delegation_of(unit: Unit, season: Season, duty: str, at: datetime) -> Delegation | None:
    """To whom a unit has handed one of its duties. One query."""
    return Delegation.objects.holding(at).filter(unit=unit, season=season, duty=duty).whole().first()


def return_of(delegation: Delegation) -> ReturnQuerySet:
    """The one return that a delegation opens."""
    return Return.objects.filter(
        season_id=delegation.season_id, unit_id=delegation.unit_id, duty=delegation.duty
    )


def check_write_duty(by: Actor, unit: Unit, season: Season, duty: str, *, at: datetime) -> Delegation | None:
    """A return is written by the unit's own people, or by those its duty was handed to; gives the delegation then.

    A query only where the actor is none of the unit's own.
    """
    if by.acts_for(unit.pk) and by.holds(*WRITING):
        return None
    found = delegated_to(by, at).filter(unit=unit, season=season, duty=duty).first()
    if found is None:
        check_write(by, unit)
    return found


def check_delegate(by: Actor, unit: Unit) -> None:
    """A duty is handed to another by the unit's own people, in their own name: it may last longer than a deputy."""
    check_write(by, unit)
    if by.deputy_for is not None:
        raise NotAllowed(_("代理期间不能把报送委托给别人。请本人办理。"))


def check_end_delegation(by: Actor, delegation: Delegation, *, at: datetime) -> None:
    """A delegation is taken back by the unit whose duty it is, and given back by those it went to."""
    if delegation.until is not None and delegation.until <= at:
        raise StaleState(_("这次委托已经结束。请刷新后再看。"))
    if delegated_to(by, at).filter(pk=delegation.pk).exists():
        return
    check_write(by, delegation.unit)


def can_delegate(by: Actor, unit: Unit) -> bool:
    return not refused(check_delegate, by, unit)
