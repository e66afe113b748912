"""Where two databases truly differ: one seam, two small files with the same names in them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from kepu.core.engines import postgres, sqlite

_ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


def of(connection: Any) -> ModuleType:
    """The engine file for a Django connection (or schema editor's connection)."""
    return _ENGINES[connection.vendor]
