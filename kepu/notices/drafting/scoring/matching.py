"""The best way to pair what is true with what was drafted: as many pairs as there can be, and of those the likest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def paired(left: Sequence[T], right: Sequence[T], likeness: Callable[[T, T], float]) -> list[tuple[int, int]]:
    """Pairs of positions. ``likeness`` above 0 says that two may be a pair, and how like they are (up to about 2)."""
    edges = {
        (i, j): like
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (like := likeness(one, other)) > 0
    }
    pairs: list[tuple[int, int]] = []
    for rows, columns in _connected(edges, len(left), len(right)):
        most = 4.0 * (min(len(rows), len(columns)) + 1)  # one pair more is worth more than any likeness
        weights = [[most + edges[i, j] if (i, j) in edges else 0.0 for j in columns] for i in rows]
        pairs += [(rows[a], columns[b]) for a, b in _heaviest(weights) if weights[a][b]]
    return sorted(pairs)


def _connected(edges: dict[tuple[int, int], float], n: int, m: int) -> list[tuple[list[int], list[int]]]:
    """Positions that hang together through edges: each such part is paired by itself, which keeps long lists quick."""
    parent = list(range(n + m))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, j in edges:
        parent[root(i)] = root(n + j)
    parts: dict[int, tuple[list[int], list[int]]] = {}
    for at in range(n + m):
        rows, columns = parts.setdefault(root(at), ([], []))
        if at < n:
            rows.append(at)
        else:
            columns.append(at - n)
    return [part for part in parts.values() if part[0] and part[1]]


def _heaviest(weights: list[list[float]]) -> list[tuple[int, int]]:
    """The heaviest assignment of rows to columns (the Hungarian method, with potentials)."""
    if len(weights) > len(weights[0]):
        return [(b, a) for a, b in _heaviest([list(column) for column in zip(*weights, strict=True)])]
    n, m = len(weights), len(weights[0])
    u, v = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of, way = [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        row_of[0], column = i, 0
        least, used = [float("inf")] * (m + 1), [False] * (m + 1)
        while True:
            used[column] = True
            row, delta, following = row_of[column], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    reduced = -weights[row - 1][j - 1] - u[row] - v[j]
                    if reduced < least[j]:
                        least[j], way[j] = reduced, column
                    if least[j] < delta:
                        delta, following = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[row_of[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
            if not row_of[column]:
                break
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return [(row_of[j] - 1, j - 1) for j in range(1, m + 1) if row_of[j]]
