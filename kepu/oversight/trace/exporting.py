"""The trace of a unit, an area or the whole for an auditor: an act that leaves a trace itself, and rows that stream."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kepu.core import audit, telling
from kepu.core.audit import anchor_now
from kepu.core.audit.exporting import Contents, archive
from kepu.core.calendar import day_of, start_of_day
from kepu.core.db import transaction
from kepu.core.fields import under
from kepu.core.models import AuditEntry
from kepu.core.refusals import Incomplete, Reason
from kepu.orgs.actor import Actor
from kepu.orgs.models import Place, Unit
from kepu.oversight.trace import rules
from kepu.oversight.trace.lines import told
from kepu.oversight.workflow import Event

LONGEST = timedelta(days=366)
AT_ONCE = 1000
Rows = QuerySet[AuditEntry]


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was granted. ``scope`` None: the whole trace; ``upto`` is the last row there was.

    With ``links`` every other row of the trace comes along without what it says, so that nothing can have been left out.
    """

    scope: Unit | Place | None
    since: date | None
    until: date | None
    upto: int
    by: Actor
    at: datetime
    links: bool = False

    @property
    def name(self) -> str:
        """A file's name that every system takes."""
        scope = "all" if self.scope is None else f"{self.scope._meta.model_name}-{self.scope.code}"
        days = [day.strftime("%Y%m%d") for day in (self.since, self.until) if day]
        return "-".join(["kepu-trace", "".join(c for c in scope if c.isascii()), *days]) + ".zip"

    def pieces(self) -> Iterator[bytes]:
        """The ZIP, piece by piece."""
        about: dict[str, Any] = {
            "scope": None if self.scope is None else {"kind": self.scope._meta.model_name, "code": self.scope.code, "name": self.scope.name},
            "since": self.since.isoformat() if self.since else None, "until": self.until.isoformat() if self.until else None,
            "whole": self.links or (self.scope is None and self.since is None and self.until is None),
        }  # fmt: skip
        contents = Contents(
            self._linked if self.links else self.rows, self._readable, about, anchor_now(self.at)
        )
        return archive(contents, self.at)

    def rows(self) -> Iterator[AuditEntry]:
        """The rows in the order in which they were written; never more than a few hundred in memory."""
        if isinstance(self.scope, Place):
            first, last = self.since or day_of(_oldest()), self.until or day_of(self.at)
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            inside = AuditEntry.objects.filter(under("place_path", self.scope.path))
            yield from (row for day in days for row in _walk(inside.filter(day=day), self.upto))
            return
        rows = AuditEntry.objects.all()
        if self.since:
            rows = rows.filter(at__gte=start_of_day(self.since))
        if self.until:
            rows = rows.filter(at__lt=start_of_day(self.until + timedelta(days=1)))
        if isinstance(self.scope, Unit):
            both = [rows.filter(unit_id=self.scope.pk), rows.filter(owner_id=self.scope.pk)]
            yield from _once(heapq.merge(*(_walk(one, self.upto) for one in both), key=lambda row: row.pk))
        else:
            yield from _walk(rows, self.upto)

    def _linked(self) -> Iterator[AuditEntry | dict[str, Any]]:
        for row in _walk(AuditEntry.objects.all(), self.upto):
            yield (
                row
                if self._holds(row)
                else {name: getattr(row, name) for name in ("strand", "seq", "previous", "hash")}
            )

    def _holds(self, row: AuditEntry) -> bool:
        """Whether :meth:`rows` gives this row."""
        day = day_of(row.at)
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        if isinstance(self.scope, Unit):
            return self.scope.pk in (row.unit_id, row.owner_id)
        return self.scope is None or (row.day is not None and row.place_path.startswith(self.scope.path))

    def _readable(self) -> Iterator[list[str]]:
        groups = telling.groups()
        yield [_("时间"), _("事情"), _("类别"), _("链"), _("行"), _("校验值")]
        rows = self.rows()
        while some := list(islice(rows, AT_ONCE)):
            for line in told(some, self.by):
                row = line.entry
                when = localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
                yield [
                    when,
                    line.sentence,
                    groups.get(line.group, ""),
                    str(row.strand),
                    str(row.seq),
                    row.hash,
                ]


@transaction
def export_trace(
    scope: Unit | Place | None, *, since: date | None = None, until: date | None = None, links: bool = False,
    by: Actor, at: datetime,
) -> Export:  # fmt: skip
    """Grant an export and leave the trace of it. A period is needed but by the system, and is a year at most."""
    if scope is not None:
        rules.check_export(by, scope)
    else:
        rules.check_export_all(by)
    _check_period(since, until, by)
    thing = scope or Place.objects.get(path="/")
    said = {"since": since.isoformat() if since else "", "until": until.isoformat() if until else ""}
    audit.record(Event.TRACE_EXPORTED, thing, by=by, at=at, whole=scope is None, **said)
    upto = AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0
    return Export(scope, since, until, upto, by, at, links)


def _check_period(since: date | None, until: date | None, by: Actor) -> None:
    if since is None or until is None:
        if by.is_system:
            return
        raise Incomplete(reasons=[Reason(_("请写明从哪天到哪天。"), "since" if since is None else "until")])
    if until < since:
        raise Incomplete(reasons=[Reason(_("截止日期早于起始日期。请改正。"), "until")])
    if until - since > LONGEST:
        raise Incomplete(reasons=[Reason(_("一次最多导出一年。请分几次导出。"), "until")])


def _oldest() -> datetime:
    first = AuditEntry.objects.order_by("id").first()
    assert first is not None  # the export itself has left its trace
    return first.at


def _walk(rows: Rows, upto: int) -> Iterator[AuditEntry]:
    """Rows by id, a piece at a time: no cursor stays open while a slow reader takes them."""
    last = 0
    while some := list(rows.filter(pk__gt=last, pk__lte=upto).order_by("pk")[:AT_ONCE]):
        yield from some
        last = some[-1].pk


def _once(rows: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
    last = None
    for row in rows:
        if row.pk != last:
            yield row
        last = row.pk
