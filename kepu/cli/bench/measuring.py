"""What benchmarks share: a measurement, and counting statements."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.I)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure with its unit, and a sentence that says what it means."""

    name: str
    value: float
    unit: str
    sentence: str = ""

    def line(self) -> str:
        shown = f"{self.value:,.0f}" if self.value >= 100 else f"{self.value:,.3g}"
        return f"{self.name}: {shown} {self.unit}".rstrip() + (
            f"\n      {self.sentence}" if self.sentence else ""
        )

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Statements:
    """What ran inside a block: how many, and the writes with their values."""

    count: int = 0
    writes: list[tuple[str, Any]] | None = None

    def watch(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        self.count += 1
        if self.writes is not None and WRITES.match(sql):
            self.writes.append((sql, params))
        return execute(sql, params, many, context)


@contextmanager
def watched(*, keep_writes: bool = False) -> Iterator[Statements]:
    """Count the statements of a block; with ``keep_writes`` keep those that write, to run them again elsewhere."""
    seen = Statements(writes=[] if keep_writes else None)
    with connection.execute_wrapper(seen.watch):
        yield seen


def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def look(client: Client, address: str, *, times: int) -> tuple[float, int]:
    """Median of a page in milliseconds, and its queries. Every look is a first look: nothing is cached."""
    spent, queries = [], 0
    for _i in range(times):
        cache.clear()
        with watched() as seen:
            began = time.perf_counter()
            response = client.get(address)
            spent.append(time.perf_counter() - began)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
        queries = seen.count
    return median(spent) * 1000, queries


def visitor() -> Client:
    """Somebody before the site, by a name that it answers to."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").replace("*", "localhost")
    return Client(headers={"host": host})
