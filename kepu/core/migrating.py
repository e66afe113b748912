"""Operations for migrations that speak through the engines' seam."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.db import migrations

from kepu.core import engines

Statements = Callable[[ModuleType], list[str]]


class EngineSQL(migrations.RunPython):
    """Run the statements that the engine's own file gives, such as ``lambda engine: engine.append_only(table)``."""

    def __init__(self, forward: Statements, backward: Statements) -> None:
        super().__init__(_runner(forward), _runner(backward))


def _runner(statements: Statements) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements(engines.of(schema_editor.connection)):
            schema_editor.execute(statement, params=None)

    return run
