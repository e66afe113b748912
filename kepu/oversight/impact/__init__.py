"""What a notice touches before it is in force: units, duties, returns, activities, quotas, and how.

Everything is counted in the database and nothing is loaded that grows with the season: whatever the area, an impact
takes at most :data:`QUERIES` queries and one more for each duty that changes (no more than
:data:`kepu.oversight.impact.bindings.COUNTED`). Drafts are tried one by one, but only the newest few.
"""

from __future__ import annotations

from datetime import datetime

from kepu.notices.format.schema import NoticeFile
from kepu.notices.models import Notice, Season
from kepu.notices.overlay import Altered, Overlay, Without
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Line, Place
from kepu.oversight.impact.activities import LOOKED_AT, activities_touched
from kepu.oversight.impact.bindings import COUNTED, bindings_of
from kepu.oversight.impact.duties import duties_touched, is_counted
from kepu.oversight.impact.looking import Look
from kepu.oversight.impact.quotas import quotas_touched
from kepu.oversight.impact.units import units_touched
from kepu.oversight.impact.values import (
    ActivitiesTouched,
    Due,
    DutyImpact,
    DutyTurn,
    GateStop,
    Impact,
    LaterGates,
    QuotaImpact,
    RuleEffect,
    UnitGroup,
    UnitsTouched,
)

__all__ = [
    "LOOKED_AT", "ActivitiesTouched", "Due", "DutyImpact", "DutyTurn", "GateStop", "Impact", "LaterGates", "QuotaImpact",
    "RuleEffect", "UnitGroup", "UnitsTouched", "impact_of",
]  # fmt: skip

QUERIES = 20  # with cold books; a test counts them


def impact_of(
    file: NoticeFile | None, *, season: Season, place: Place, line: Line | None = None, at: datetime,
    in_force_at: datetime | None = None, withdrawn: Notice | None = None,
) -> Impact:  # fmt: skip
    """What would change if ``file`` were issued for a place or line, or ``withdrawn`` were withdrawn, at ``at``.

    ``in_force_at`` is the instant from which the notice would hold (None: from the season's beginning); what is shown is
    how things stand at that instant, or now where it has passed. Works for a first notice, one that replaces an advance
    one, a supplement, a correction and a new version of a notice that is in force; of a draft that is not whole only the
    valid clauses count.
    """
    book = rule_book(season)
    after: Altered
    if withdrawn is not None:
        after, begins = Without(book, withdrawn, at=at), at
    else:
        assert file is not None
        after = Overlay(book, file, season=season, place=place, line=line, in_force_at=in_force_at)
        begins = max(at, in_force_at) if in_force_at is not None else at
    look = Look.at_the_change(season, book, after, place, line, begins)
    units, rules = units_touched(look)
    asked = [s for s in look.shifts.of("duty") if is_counted(s)] + look.shifts.of("quota")
    bindings = bindings_of(look, asked[:COUNTED])
    head = file.notice if file is not None and withdrawn is None else None
    return Impact(
        at, begins, place.name, after.notice.title, withdrawn is not None,
        _titles(after, head.replaces if head else ()), _titles(after, head.amends if head else ()), units, rules,
        duties_touched(look, [b for b in bindings if b.shift.kind == "duty"]), quotas_touched(look, bindings),
        activities_touched(look, rules), look.shifts.unchanged, max(0, len(asked) - COUNTED),
        tuple(getattr(after, "left_out", ())), look.names,
    )  # fmt: skip


def _titles(book: Altered, codes: tuple[str, ...]) -> tuple[str, ...]:
    titles = {n.code: n.title for n in book.notices.values()}
    return tuple(titles.get(code, code) for code in codes)
