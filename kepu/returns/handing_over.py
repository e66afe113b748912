"""What becomes of returns when their unit or their receiver is merged, moved or closed.

What was handed in stays the unit's, at the place and line where it is counted; a draft goes with the unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.db import in_transaction
from kepu.orgs import settling
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit
from kepu.returns.models import Return
from kepu.returns.workflow import Event, State


class Returns(settling.Keeper):
    def in_the_way(self, unit: Unit) -> Iterator[str]:
        """Returns sent back to the unit, and those that wait for it. Two queries."""
        theirs = Q(unit=unit) | Q(unit__merged_into=unit)  # those of an old record too
        own = Return.objects.filter(theirs, state=State.RETURNED).order_by("id")
        if titles := list(own.values_list("title", flat=True)[:50]):
            yield _("还有报送被退回、没有再交：%(what)s。请先交齐或由上级免报。") % {
                "what": settling.named_in_short(titles)
            }
        waiting = Return.objects.filter(receiver=unit, state=State.HANDED_IN).order_by("id")
        if titles := list(waiting.values_list("title", flat=True)[:50]):
            yield _("还有报送等它接收：%(what)s。请先接收或退回。") % {
                "what": settling.named_in_short(titles)
            }

    @in_transaction
    def hand_over(self, unit: Unit, to: Unit, *, by: Actor, at: datetime) -> None:
        """A draft goes over unless the other unit has begun the same duty itself."""
        begun = set(Return.objects.filter(unit=to).order_by().values_list("season_id", "duty"))
        drafts = (
            Return.objects.filter(unit=unit, state=State.DRAFTING).order_by("id").only("season_id", "duty")
        )
        free = [row.pk for row in drafts if (row.season_id, row.duty) not in begun]
        settling.hand_on(
            Return.objects.filter(pk__in=free),
            {"unit": to, "place_path": to.place_path, "line_path": to.line_path}, Event.HANDED_OVER, by=by, at=at)  # fmt: skip
        waiting = Return.objects.filter(
            receiver=unit, state__in=[State.HANDED_IN, State.RETURNED, State.DRAFTING]
        )
        settling.hand_on(waiting, {"receiver": to, "receiver_name": to.name}, Event.HANDED_OVER, by=by, at=at)

    @in_transaction
    def moved(self, unit: Unit, *, by: Actor, at: datetime) -> None:
        drafts = Return.objects.filter(unit=unit, state=State.DRAFTING)
        settling.hand_on(
            drafts,
            {"place_path": unit.place_path, "line_path": unit.line_path},
            Event.HANDED_OVER,
            by=by,
            at=at,
        )


settling.register(Returns())
