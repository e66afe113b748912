"""Closing everything anew with the key that stands first, while the site runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from kepu.accounts import second_steps
from kepu.core import audit, keys, outbox
from kepu.core.db import transaction
from kepu.core.secrets import ClosedField, closed_fields
from kepu.orgs.actor import Actor
from kepu.privacy import rules
from kepu.privacy.models import KeyChange
from kepu.privacy.workflow import Event

AT_ONCE = 500
OUTBOX = "core_outboxrow.payload"


def change_keys(*, by: Actor, at: datetime, size: int = AT_ONCE) -> KeyChange:
    """Close every value, and make every digest, with the first of the installation's keys. Each batch is an act of its own.

    Idempotent: what is closed with it stays. What people write meanwhile is closed with it already; a value that changes
    under the hands is left to its writer. Stopped, it goes on by being run again.
    """
    change = begin_change(by=by, at=at)
    for field in closed_fields():
        after = 0
        while (last := close_batch(change, field, after=after, size=size, by=by)) is not None:
            after = last
    while second_steps.close_anew(size):
        pass
    while close_sent(change, size=size, by=by):
        pass
    finish_change(change, by=by, at=at)
    return change


def by_key() -> Iterator[tuple[str, dict[str, int]]]:
    """For every closed column how many values each key closes; ``?`` are those of keys that the installation lacks."""
    names = keys.names()
    for field in closed_fields():
        table, column = field.model._meta.db_table, field.column
        with connection.cursor() as cursor:
            counts = ", ".join([f"COUNT(CASE WHEN {column} LIKE %s THEN 1 END)"] * len(names))
            cursor.execute(
                f"SELECT COUNT(*), {counts} FROM {table} WHERE {column} <> ''", [f"{n}:%" for n in names]
            )
            total, *found = cursor.fetchone()
        known = {name: n for name, n in zip(names, found, strict=True) if n}
        yield field.column_name, known | ({"?": total - sum(found)} if total > sum(found) else {})


@transaction
def begin_change(*, by: Actor, at: datetime) -> KeyChange:
    rules.check_system(by)
    return KeyChange.objects.create(key=keys.names()[0], begun_at=at)


@transaction
def close_batch(change: KeyChange, field: ClosedField, *, after: int, size: int, by: Actor) -> int | None:
    """Close the next ``size`` values of a column anew; returns the last row's id, None when there is none left."""
    rules.check_system(by)
    table, column = field.model._meta.db_table, field.column
    pk = field.model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {pk}, {column} FROM {table} WHERE {pk} > %s AND {column} <> '' AND {column} NOT LIKE %s ORDER BY {pk} LIMIT {size}",
            [after, f"{change.key}:%"],
        )
        rows = cursor.fetchall()
        done = 0
        for row, stored in rows:
            text = keys.decrypted(stored, column=field.column_name)
            new, sets = [keys.encrypted(text, column=field.column_name)], f"{column} = %s"
            if field.found_by:
                new, sets = [*new, field.digest(text)], f"{sets}, {field.found_by} = %s"
            cursor.execute(
                f"UPDATE {table} SET {sets} WHERE {pk} = %s AND {column} = %s", [*new, row, stored]
            )
            done += cursor.rowcount
    if rows:
        change.counts[field.column_name] = change.counts.get(field.column_name, 0) + done
        change.save(update_fields=["counts"])
        return int(rows[-1][0])
    return None


@transaction
def close_sent(change: KeyChange, *, size: int, by: Actor) -> int:
    """The same for what waits in the outbox."""
    rules.check_system(by)
    done = outbox.close_anew(size=size)
    if done:
        change.counts[OUTBOX] = change.counts.get(OUTBOX, 0) + done
        change.save(update_fields=["counts"])
    return done


@transaction
def finish_change(change: KeyChange, *, by: Actor, at: datetime) -> None:
    rules.check_system(by)
    change.done_at = at
    change.save(update_fields=["done_at"])
    audit.record(Event.KEYS_CHANGED, change, by=by, at=at, key=change.key, counts=change.counts)
