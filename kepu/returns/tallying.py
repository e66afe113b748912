"""What a return counts for, read off its row: an act adds the difference, the recount adds up the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kepu.core import tallies
from kepu.core.db import in_transaction
from kepu.core.tallies import Counted, Spot
from kepu.returns.models import Return
from kepu.returns.workflow import HANDED, State

HANDED_IN, LATE, ACCEPTED = "return.handed_in", "return.late", "return.accepted"
SENT_BACK, RELEASED = "return.returned", "return.released"


def counted(row: Return) -> Counter[str]:
    """The measures that this row adds to as it stands."""
    stands = {
        HANDED_IN: row.state in HANDED, LATE: row.late, ACCEPTED: row.state == State.ACCEPTED,
        SENT_BACK: row.state == State.RETURNED, RELEASED: row.state == State.RELEASED,
    }  # fmt: skip
    return Counter(measure for measure, holds in stands.items() if holds)


def spot_of(row: Return) -> Spot:
    return Spot(row.season_id, row.unit_id, row.place_path, row.line_path)


@in_transaction
def count_change(row: Return, before: Counter[str]) -> None:
    """Count what the row adds now and did not before, and the other way round."""
    after = counted(row)
    for measure in sorted({*before, *after}):
        if n := after[measure] - before[measure]:
            tallies.add(spot_of(row), measure, n, facet=row.duty)


@tallies.recounts
def recount() -> Iterable[Counted]:
    """Every return, counted from its row."""
    columns = ("season_id", "unit_id", "place_path", "line_path", "duty", "state", "late")
    for row in Return.objects.only(*columns).order_by("pk").iterator(chunk_size=2000):
        for measure in counted(row):
            yield spot_of(row), measure, row.duty, 1
