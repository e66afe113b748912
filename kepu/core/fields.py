"""Fields that keep a promise on every database."""

from __future__ import annotations

from typing import Any

from django.db import models

from kepu.core import engines


class CodeField(models.CharField):
    """A word for the program, compared byte by byte whatever language the database was made for: a language sorts ``~``
    before digits, and a range from ``begins:2023-09-17`` to ``begins:~`` would be empty."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = engines.of(connection).CODE_COLLATION
        return parameters


class PathField(CodeField):
    """A materialised path such as ``/44/4419/``: a subtree is a range of an index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)


def under(field: str, path: str) -> models.Q:
    """Rows whose ``field`` lies in the subtree of ``path`` (itself included), as a range of the index.

    ``path`` ends with ``/``; the character after ``/`` is ``0``, which closes the range.
    """
    return models.Q(**{f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"})


def ancestors(path: str) -> list[str]:
    """``/44/4419/`` → ``["/44/", "/44/4419/"]``: the path's own node last, the nation (``/``) first."""
    parts = [part for part in path.split("/") if part]
    return ["/"] + ["/" + "/".join(parts[: i + 1]) + "/" for i in range(len(parts))]
