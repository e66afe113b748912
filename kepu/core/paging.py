"""Keyset paging: a page is found by where the last one ended, so page 1 and page 5,000 cost the same."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and the cursors of its neighbours ("" where there is none)."""

    items: list[T]
    next: str = ""
    previous: str = ""


def _encode(values: list[Any], backwards: bool) -> str:
    plain = [v.isoformat() if isinstance(v, date | datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps([backwards, *plain]).encode()).decode().rstrip("=")


def _decode(cursor: str, width: int) -> tuple[bool, list[Any]] | None:
    """None for a cursor that is no cursor: the reader gets the first page, not an error."""
    try:
        backwards, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, TypeError, RecursionError):
        return None
    if len(values) != width or not all(isinstance(v, str | int) for v in values):
        return None
    if any(isinstance(v, str) and "\0" in v for v in values):  # no database takes it for text
        return None
    return bool(backwards), values


def _beyond(fields: list[tuple[str, bool]], values: list[Any]) -> Q:
    """Rows after ``values`` in the order of ``fields`` (name, descending)."""
    beyond = Q()
    for i in range(len(fields)):
        name, descending = fields[i]
        same = {fields[j][0]: values[j] for j in range(i)}
        beyond |= Q(**same, **{f"{name}__{'lt' if descending else 'gt'}": values[i]})
    # the first field's bound again on its own, so that the index opens with a range
    name, descending = fields[0]
    return Q(**{f"{name}__{'lte' if descending else 'gte'}": values[0]}) & beyond


def page(queryset: QuerySet[M], *, order: tuple[str, ...], cursor: str = "", size: int = 20) -> Page[M]:
    """The page of ``queryset`` that begins where ``cursor`` says. One query.

    ``order`` names model fields, "-" for descending; the last one must be unique.
    """
    return page_of_all([queryset], order=order, cursor=cursor, size=size)


def page_of_all(
    querysets: Sequence[QuerySet[M]], *, order: tuple[str, ...], cursor: str = "", size: int = 20
) -> Page[M]:
    """The page of what stands in any of the querysets, each row once. A query for each: so each keeps to its own index,
    where an OR would read and sort all of them.
    """

    def fetch(walk: list[tuple[str, bool]], beyond: list[Any] | None, count: int) -> list[M]:
        order_by = [("-" if descending else "") + name for name, descending in walk]
        walked = [rows.order_by(*order_by) for rows in querysets]
        if beyond is not None:
            walked = [rows.filter(_beyond(walk, beyond)) for rows in walked]
        return _first(walked, walk, count)

    return page_by(fetch, order=order, cursor=cursor, size=size)


def page_by(
    fetch: Callable[[list[tuple[str, bool]], list[Any] | None, int], list[T]], *,
    order: tuple[str, ...], cursor: str = "", size: int = 20, key: Callable[[T], Sequence[Any]] | None = None,
) -> Page[T]:  # fmt: skip
    """The page that begins where ``cursor`` says, of what ``fetch(walk, beyond, count)`` gives: up to ``count`` rows in the
    order of ``walk`` (name, descending), after the values ``beyond`` where there are any. What it cannot compare with them
    it refuses with ``ValueError``, ``TypeError``, ``OverflowError`` or :class:`ValidationError`: then the cursor is none.
    ``key`` gives the values of a row in the order of ``order``, where they are not its attributes.
    """
    fields = [(name.lstrip("-"), name.startswith("-")) for name in order]
    decoded = _decode(cursor, len(fields)) if cursor else None
    backwards = bool(decoded and decoded[0])
    walk = [(name, descending != backwards) for name, descending in fields]
    try:
        items = fetch(walk, decoded[1] if decoded else None, size + 1)
    except (ValueError, TypeError, OverflowError, ValidationError):
        if not decoded:  # not the cursor's fault
            raise
        return page_by(fetch, order=order, size=size, key=key)
    more = len(items) > size
    items = items[:size]
    if backwards and not items:  # what stood before has gone
        return page_by(fetch, order=order, size=size, key=key)
    if backwards:
        items.reverse()

    has_next = bool(items) and (more or backwards)
    has_previous = bool(items) and bool(decoded) and (more or not backwards)

    def cursor_at(item: T, back: bool) -> str:
        return _encode([*key(item)], back) if key else _cursor_at(item, fields, back)

    return Page(
        items,
        next=cursor_at(items[-1], False) if has_next else "",
        previous=cursor_at(items[0], True) if has_previous else "",
    )


def page_of_keys(
    fetch: Callable[[int | None, bool, int], list[int]], *, cursor: str = "", size: int = 20
) -> Page[int]:
    """A page of whole numbers that lie in an order of their own, as those of a search table.

    ``fetch(beyond, backwards, count)`` gives up to ``count`` of them after ``beyond`` (None: from the end they are read
    from), against the order where ``backwards``. One query; two where what stood before has gone.
    """
    decoded = _decode(cursor, 1) if cursor else None
    beyond = (
        decoded[1][0] if decoded and isinstance(decoded[1][0], int) and 0 <= decoded[1][0] < 1 << 63 else None
    )
    backwards = bool(decoded and decoded[0]) and beyond is not None
    keys = fetch(beyond, backwards, size + 1)
    more, keys = len(keys) > size, keys[:size]
    if backwards and not keys:
        return page_of_keys(fetch, size=size)
    if backwards:
        keys.reverse()
    has_next = bool(keys) and (more or backwards)
    has_previous = bool(keys) and beyond is not None and (more or not backwards)
    return Page(
        keys,
        next=_encode([keys[-1]], False) if has_next else "",
        previous=_encode([keys[0]], True) if has_previous else "",
    )


def page_in_turn(
    parts: Sequence[tuple[QuerySet[M], tuple[str, ...]]], *, cursor: str = "", size: int = 20
) -> Page[M]:
    """The page of one list after another, each in its own order, as of what has a date and then of what has none.

    One query, and one for each part that ends or begins on the page.
    """
    number, _dot, inner = cursor.partition(".")
    n = int(number) if number in {str(i) for i in range(len(parts))} else 0
    rows, order = parts[n]
    if inner == _LAST:
        found = _last_page(rows, order, size)
    else:
        found = page(rows, order=order, cursor=inner, size=size)
    items, after = found.items, found.next
    back = f"{n}.{found.previous}" if found.previous else _before(parts, n)
    if inner == _LAST and n + 1 < len(parts):  # one comes from behind: what follows was read before
        return Page(items, next=f"{n + 1}.", previous=back)
    while not after and n + 1 < len(parts):
        n += 1
        rows, order = parts[n]
        if len(items) == size:
            if rows.exists():
                return Page(items, next=f"{n}.", previous=back)
            continue
        more = page(rows, order=order, size=size - len(items))
        items, after = [*items, *more.items], more.next
    return Page(items, next=f"{n}.{after}" if after else "", previous=back)


_LAST = "$"


def _before(parts: Sequence[tuple[QuerySet[M], tuple[str, ...]]], n: int) -> str:
    """The cursor of the last page of the nearest part before that holds anything."""
    return next((f"{i}.{_LAST}" for i in range(n - 1, -1, -1) if parts[i][0].exists()), "")


def _last_page(queryset: QuerySet[M], order: tuple[str, ...], size: int) -> Page[M]:
    fields = [(name.lstrip("-"), name.startswith("-")) for name in order]
    turned = [name if descending else f"-{name}" for name, descending in fields]
    items = list(queryset.order_by(*turned)[: size + 1])
    more, items = len(items) > size, items[:size][::-1]
    return Page(items, previous=_cursor_at(items[0], fields, True) if more else "")


def cursor_after(item: Model, order: tuple[str, ...]) -> str:
    """The cursor of the page that begins behind ``item`` in a list that is paged by ``order``."""
    return _cursor_at(item, [(name.lstrip("-"), name.startswith("-")) for name in order], False)


def _cursor_at(item: Any, fields: list[tuple[str, bool]], back: bool) -> str:
    return _encode([getattr(item, name) for name, _ in fields], back)


def _first(querysets: Sequence[QuerySet[M]], walk: list[tuple[str, bool]], count: int) -> list[M]:
    """The first rows of several querysets that are ordered alike."""
    if len(querysets) == 1:
        return list(querysets[0][:count])
    found = {item.pk: item for rows in querysets for item in rows[:count]}
    items = list(found.values())
    for name, descending in reversed(walk):
        items.sort(key=attrgetter(name), reverse=descending)
    return items[:count]
