"""What leads into a unit from outside: invitations by link, and addresses to which its messages are pushed."""

from __future__ import annotations

from datetime import datetime

from kepu.core import audit
from kepu.core.db import in_transaction
from kepu.orgs.actor import Actor
from kepu.orgs.models import Hook, Invitation, Unit
from kepu.orgs.workflow import Event


@in_transaction
def give_up_links(unit: Unit, *, to: Unit | None, by: Actor, at: datetime) -> None:
    """A unit closes: its open invitations are taken back; its push addresses go to whoever takes it over, or end."""
    for invitation in Invitation.objects.open(at).filter(unit=unit).order_by("pk"):
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=at, email="")
        audit.record(Event.INVITATION_WITHDRAWN, invitation, by=by, at=at, unit=unit.pk, role=invitation.role)
    hooks = Hook.objects.filter(unit=unit).order_by("pk")
    if to is not None:
        hooks.update(unit=to)
        return
    for hook in hooks:
        audit.record(Event.HOOK_REMOVED, hook, by=by, at=at, unit=unit.pk, name=hook.name)
    hooks.delete()
