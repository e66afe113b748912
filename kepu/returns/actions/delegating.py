"""Handing one duty to another unit or person, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.accounts.models import Person
from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, NotAllowed, Reason, StaleState
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Post, Unit
from kepu.returns import delegation_rules, messages, rules
from kepu.returns.actions.handing import asked
from kepu.returns.models import Delegation
from kepu.returns.workflow import Event


@transaction
def delegate_duty(
    unit: Unit, season: Season, duty: str, *, to_unit: Unit, to_person: Person | None = None, until: datetime | None = None,
    by: Actor, at: datetime,
) -> Delegation:  # fmt: skip
    """Let another unit, or one person acting for a unit, write and hand in what a unit owes for one duty."""
    delegation_rules.check_delegate(by, unit)
    rules.check_open(season)
    owed, _in_force = asked(unit, season, duty, at)
    _check_to(unit, to_unit, to_person, until, at)
    Unit.objects.select_for_update().get(pk=unit.pk)  # of two delegations the second sees the first
    if Delegation.objects.holding(at).filter(unit=unit, season=season, duty=duty).exists():
        raise NotAllowed(_("“%(title)s”已经委托出去。要换人，请先收回。") % {"title": owed.title})
    delegation = Delegation.objects.create(
        season=season, unit=unit, duty=duty, title=owed.title[:200], to_unit=to_unit, to_person=to_person, since=at, until=until
    )  # fmt: skip
    audit.record(
        Event.DELEGATED, delegation, by=by, at=at, unit=unit.pk, duty=duty, to_unit=to_unit.pk,
        to_person=to_person.pk if to_person else None, until=until,
    )  # fmt: skip
    messages.delegated(delegation, at=at)
    return delegation


@transaction
def end_delegation(delegation: Delegation, *, by: Actor, at: datetime) -> None:
    """Let a delegation end now. What was written stays with the unit whose duty it is."""
    delegation_rules.check_end_delegation(by, delegation, at=at)
    if not Delegation.objects.holding(at).filter(pk=delegation.pk).update(until=at):
        raise StaleState()
    audit.record(
        Event.DELEGATION_ENDED, delegation, by=by, at=at, unit=delegation.unit_id, duty=delegation.duty
    )
    messages.delegation_ended(delegation, by_delegate=not by.acts_for(delegation.unit_id), at=at)


def _check_to(
    unit: Unit, to_unit: Unit, to_person: Person | None, until: datetime | None, at: datetime
) -> None:
    if until is not None and until <= at:
        raise _unfit(_("委托的最后一天已经过去。请改正。"), "until")
    if to_person is None:
        if to_unit.pk == unit.pk:
            raise _unfit(_("委托给本单位的，要写明哪一位。"), "to_person")
        return
    posts = Post.objects.holding(at).filter(unit=to_unit, person=to_person)
    roles = set(posts.values_list("role", flat=True))
    if not roles or not to_person.is_active:
        raise _unfit(
            _("“%(person)s”在“%(unit)s”没有岗位，不能受托。") % {"person": to_person, "unit": to_unit.name},
            "to_person",
        )
    if to_unit.pk == unit.pk and roles.intersection(rules.WRITING):
        raise _unfit(_("“%(person)s”本来就能办本单位的报送，不用委托。") % {"person": to_person}, "to_person")


def _unfit(sentence: str, field: str) -> Incomplete:
    return Incomplete(reasons=[Reason(sentence, field)])
