"""Which column holds what, as the person says; remembered for the unit's next sheet of the same layout."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import Incomplete, Reason
from kepu.intake import rules
from kepu.intake.actions.steps import CHECK, check_seen, go_on, move
from kepu.intake.models import ColumnMapping, SheetImport
from kepu.intake.reading import FIELDS
from kepu.intake.reading.columns import SHARED
from kepu.intake.workflow import OPEN_LINES, Event, LineState, State
from kepu.orgs.actor import Actor

# what a town's table often has no column for, though every activity has to say it
COMMON = (
    "mode", "formats", "fields", "audiences", "safety_person", "content_person", "host_place_person", "contact_name", "contact_phone",
)  # fmt: skip


@transaction
def choose_columns(
    sheet: SheetImport,
    fields: Mapping[int, str],
    *,
    common: Mapping[str, str] | None = None,
    expected_version: int | None = None,
    by: Actor,
    at: datetime,
) -> SheetImport:
    """Match columns, by their number from 0, to fields ("" for none) and order a dry run of all lines that are no activity yet.

    ``common`` are texts by field (of :data:`COMMON`) for all lines whose own cells say nothing; None leaves them as they are.
    Also the way to have a sheet checked anew. Raises :class:`Incomplete` with a sentence for each column that cannot be
    so, and where no column names the activities.
    """
    rules.check_choose_columns(by, sheet)
    check_seen(sheet, expected_version)
    columns = [_chosen(column, fields.get(number)) for number, column in enumerate(sheet.columns)]
    _check_columns(columns)
    _remember(sheet, columns, at=at)
    sheet.lines.filter(state=LineState.SKIPPED).update(activity_id=None)  # looked for anew
    waiting = sheet.lines.filter(state__in=sorted(OPEN_LINES)).update(state=LineState.WAITING)
    given = sheet.common if common is None else {k: t.strip() for k, t in common.items()}
    said = {field: text for field, text in given.items() if field in COMMON and text}
    values = {"columns": columns, "common": said, "asked": waiting, "done": 0, "why_stopped": ""}
    changed = [
        c["header"] for c, was in zip(columns, sheet.columns, strict=True) if c["field"] != was["field"]
    ]
    move(sheet, State.CHECKING, values, event=Event.COLUMNS_CHOSEN, by=by, at=at, count=len(changed))
    go_on(sheet, CHECK, at=at)
    return sheet


def _chosen(column: dict[str, Any], field: str | None) -> dict[str, Any]:
    """A column with the field chosen for it; what the person has decided needs no note."""
    if field is None or field == column["field"]:
        return column
    return {**column, "field": field, "sure": 1.0, "note": ""}


def _check_columns(columns: list[dict[str, Any]]) -> None:
    faults: list[Reason] = []
    seen: dict[str, str] = {}
    for number, column in enumerate(columns):
        field = column["field"]
        if field and field not in FIELDS:
            faults.append(
                Reason(_("没有“%(field)s”这一项。") % {"field": field[:40]}, field=f"column-{number}")
            )
        elif field and field in seen and field not in SHARED:
            sentence = _("“%(this)s”和“%(other)s”都对应“%(field)s”。请只留一栏。") % {
                "this": column["header"], "other": seen[field], "field": FIELDS[field]
            }  # fmt: skip
            faults.append(Reason(sentence, field=f"column-{number}"))
        seen.setdefault(field, column["header"])
    if "title" not in seen:
        faults.append(Reason(_("请指出哪一栏是“活动名称”。")))
    if faults:
        raise Incomplete(reasons=faults)


@in_transaction
def _remember(sheet: SheetImport, columns: list[dict[str, Any]], *, at: datetime) -> None:
    chosen = {column["header"]: column["field"] for column in columns}
    ColumnMapping.objects.update_or_create(
        unit_id=sheet.unit_id, signature=sheet.signature, defaults={"columns": chosen, "chosen_at": at}
    )
