"""What a rehearsal comes to: the season's report, the refusals by clause, the duties by clause, as plain data."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Coordination, Unit
from kepu.oversight.report import SeasonReport, season_report
from kepu.rehearsal.figures import Figures
from kepu.returns.models import Return
from kepu.returns.receivers import receivers_of
from kepu.returns.rules import owed_under
from kepu.returns.workflow import HANDED


@dataclass
class DutyFigures:
    """One duty as one clause lays it: how many made-up units it binds, and how they answered."""

    key: str
    title: str
    notice: str
    clause: str
    cite: str
    bound: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0


def outcome(season: Season, figures: Figures, *, at: datetime, seconds: float) -> dict[str, Any]:
    """Everything that a command prints, or writes as JSON. Walks the whole trace: for a command, not for a page."""
    report = season_report(season, at=at)
    activities = report.figures
    return {
        "season": season.code, "as_of": at.isoformat(), "units": Unit.objects.filter(made_up=True).count(),
        "activities": {
            "filed": activities.filed, "returned": report.sent_back, "approved": activities.approved,
            "published": activities.published, "key": activities.key, "online": activities.online,
            "cancelled": activities.cancelled, "held": activities.held, "completed": activities.completed,
            "summarised": activities.summarised, "summaries_late": report.summaries_late,
            "participants": activities.participants,
        },
        "refused": _refused(figures),
        "waived": dict(figures.waived.most_common()),
        "duties": [asdict(duty) for duty in duty_figures(season, at)],
        "quotas": [
            {"key": q.key, "title": q.title, "notice": q.notice, "clause": q.clause, "cite": q.cite, "met": q.met,
             "short": q.short, "not_counted": q.not_counted}
            for q in report.quotas
        ],
        **_books(report),
        "acts": figures.acts, "seconds": round(seconds, 1), "acts_per_second": round(figures.acts / seconds) if seconds else 0,
    }  # fmt: skip


def _refused(figures: Figures) -> list[dict[str, Any]]:
    """The refusals, the most frequent first; those that no clause stands behind come last."""
    ordered = sorted(figures.refused.items(), key=lambda item: (not item[0].clause, -item[1], item[0]))
    return [{**cause._asdict(), "count": n, "sentence": figures.told[cause]} for cause, n in ordered]


def _books(report: SeasonReport) -> dict[str, str]:
    breaks, differences = report.audit_breaks, report.tally_differences
    return {
        "audit": "ok" if not breaks else f"{len(breaks)} breaks, first: {breaks[0]}",
        "tallies": "ok" if not differences else f"{len(differences)} differences, first: {differences[0]}",
    }


def duty_figures(season: Season, at: datetime) -> list[DutyFigures]:
    """Per duty and clause: bound, on time, late, missing; of the made-up units, under the rules at an instant.

    A unit that is itself the receiver owes nothing. Two queries, and one for each unit that owes anything at all.
    """
    rows = Return.objects.filter(season=season, unit__made_up=True, state__in=sorted(HANDED))
    handed = {(unit, duty): late for unit, duty, late in rows.values_list("unit_id", "duty", "late")}
    coordinating = set(Coordination.objects.values_list("unit_id", flat=True))
    found: dict[tuple[int, str, str, str], DutyFigures] = {}  # from the nation down
    for unit in Unit.objects.filter(made_up=True).order_by("code"):
        owed = owed_under(rules_in_force(unit, season, at=at))
        receivers = receivers_of(owed, unit) if owed and unit.pk in coordinating else {}
        for one in owed:
            if one.key in receivers and receivers[one.key].unit_id == unit.pk:
                continue
            clause = one.rule.clause
            figures = found.setdefault(
                (clause.notice.place.count("/"), clause.notice.code, clause.code, one.key),
                DutyFigures(one.key, one.title, clause.notice.code, clause.code, one.cite),
            )
            figures.bound += 1
            late = handed.get((unit.pk, one.key))
            figures.on_time += late is False
            figures.late += late is True
            figures.missing += late is None
    return [found[key] for key in sorted(found)]


def by_notice(duties: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The duties of each notice, for reading."""
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for duty in duties:
        grouped[duty["notice"]].append(duty)
    return dict(grouped)
