"""What lies in somebody's hands when they leave a unit: named and counted, so that nothing is lost in a hand-over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kepu.accounts.models import Person
from kepu.activities.models import Activity
from kepu.activities.rules import REVIEWING
from kepu.activities.workflow import AWAITING_REVIEW, State
from kepu.notices.models import Season
from kepu.orgs.models import Deputy, Invitation, Role, Unit
from kepu.returns.models import Return
from kepu.returns.queries import duties_for
from kepu.returns.rules import RECEIVING, WRITING
from kepu.returns.workflow import State as ReturnState


@dataclass(frozen=True, slots=True)
class InHand:
    """Counts of what waits for the holder of certain posts of a unit; they belong to the unit and stay with it."""

    drafts: int = 0
    returned: int = 0
    to_publish: int = 0
    to_complete: int = 0
    reviews: int = 0
    duties: int = 0
    returns: int = 0
    invitations: int = 0  # open ones that the person gave: they end with the right to give
    stands_in: int = 0  # times the person is a deputy, now or later

    def as_plain(self) -> dict[str, int]:
        """What is not nothing, for the trace."""
        return {name: n for name in self.__slots__ if (n := getattr(self, name))}


def in_hand(
    person: Person, unit: Unit, roles: Collection[str], season: Season | None, *, at: datetime
) -> InHand:
    """What waits for somebody in these roles of a unit. At most seven queries."""
    counts: dict[str, int] = {}
    if season is not None:
        if Role.FILER in roles:
            counts |= _of_filer(unit, season)
        if set(roles).intersection(REVIEWING):
            waiting = Activity.objects.filter(
                season=season, reviewing_unit=unit, state__in=sorted(AWAITING_REVIEW)
            )
            counts["reviews"] = waiting.count()
        if set(roles).intersection(RECEIVING):
            counts["returns"] = Return.objects.filter(receiver=unit, state=ReturnState.HANDED_IN).count()
        if set(roles).intersection(WRITING):
            counts["duties"] = sum(
                1 for duty in duties_for(unit, season, at=at) if duty.turn == "unit" and duty.is_waited_for
            )
    return InHand(
        **counts,
        invitations=Invitation.objects.open(at).filter(given_by=person, given_for=unit).count(),
        stands_in=Deputy.objects.filter(person=person, post__unit=unit, until__gt=at).count(),
    )


def _of_filer(unit: Unit, season: Season) -> dict[str, int]:
    states = {
        "drafts": State.DRAFT, "returned": State.RETURNED, "to_publish": State.APPROVED, "to_complete": State.HELD
    }  # fmt: skip
    found: dict[str, int] = Activity.objects.filter(season=season, unit=unit).aggregate(
        **{name: Count("pk", filter=Q(state=state)) for name, state in states.items()}
    )
    return found
