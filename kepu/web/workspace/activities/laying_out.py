"""The filing form as its page lays it out: groups of questions, and beside each what the notices say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kepu.notices.inheritance import Rules
from kepu.notices.kinds.base import Strictness
from kepu.notices.kinds.gate import Stage
from kepu.web.shared.sources import Said, said_of, source_of
from kepu.web.workspace.activities.forms import Asked, FilingForm
from kepu.web.workspace.activities.questions import LISTED, field_of, marks_for, options_for
from kepu.web.workspace.activities.standing import Line, Standing


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what the notices lay down for its answer, and what its gates say to the answer given."""

    asked: Asked
    notes: tuple[Said, ...]
    lines: tuple[Line, ...]
    effect: Any = ""  # of a change: whether a new answer goes back to review


def laid_out(form: FilingForm, standing: Standing | None = None) -> dict[str, Any]:
    """What ``_questions.html`` draws."""
    theme = form.rules.get("theme")
    wanted = demanded(form.rules)
    for name, field in form.fields.items():
        field.required = name in wanted  # for the reader only: what is missing is said by the gates
    groups = [
        (
            code,
            title,
            [
                Question(
                    asked,
                    _notes(asked, form),
                    _lines(asked, form, standing),
                    form.effect_of(asked.field.name),
                )
                for asked in questions
            ],
        )
        for code, title, questions in form.groups()
    ]
    return {
        "groups": groups, "route": form.route, "theme": theme.value if theme else None,
        "theme_source": source_of(theme),
    }  # fmt: skip


def demanded(rules: Rules) -> set[str]:
    """The questions that want an answer: those of every activity, and those that a gate asks for, at least in principle."""
    found = {"title", "mode", "arrangement", "starts_at", "ends_at", "sessions", "activity_level", "place"}
    for rule in rules.of_kind("gate"):
        gate: Any = rule.params
        asks = gate.required or gate.contains or (gate.bound.lower() or 0) > 0
        if (
            asks
            and {Stage.FILING, Stage.PUBLICATION} & set(gate.stages)
            and rule.strictness in (Strictness.HARD, Strictness.IN_PRINCIPLE)
        ):
            found.add(field_of(gate.fact))
    return found


def theme_of(rules: Rules) -> dict[str, Any]:
    """The theme as it will stand in the filing: the notice's, which nobody types."""
    theme = rules.value("theme")
    return {} if theme is None else {"theme": theme}


def _notes(asked: Asked, form: FilingForm) -> tuple[Said, ...]:
    name = asked.field.name
    if name == "subtheme":
        found = [form.rules[key] for key in ("subtheme", "subtheme.right") if key in form.rules]
        return tuple(said_of(rule, field=name) for rule in found)
    if extra := next((extra for extra in form.extras if extra.field == name), None):
        return (said_of(extra.rule, field=name),)
    options = (
        options_for(name, form.rules)
        if name in LISTED
        else marks_for(form.rules)
        if name == "marks"
        else None
    )
    if not options:
        return ()
    first = {rule.clause.notice.id: rule for rule in options.rules}  # one chip for each notice is enough
    return tuple(Said("", "plain", name, source_of(rule)) for rule in first.values())


def _lines(asked: Asked, form: FilingForm, standing: Standing | None) -> tuple[Line, ...]:
    """What the gates say; a sentence that stands there as an error already is not said twice."""
    if standing is None:
        return ()
    errors = set(form.errors.get(asked.field.name, ())) if form.is_bound else set()
    return tuple(line for line in standing.by_field.get(asked.field.name, ()) if line.sentence not in errors)
