"""Handing in a sheet: the table is read, and every row of it is kept before anything else is done with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, NotAllowed
from kepu.intake import queries, rules
from kepu.intake.models import SheetImport, SheetLine
from kepu.intake.reading import Table, read_table
from kepu.intake.workflow import Event
from kepu.intake.writing import REASONS
from kepu.notices.models import Season
from kepu.orgs.actor import Actor

MOST_ROWS = 10_000
AT_ONCE = 500  # rows of one statement


def start_import(
    token: UUID, *, data: bytes, file_name: str, sheet_name: str = "", season: Season, at_console: bool = False,
    by: Actor, at: datetime,
) -> SheetImport:  # fmt: skip
    """Take in the table of a file. Idempotent: the same token again gives the import it made before.

    Nothing is checked yet: the person sees first which column was taken for what. Raises :class:`Incomplete` for a file
    that cannot be read, holds no table of activities, or more than :data:`MOST_ROWS` rows. ``at_console``: whoever runs the
    installation hands it in for the person, and the trace says so.
    """
    rules.check_start(by, season)
    if (found := _made_before(token, by)) is not None:
        return found
    assert by.unit_id is not None  # check_start has seen to it
    known = queries.remembered(by.unit_id) | {REASONS: ""}  # what we wrote into it ourselves is not read back
    table = read_table(data, remembered=known, sheet=sheet_name)
    if not len(table.rows):
        raise Incomplete(_("表头下面没有一行活动。请检查是否选错了文件或工作表。"))
    if len(table.rows) > MOST_ROWS:
        raise Incomplete(_("表格超过%(most)s行。请拆成几份，分别导入。") % {"most": MOST_ROWS})
    try:
        return _start(token, table, file_name[-200:], season=season, at_console=at_console, by=by, at=at)
    except IntegrityError:  # another sending of the same form was faster
        found = _made_before(token, by)
        if found is None:
            raise
        return found


@transaction
def _start(
    token: UUID, table: Table, file_name: str, *, season: Season, at_console: bool, by: Actor, at: datetime
) -> SheetImport:
    columns = [
        {"index": c.index, "header": c.header, "field": c.field, "sure": c.sure, "note": c.note}
        for c in table.columns
    ]
    assert by.person_id is not None  # the system hands no sheets in
    sheet = SheetImport(
        season=season, unit=by.unit, token=token, person_id=by.person_id, deputy_for=by.deputy_for, file_name=file_name,
        sheet_name=table.sheet[:100], title=table.title[:200], heading=dict(table.heading), notes=list(table.notes),
        header_line=table.header_line, columns=columns, signature=signature_of([c.header for c in table.columns]),
        rows=len(table.rows), started_at=at,
    )  # fmt: skip
    sheet.save(force_insert=True)
    _keep_rows(sheet, table)
    how = {"console": True} if at_console else {}
    audit.record(Event.STARTED, sheet, by=by, at=at, count=sheet.rows, **how)
    return sheet


@in_transaction
def _keep_rows(sheet: SheetImport, table: Table) -> None:
    headers = [column.header for column in table.columns]
    place = {header: number for number, header in enumerate(headers)}

    def lines() -> Iterator[SheetLine]:
        for row in table.rows:
            yield SheetLine(
                sheet=sheet, number=row.line, cells=[row.cells.get(header, "").replace("\0", "") for header in headers],
                carried=sorted(place[header] for header in row.carried if header in place),
            )  # fmt: skip

    coming = lines()
    while some := list(islice(coming, AT_ONCE)):
        SheetLine.objects.bulk_create(some)


def signature_of(headers: list[str]) -> str:
    """What tells one layout from another: its headers in their order."""
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()


def _made_before(token: UUID, by: Actor) -> SheetImport | None:
    found = SheetImport.objects.filter(token=token).select_related("unit", "season").first()
    if found is not None and not by.acts_for(found.unit_id):
        raise NotAllowed(_("这张表已经由另一个单位交过。请重新打开交表的页面。"))
    return found
