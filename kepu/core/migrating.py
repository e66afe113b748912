"""Operations for migrations that speak through the engines' seam."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from django.db import migrations, transaction

from kepu.core import engines
from kepu.core.keys import decrypted, encrypted, is_closed

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


class CloseColumns(migrations.RunPython):
    """Encrypt what stands in columns that have become closed ones; backwards, open it again.

    Batch by batch, each its own transaction: the migration has ``atomic = False`` and may be run again after a stop. What
    is closed already is known by opening, and stays.
    """

    def __init__(self, table: str, *columns: str) -> None:
        self.table, self.columns = table, columns
        super().__init__(self._close, self._open)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        return (self.__class__.__name__, [self.table, *self.columns], {})

    def _close(self, apps: Any, schema_editor: Any) -> None:
        self._rewrite(schema_editor.connection, _closed)

    def _open(self, apps: Any, schema_editor: Any) -> None:
        self._rewrite(schema_editor.connection, _opened)

    def _rewrite(self, connection: Any, change: Callable[[str, str], str]) -> None:
        names = ", ".join(self.columns)
        after, sets = 0, ", ".join(f"{column} = %s" for column in self.columns)
        read = f"SELECT id, {names} FROM {self.table} WHERE id > %s ORDER BY id LIMIT {_AT_ONCE}"
        while True:
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(read, [after])
                rows = cursor.fetchall()
                for pk, *values in rows:
                    new = [
                        value and change(value, f"{self.table}.{column}")
                        for value, column in zip(values, self.columns, strict=True)
                    ]
                    if new != values:
                        cursor.execute(f"UPDATE {self.table} SET {sets} WHERE id = %s", [*new, pk])
            if not rows:
                return
            after = rows[-1][0]


_AT_ONCE = 500


def _closed(value: str, column: str) -> str:
    return value if is_closed(value, column=column) else encrypted(value, column=column)


def _opened(value: str, column: str) -> str:
    return decrypted(value, column=column) if is_closed(value, column=column) else value
