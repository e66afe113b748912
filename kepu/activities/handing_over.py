"""What becomes of activities when their host or their reviewer is merged, moved or closed.

What was filed stays its host's, at the place and line where it is counted. Drafts go with the host; reviews that wait
go to whoever takes over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q
from django.utils.translation import gettext as _

from kepu.activities.models import Activity
from kepu.activities.workflow import AWAITING_REVIEW, FINAL, Event, State
from kepu.core import audit
from kepu.core.db import in_transaction
from kepu.orgs import settling
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit

UNFINISHED = sorted(set(State) - FINAL - {State.SUMMARISED, State.DRAFT})


class Activities(settling.Keeper):
    def in_the_way(self, unit: Unit) -> Iterator[str]:
        """Activities under way, and reviews that wait for the unit. Two queries."""
        theirs = Q(unit=unit) | Q(unit__merged_into=unit)  # those of an old record too
        own = Activity.objects.filter(theirs, state__in=UNFINISHED).order_by("id")
        if titles := [str(a) for a in own.only("title", "state")[:50]]:
            yield _(
                "还有活动没有办完：%(what)s。请先撤回、取消，或办完总结；由别的单位接着办的，请用“并入”。"
            ) % {"what": settling.named_in_short(titles)}
        waiting = Activity.objects.filter(reviewing_unit=unit, state__in=sorted(AWAITING_REVIEW)).order_by(
            "id"
        )
        if titles := [str(a) for a in waiting.only("title", "state")[:50]]:
            yield _("还有活动等它审核：%(what)s。请先审完。") % {"what": settling.named_in_short(titles)}

    @in_transaction
    def hand_over(self, unit: Unit, to: Unit, *, by: Actor, at: datetime) -> None:
        drafts = Activity.objects.filter(unit=unit, state=State.DRAFT).order_by("id")
        settling.hand_on(
            drafts,
            {"unit": to, "place_path": to.place_path, "line_path": to.line_path},
            Event.HANDED_OVER,
            by=by,
            at=at,
        )
        # also those that wait for nobody now: a change of theirs would go back to the reviewer
        reviewed = Activity.objects.filter(reviewing_unit=unit, state__in=UNFINISHED).order_by("id")
        settling.hand_on(reviewed, {"reviewing_unit": to}, Event.HANDED_OVER, by=by, at=at)
        unfiled = Activity.objects.filter(
            responsible_unit=unit, state__in=[State.DRAFT, State.RETURNED]
        ).order_by("id")
        settling.hand_on(unfiled, {"responsible_unit": to}, Event.HANDED_OVER, by=by, at=at)

    @in_transaction
    def moved(self, unit: Unit, *, by: Actor, at: datetime) -> None:
        drafts = Activity.objects.filter(unit=unit, state=State.DRAFT).order_by("id")
        settling.hand_on(
            drafts,
            {"place_path": unit.place_path, "line_path": unit.line_path},
            Event.HANDED_OVER,
            by=by,
            at=at,
        )

    @in_transaction
    def closed(self, unit: Unit, *, by: Actor, at: datetime) -> None:
        drafts = Activity.objects.filter(unit=unit, state=State.DRAFT).order_by("id")
        rows = list(drafts.only("pk"))
        values = {"state": State.WITHDRAWN, "withdrawn_at": at, "turn_since": at, "version": F("version") + 1}
        Activity.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
        for row in rows:
            audit.record(Event.WITHDRAWN, row, by=by, at=at, before=State.DRAFT.value, unit_closed=unit.pk)


settling.register(Activities())
