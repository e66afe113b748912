"""Take a notice over from its file: its clauses are added, changed or removed until the database says what the file says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete
from kepu.notices import queries, rules
from kepu.notices.actions.seasons import note_change
from kepu.notices.actions.tracing import trace_notice
from kepu.notices.difference import Difference
from kepu.notices.format.checking import check_notice
from kepu.notices.format.columns import begins_at, clause_columns
from kepu.notices.format.problems import NoticeFileRefused, Problem
from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import Clause, Notice, Season
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place, Unit


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What taking a notice over did: nothing when the file says what is already in force."""

    notice: Notice
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    remarks: tuple[Problem, ...] = ()
    difference: Difference = field(default_factory=Difference)

    @property
    def is_new(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@transaction
def take_over_notice(file: NoticeFile, text: str, name: str, *, by: Actor, at: datetime) -> TakenOver:
    """Put a notice file in force: clauses are added, changed or removed until the notice says what the file says.

    ``text`` and ``name`` are the file's, for problems that name a line. Raises :class:`NoticeFileRefused` with every
    problem found, :class:`NotAllowed` out of reach. Idempotent: the same file twice changes nothing.
    """
    season = Season.objects.select_for_update().filter(code=file.notice.season).first()
    if season is None:
        raise Incomplete(_("没有届次“%(code)s”。请先装入 season.toml。") % {"code": file.notice.season})
    place = Place.objects.filter(code=file.notice.place).first()
    if place is None:
        raise Incomplete(_("没有代码为“%(code)s”的地区。") % {"code": file.notice.place})
    line = Line.objects.filter(code=file.notice.line).first() if file.notice.line else None
    rules.check_issue(by, place, line)
    problems = check_notice(file, text, name, queries.surroundings_of(file, season, place))
    if any(p.is_error for p in problems):
        raise NoticeFileRefused([p for p in problems if p.is_error])
    there = Notice.objects.filter(season=season, code=file.notice.code).first()
    before = queries.file_of(there) if there is not None else None
    notice, header_changed = put_notice(file, season, place, line)
    added, changed, removed = put_clauses(notice, file)
    difference = Difference()
    if added or changed or removed or header_changed:
        note_change(season.pk, at=at)
        difference = trace_notice(
            "notice.taken_over", notice, file, before=before, by=by, at=at,
            added=added, changed=changed, removed=removed, number=notice.number,
        )  # fmt: skip
    return TakenOver(notice, tuple(added), tuple(changed), tuple(removed), tuple(problems), difference)


@in_transaction
def put_notice(file: NoticeFile, season: Season, place: Place, line: Line | None) -> tuple[Notice, bool]:
    head = file.notice
    unit = Unit.objects.filter(code=head.issuer_unit).first() if head.issuer_unit else None
    fields: dict[str, Any] = {
        "title": head.title, "number": head.number or "", "issuer": head.issuer, "issuer_unit": unit, "place": place,
        "line": line, "status": head.status, "issued_on": head.issued, "in_force_at": begins_at(head),
        "parents": list(head.parents), "replaces": list(head.replaces),
        "header": head.model_dump(mode="json", exclude_defaults=True),
    }  # fmt: skip
    notice = Notice.objects.filter(season=season, code=head.code).first()
    if notice is None:
        return Notice.objects.create(season=season, code=head.code, **fields), True
    differing = [f for f, value in fields.items() if getattr(notice, f) != value]
    for name in differing:
        setattr(notice, name, fields[name])
    if differing:
        notice.save(update_fields=differing)
    return notice, bool(differing)


@in_transaction
def put_clauses(notice: Notice, file: NoticeFile) -> tuple[list[str], list[str], list[str]]:
    there = {c.code: c for c in notice.clauses.all()}
    scopes = {c.scope for c in file.clause if c.scope}
    paths = dict(Place.objects.filter(code__in=scopes).values_list("code", "path"))
    added: list[Clause] = []
    changed: list[Clause] = []
    for position, said in enumerate(file.clause, start=1):
        fields = clause_columns(said, paths)
        fields["position"] = position
        row = there.pop(said.id, None)
        if row is None:
            added.append(Clause(notice=notice, code=said.id, **fields))
        elif any(getattr(row, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(row, name, value)
            changed.append(row)
    Clause.objects.bulk_create(added)
    if changed:
        Clause.objects.bulk_update(changed, [*clause_columns(file.clause[0], paths), "position"])
    removed = sorted(there)
    if removed:
        notice.clauses.filter(code__in=removed).delete()
    return [c.code for c in added], [c.code for c in changed], removed
