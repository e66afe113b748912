"""What records already say, drawn for a return: figures from the tallies, rows from the activities. Reads only.

Nobody is asked for what was filed: a form's column with a ``source`` is filled, and a person edits where people must.
A unit that coordinates places answers for them (DG-43, NA-72); every other unit answers for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.activities.models import Access, Activity
from kepu.activities.workflow import AFTERWARDS, IN_PUBLIC
from kepu.activities.workflow import State as ActivityState
from kepu.core import tallies
from kepu.core.calendar import CHINA
from kepu.core.fields import under
from kepu.notices.inheritance import Rules
from kepu.notices.kinds.form import Column, Form
from kepu.notices.models import Season
from kepu.notices.rulebook import rules_in_force
from kepu.orgs.models import Coordination, Unit
from kepu.orgs.queries import COORDINATES
from kepu.returns.checking import MOST_ROWS, form_of, is_text
from kepu.returns.rules import owed_under

FIGURES = {
    "filed": "activity.filed", "approved": "activity.approved", "published": "activity.published",
    "key": "activity.key", "online": "activity.online", "held": "activity.held", "completed": "activity.completed",
    "summarised": "activity.summarised", "cancelled": "activity.cancelled", "participants": "participants.actual",
}  # fmt: skip
MOST_DRAWN = MOST_ROWS
# what a list of planned or past activities names: handed in and neither sent back nor called off
LISTED = (
    frozenset({ActivityState.FILED, ActivityState.APPROVED, ActivityState.ARCHIVED}) | IN_PUBLIC | AFTERWARDS
)
# the duties whose rows are key activities only (CD-63, LN-62)
OF_KEY_ACTIVITIES = frozenset({"key_activity_list", "key_activity_table"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A return as records would have it, for people to edit. ``drawn`` names the columns that came from records."""

    as_of: datetime
    figures: dict[str, Any]
    sections: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    drawn: frozenset[str] = frozenset()
    truncated: bool = False  # there are more activities than the draft lists


def area_of(unit: Unit) -> list[str]:
    """The places (paths) that a unit answers for; empty for itself alone. A query for coordinators, none for others."""
    if COORDINATES not in unit.traits:
        return []
    paths = Coordination.objects.filter(unit_id=unit.pk, place__isnull=False).values_list(
        "place__path", flat=True
    )
    chosen: list[str] = []
    for path in sorted(paths):  # a place within another one coordinated is counted with it
        if not any(path.startswith(above) for above in chosen):
            chosen.append(path)
    return chosen


def figures_of(unit: Unit, season: Season, *, at: datetime) -> dict[str, Any]:
    """The figures of a unit, or of the places it coordinates, "as of" ``at``. Planned, held and confirmed stand apart.

    Two queries for a coordinator, one for another unit.
    """
    area = area_of(unit)
    if area:
        by_place = tallies.in_places(season.pk, list(FIGURES.values()), area)
        counts = {measure: sum(found[measure] for found in by_place.values()) for measure in FIGURES.values()}
    else:
        own = tallies.of_unit(season.pk, unit.pk)
        counts = {measure: own.get((measure, ""), 0) for measure in FIGURES.values()}
    return {
        "as_of": at.isoformat(), "of": "area" if area else "unit", "places": area,
        "counts": {name: int(counts[measure]) for name, measure in FIGURES.items()},
    }  # fmt: skip


def in_words(figures: Mapping[str, Any]) -> str:
    """The figures as the first paragraph of a summary."""
    as_of = datetime.fromisoformat(figures["as_of"]).astimezone(CHINA)
    said = {**figures["counts"], "month": as_of.month, "day": as_of.day, "time": f"{as_of:%H:%M}"}
    with override(settings.LANGUAGE_CODE):  # it goes into a document, whoever's page is open
        text = _(
            "截至%(month)s月%(day)s日%(time)s，共填报活动%(filed)s项，发布%(published)s项，其中重点活动%(key)s项、线上活动"
            "%(online)s项；已举办%(held)s项，参与%(participants)s人次，取消%(cancelled)s项。"
        )
    return text % said


def draft_return(unit: Unit, season: Season, duty: str, *, at: datetime) -> Draft:
    """A return for one duty as records would have it: figures, and for a form its heading, its text or its rows.

    At most three queries. A duty that no rule lays on the unit is drawn as a summary.
    """
    in_force = rules_in_force(unit, season, at=at)
    owed = next((o for o in owed_under(in_force) if o.key == duty), None)
    figures = figures_of(unit, season, at=at)
    rule = form_of(owed, in_force) if owed else None
    form: Any = rule.params if rule else None
    if not isinstance(form, Form):
        return Draft(at, figures, {"text": in_words(figures)})
    heading = {c.code: text for c in form.header if (text := _of_unit(c, unit))}
    if is_text(form):
        sections = heading | ({form.columns[0].code: in_words(figures)} if form.columns else {})
        return Draft(at, figures, sections, drawn=frozenset(sections))
    found = list(
        _activities(unit, figures["places"], season, key=owed is not None and owed.what in OF_KEY_ACTIVITIES)
    )
    with override(settings.LANGUAGE_CODE):
        rows, drawn = draw_rows(form, found[:MOST_DRAWN], unit, in_force)
    return Draft(at, figures, heading, rows, drawn | frozenset(heading), len(found) > MOST_DRAWN)


def draw_rows(
    form: Form, activities: Sequence[Activity], unit: Unit, in_force: Rules
) -> tuple[list[dict[str, str]], frozenset[str]]:
    """Rows of a form from activities, and the columns that were drawn. Pure.

    One row for each activity; where a row stands for a series, one row that sums them all up (DG-70).
    """
    drawable = [c for c in form.columns if c.type == "serial" or _is_drawable(c)]
    labels = in_force.labels("track") | in_force.labels("list")
    rows = []
    for number, activity in enumerate(activities, start=1):
        values = {
            c.code: str(number) if c.type == "serial" else _of_activity(c, activity, unit, labels)
            for c in drawable
        }
        rows.append({code: text for code, text in values.items() if text})
    if form.object == "series" and len(rows) > 1:
        codes = [c.code for c in drawable if c.type != "serial"]
        one = {code: "；".join(dict.fromkeys(r[code] for r in rows if code in r)) for code in codes}
        rows = [{code: text for code, text in one.items() if text}]
    return rows, frozenset(c.code for c in drawable)


def _activities(unit: Unit, area: Sequence[str], season: Season, *, key: bool) -> QuerySet[Activity]:
    """The activities a list names, in the order of their days. One query."""
    scope = Q(unit_id=unit.pk) if not area else Q()
    for path in area:
        scope |= under("place_path", path)
    rows = Activity.objects.filter(scope, season=season, state__in=sorted(LISTED))
    if key:
        rows = rows.filter(Q(key_confirmed=True) | Q(key_activity=True))
    return rows.select_related("unit", "place").order_by("starts_at", "pk")[: MOST_DRAWN + 1]


def _when(activity: Activity) -> str:
    begins, ends = ((t.astimezone(CHINA) if t else None) for t in (activity.starts_at, activity.ends_at))
    if begins is None:
        return ""
    words = f"{begins.month}月{begins.day}日{begins:%H:%M}"
    if ends is None:
        return words
    return f"{words}—{ends:%H:%M}" if ends.date() == begins.date() else f"{words}—{ends.month}月{ends.day}日"


def _where(activity: Activity) -> str:
    return (
        "，".join(text for text in (activity.address or activity.place.name, activity.venue) if text)
        or activity.online_link
    )


# what a column's ``source`` may name beside the plain fields of an activity
SOURCES: dict[str, Callable[[Activity], object]] = {
    "activity.outline": lambda a: a.summary or a.title,
    "activity.host": lambda a: a.unit.name,
    "activity.unit": lambda a: a.unit.name,
    "activity.hosts": lambda a: "、".join([a.unit.name, *a.co_hosts]),
    "activity.time": _when,
    "activity.place": _where,
    "activity.time_place": lambda a: "，".join(text for text in (_when(a), _where(a)) if text),
    "activity.contact": lambda a: " ".join(text for text in (a.contact_name, a.contact_phone) if text),
    "activity.mode": lambda a: a.get_mode_display(),
    "activity.activity_level": lambda a: a.get_activity_level_display(),
    "activity.taking_part": lambda a: a.get_taking_part_display(),
    "activity.accessibility": lambda a: "、".join(str(Access(code).label) for code in a.accessibility),
    "activity.state": lambda a: a.get_state_display(),
    "activity.key_activity": lambda a: "是" if a.key_confirmed else "",
}
_PLAIN = frozenset({
    "title", "theme", "subtheme", "venue", "address", "online_link", "summary", "participants_expected", "capacity",
    "participants_actual", "online_actual", "publicity_plan", "risk_plan", "results", "safety_person",
    "content_person", "contact_name", "contact_phone", "co_hosts", "undertakers", "supporters", "media_links",
})  # fmt: skip
_CODED = frozenset({"tracks", "fields", "topics", "entries", "audiences", "formats"})  # told by their labels
_OF_UNIT = frozenset({"name", "code", "credit_code"})


def _is_drawable(column: Column) -> bool:
    whose, _dot, name = (column.source or "").partition(".")
    return (
        column.source in SOURCES
        or (whose == "activity" and name in _PLAIN | _CODED)
        or (whose == "unit" and name in _OF_UNIT)
    )


def _of_unit(column: Column, unit: Unit) -> str:
    whose, _dot, name = (column.source or "").partition(".")
    return str(getattr(unit, name) or "") if whose == "unit" and name in _OF_UNIT else ""


def _of_activity(column: Column, activity: Activity, unit: Unit, labels: Mapping[str, str]) -> str:
    source = column.source or ""
    name = source.partition(".")[2]
    if source.startswith("unit."):
        return _of_unit(column, unit)
    value = SOURCES[source](activity) if source in SOURCES else getattr(activity, name)
    if isinstance(value, list | tuple):
        return "、".join(labels.get(v, v) if name in _CODED else str(v) for v in value)
    return "" if value is None else str(value)
