"""The scenes of notices on their way: sent on the day they begin to hold, opened, received, passed on, or left lying.

To whom a notice goes is read from its recipients; provinces and cities pass on what they received, one level down.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from kepu.core.calendar import day_of, end_of_day
from kepu.core.refusals import Refused
from kepu.notices import actions
from kepu.notices.actions.delivering import carry_on
from kepu.notices.format.schema import Recipient
from kepu.notices.models import Delivery, Notice, NoticeStatus, Sending
from kepu.notices.recipients import recipients_of
from kepu.orgs.models import Level, Unit
from kepu.rehearsal.stage import Stage, until

# whom a coordinator passes a notice on to: the offices one level down, and from the city its towns and schools
ONWARD = {
    Level.PROVINCE: (Recipient(title="各市科协", kinds=("association",), levels=("city",)),),
    Level.CITY: (
        Recipient(title="各县（市、区）、镇街科协", kinds=("association",), levels=("county", "town")),
        Recipient(title="各中小学、幼儿园", kinds=("school",)),
    ),
}


class NoticeScenes:
    """Every notice on its day, and every delivery on the day its unit gets round to it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.attempt = stage.figures.attempt
        self.agenda: dict[date, list[int]] = defaultdict(list)  # ids of deliveries

    def take_up(self, day: date) -> None:
        """Fill the agenda from the records, to go on at ``day``."""
        lying = Delivery.objects.filter(notice__season=self.stage.season, opened_at=None)
        for row in lying.select_related("unit", "notice").order_by("pk"):
            self._follow(row, not_before=day)

    def send(self, day: date) -> None:
        """Send the notices that begin to hold on a day, and those of days gone by that nobody has sent."""
        begun = Notice.objects.filter(
            season=self.stage.season, in_force_at__lte=end_of_day(day), sendings=None, withdrawn_at=None
        )
        for notice in begun.exclude(status=NoticeStatus.PLACEHOLDER).select_related("place").order_by("pk"):
            if not recipients_of(notice):
                continue
            at = self.stage.tick()
            sender = notice.issuer_unit_id or self.stage.coordinated.get(notice.place.path)
            by = self.stage.cast.head(sender, at)
            if by is not None:
                self._carry(self.attempt(actions.send_notice, notice, by=by, at=at), day)

    def look(self, day: date) -> None:
        """What units open, receive and pass on on a day."""
        whole = Delivery.objects.select_related("unit", "notice__season", "notice__place", "notice__line")
        for row in whole.filter(pk__in=until(self.agenda, day), opened_at=None).order_by("pk"):
            if row.notice.withdrawn_at is None:
                self._look(row, day)

    def _look(self, row: Delivery, day: date) -> None:
        at = self.stage.tick()
        if self._luck(row, "only a look").random() < 0.12:
            self.attempt(actions.open_delivery, row, by=self.stage.cast.filer(row.unit, at), at=at)
            return
        self.attempt(actions.receive_notice, row, by=self.stage.cast.filer(row.unit, at), at=at)
        onward = ONWARD.get(Level(row.unit.level), ()) if row.unit.kind == "association" else ()
        if onward and self._coordinates_others(row.unit):
            at = self.stage.tick()
            if (head := self.stage.cast.head(row.unit_id, at)) is not None:
                self._carry(self.attempt(actions.forward_notice, row, onward, by=head, at=at), day)

    def _coordinates_others(self, unit: Unit) -> bool:
        """Whether a unit coordinates its place, and anybody of the cast is there below it. No query."""
        path = unit.place_path
        if self.stage.coordinated.get(path) != unit.pk:
            return False
        return any(
            u.place_path.startswith(path) and u.place_path != path for u in self.stage.cast.units.values()
        )

    def _carry(self, sending: Sending | Refused, day: date) -> None:
        """What the worker does of a sending, at once; its own row finds it done."""
        if isinstance(sending, Refused):
            return
        at = self.stage.tick()
        while (after := self._stands(sending)) is not None:
            carry_on(sending_id=sending.pk, notice_id=sending.notice_id, after=after, at=at)
        made = Delivery.objects.filter(notice=sending.notice_id, sent_at=sending.at)
        for row in made.select_related("unit", "notice").order_by("pk"):
            self._follow(row, not_before=day + timedelta(days=1))

    def _stands(self, sending: Sending) -> int | None:
        rows = Sending.objects.filter(pk=sending.pk, done_at=None)
        return rows.values_list("after", flat=True).first()

    def _follow(self, row: Delivery, *, not_before: date) -> None:
        """Put a delivery on the agenda of the day on which its unit means to look at it; some never do."""
        if row.unit.code not in self.stage.cast.units or row.unit.code in self.stage.spared:
            return
        luck = self._luck(row)
        if luck.random() < (0.03 if row.unit.level in ONWARD else 0.15):
            return
        means = day_of(row.sent_at) + timedelta(days=luck.choice((1, 1, 1, 2, 2, 4, 7)))
        self.agenda[max(means, not_before)].append(row.pk)

    def _luck(self, row: Delivery, *about: object) -> Random:
        return Random("/".join(map(str, (self.stage.seed, row.notice.code, row.unit.code, *about))))
