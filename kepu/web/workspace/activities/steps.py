"""The groups of questions as steps on a phone, each with what it still lacks. No query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kepu.web.workspace.activities.forms import FilingForm
from kepu.web.workspace.activities.standing import Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One group of questions, and how many of them stand in the way of filing."""

    code: str
    title: Any
    left: int


def steps_of(form: FilingForm, standing: Standing | None = None) -> list[Step]:
    """The steps in their order. A part of a question (a session's beginning) counts for the question.

    Without a standing nothing is said to stand in the way.
    """
    missing = {line.field for line in standing.refusals} if standing is not None else set()
    asked = {name if name in form.fields else name.partition(".")[0] for name in missing}
    return [
        Step(code, title, len(asked & {question.field.name for question in questions}))
        for code, title, questions in form.groups()
    ]
