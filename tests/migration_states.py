"""For tests: a picture of the models that is drawn anew only where a migration's step has changed it.

Django keeps, while it migrates, a picture of all models, and after most steps draws anew the model of the step, all its
neighbours and theirs. An index, a constraint or a plain column changes nothing for a neighbour, and a new model is not
known to any yet; what a step looks up of a neighbour is its table and key, and those stand. Before a step that runs code
of ours Django draws the whole picture anew in any case. An empty database is made so in a fraction of the time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

_AS_DJANGO_DOES = {name: getattr(ProjectState, name) for name in ("_find_reload_model", "add_model")}


def _touched(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
    """The models to be drawn anew; ``delay`` is what Django says of a step for which the neighbours can wait."""
    if not delay:
        found: set[tuple[str, str]] = _AS_DJANGO_DOES["_find_reload_model"](state, app_label, model_name)
        return found
    state.is_delayed = True
    return {(app_label, model_name)}


def _add_model(state: Any, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    state.reload_model(*key, delay=True)


def step_by_step() -> None:
    """From now on migrations draw only what they change: in tests, which make many databases; nowhere else."""
    ProjectState._find_reload_model, ProjectState.add_model = _touched, _add_model


@contextmanager
def as_django_does() -> Iterator[None]:
    """While this lasts, all is drawn as Django draws it."""
    for name, method in _AS_DJANGO_DOES.items():
        setattr(ProjectState, name, method)
    try:
        yield
    finally:
        step_by_step()
