"""All that a unit owns of a season, to be taken away: an act that leaves a trace, and rows that come piece by piece.

Contacts come masked; as they are only where the actor asked for them, each look traced before anything is handed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from kepu.activities.actions import show_contacts
from kepu.activities.models import Activity, ReviewNote
from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import NotAllowed
from kepu.intake.models import SheetImport
from kepu.intake.queries import line_counts
from kepu.notices.models import Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Message, Role, Unit
from kepu.oversight.workflow import Event
from kepu.returns.models import Return

AT_ONCE = 500  # rows in memory
M = TypeVar("M", bound=Model)


def check_export(by: Actor, unit: Unit) -> None:
    """Who files or coordinates for the unit takes away what is the unit's."""
    if not (by.acts_for(unit.pk) and by.holds(Role.FILER, Role.COORDINATOR)):
        raise NotAllowed(_("只有本单位的填报岗位或统筹岗位才能导出本单位的活动和报送。"))


@dataclass(frozen=True, slots=True)
class Programme:
    """An export that was granted. Each part gives lists of at most :data:`AT_ONCE` rows, in the order of their ids."""

    unit: Unit
    season: Season
    contacts: bool
    by: Actor
    at: datetime

    def activities(self) -> Iterator[list[tuple[Activity, dict[str, str]]]]:
        """Activities with their contacts as they are; without contacts where none were asked for, or none are left."""
        own = Activity.objects.whole().filter(unit=self.unit, season=self.season)
        for some in _pieces(own):
            shown = show_contacts(some, by=self.by, at=self.at) if self.contacts else {}
            yield [(activity, shown.get(activity.pk, {})) for activity in some]

    def notes(self) -> Iterator[list[ReviewNote]]:
        """What reviewers said of them."""
        of_ours = ReviewNote.objects.filter(activity__unit=self.unit, activity__season=self.season)
        return _pieces(of_ours.select_related("activity", "unit"))

    def returns(self) -> Iterator[list[Return]]:
        """What was handed in, without its rows and sections: those are handed out by their own page."""
        own = Return.objects.whole().filter(unit=self.unit, season=self.season)
        return _pieces(own.defer("sections", "rows"))

    def imports(self) -> Iterator[list[tuple[SheetImport, dict[str, int]]]]:
        """The tables that were handed in for the unit, each with how many of its lines stand how. What is in the cells is
        handed out by their own page, to those who file."""
        own = SheetImport.objects.filter(unit=self.unit, season=self.season)
        for some in _pieces(own.only("file_name", "state", "rows", "started_at", "filed_at", "unit")):
            stand = line_counts(some)
            yield [(sheet, stand.get(sheet.pk, {})) for sheet in some]

    def messages(self) -> Iterator[list[Message]]:
        """What the unit was told, whichever the season: a message belongs to none."""
        return _pieces(Message.objects.filter(unit=self.unit))


@transaction
def export_programme(
    unit: Unit, season: Season, *, contacts: bool = False, by: Actor, at: datetime
) -> Programme:
    """Grant the export and leave the trace of it, and of whether it was asked for with the numbers of contacts."""
    check_export(by, unit)
    audit.record(Event.PROGRAMME_EXPORTED, unit, by=by, at=at, season=season.code, contacts=contacts)
    return Programme(unit, season, contacts, by, at)


def _pieces(rows: QuerySet[M]) -> Iterator[list[M]]:
    """By id, a piece at a time: what a slow reader does not need is not in memory."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1].pk
