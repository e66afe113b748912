"""What filing would find, while somebody writes: at each question, and all of it together. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kepu.activities.content import apply, cleaned
from kepu.activities.gates import Findings, check_codes, check_form, live_gates
from kepu.activities.models import CONTENT, Activity
from kepu.activities.sessions import cleaned_sessions, spanned
from kepu.core.refusals import Incomplete, Reason, verdict
from kepu.notices.inheritance import Rules
from kepu.orgs.models import Unit
from kepu.web.shared.sources import Said, source_of
from kepu.web.workspace.activities.forms import FilingForm, slot_of
from kepu.web.workspace.activities.questions import field_of


@dataclass(frozen=True, slots=True)
class Line(Said):
    """A sentence about one question, and the way to it."""

    to: str = ""  # id of the field
    label: Any = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """The place beside one question."""

    id: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a filing stands: what closes the way, what needs a waiver, what is only wished for."""

    refusals: list[Line] = field(default_factory=list)
    warnings: list[Line] = field(default_factory=list)
    wishes: list[Line] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    by_field: dict[str, tuple[Line, ...]] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        return not self.refusals

    @property
    def questions_left(self) -> int:
        """How many questions stand in the way; what speaks of none counts for itself."""
        return len({line.field or line.sentence for line in self.refusals})

    @property
    def faults(self) -> list[Line]:
        """What was answered, and not as it must be."""
        return [line for line in self.refusals if line.tone == "error"]

    @property
    def to_fill(self) -> list[Line]:
        """What has no answer yet, each question once."""
        return list({line.field: line for line in self.refusals if line.tone != "error"}.values())


def standing_of(
    form: FilingForm, values: Mapping[str, Any], rules: Rules, *, host: Unit, at: datetime, activity: Activity | None = None
) -> Standing:  # fmt: skip
    """How the filing stands with these values on top of what is kept."""
    found = live_gates(values, rules, host=host, at=at, activity=activity)
    shown = _shown(values, host, activity)
    rows = verdict(cleaned_sessions, values.get("sessions")).reasons if form.has_several else ()
    asked = (r for r in verdict(check_form, shown).reasons if not rows or r.field != "sessions")
    first = [*rows, *asked, *verdict(check_codes, shown, rules).reasons]
    said = {reason.field for reason in first}
    found = Findings(
        (*first, *(r for r in found.refusals if r.field not in said)), found.warnings, found.wishes
    )  # a question that is empty needs to be told so once
    return _laid_out(form, found, shown)


def _shown(values: Mapping[str, Any], host: Unit, activity: Activity | None) -> Activity:
    """The activity as it would be; a value that is not fit for its field is left out."""
    shown = Activity(unit=host, place_id=host.place_id, activity_level=host.level)
    if activity is not None:
        for column in Activity._meta.concrete_fields:
            setattr(shown, column.attname, getattr(activity, column.attname))
    for name, value in values.items():
        try:
            apply(shown, cleaned({name: value}))
        except Incomplete:
            continue
    apply(shown, spanned({"sessions": shown.sessions}, shown))
    return shown


def _laid_out(form: FilingForm, found: Findings, shown: Activity) -> Standing:
    refusals = [_line(form, r, "plain" if _empty(shown, r) else "error") for r in found.refusals]
    warnings = [_line(form, r, "plain" if _empty(shown, r) else "warning") for r in found.warnings]
    wishes = [_line(form, r, "plain") for r in found.wishes]
    by_field: dict[str, list[Line]] = {}
    for line in (*refusals, *warnings, *wishes):
        if line.tone == "plain" and line.source is None:
            continue  # that a question everybody must answer is still empty, its reader sees
        by_field.setdefault(line.field, []).append(line)
    slots = [
        Slot(slot_of(name), tuple(by_field.get(name, ())))
        for name in form.fields
        if name not in ("token", "version")
    ]
    return Standing(
        refusals, warnings, wishes, slots, {name: tuple(lines) for name, lines in by_field.items()}
    )


def _line(form: FilingForm, reason: Reason, tone: str) -> Line:
    name = form.question_of(reason.field)
    bound = form[name] if name in form.fields else None
    return Line(
        str(reason.sentence), tone, name, source_of(reason), bound.id_for_label or bound.auto_id if bound else "",
        bound.label if bound else "",
    )  # fmt: skip


def _empty(shown: Activity, reason: Reason) -> bool:
    """Whether the question has no answer yet: then it is asked for, and nothing is wrong."""
    if reason.field.startswith("sessions."):
        return False  # something was written in that row
    name = field_of(reason.field)
    if name.startswith("answers."):
        return shown.answers.get(name.removeprefix("answers.")) in (None, "", [])
    return name in CONTENT and getattr(shown, name) in (None, "", [])
