"""Activities that are one count once: where each of a group counts follows from what people decided, pair by pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import takewhile

from kepu.activities import messages
from kepu.activities.actions.steps import touch
from kepu.activities.double_rules import AWAY
from kepu.activities.grouping import settled
from kepu.activities.models import COUNTED_TOGETHER, Activity, Double, DoubleState
from kepu.activities.workflow import Event
from kepu.core.db import in_transaction
from kepu.orgs.actor import Actor

OPENED = {
    "state": DoubleState.OPEN,
    "kept": None,
    "decided_at": None,
    "decided_by_id": None,
    "decided_unit": None,
}


def common(one: str, other: str) -> str:
    """The path above both of two paths; "" where one of them is empty."""
    if not (one and other):
        return ""
    pairs = zip(one.strip("/").split("/"), other.strip("/").split("/"), strict=False)
    same = [a for a, b in takewhile(lambda pair: pair[0] == pair[1] != "", pairs)]
    return f"/{'/'.join(same)}/" if same else "/"


@in_transaction
def locked(ids: Iterable[int]) -> dict[int, Activity]:
    """Activities as they now are, nobody else writing them until the act has ended; always taken in the same order."""
    rows = Activity.objects.whole().select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def group_of(ids: Collection[int]) -> set[int]:
    """Everything that counts as one with any of these. Two queries."""
    roots = set(ids) | set(Activity.objects.filter(pk__in=ids, same_as__isnull=False).order_by("pk").values_list("same_as_id", flat=True))  # fmt: skip
    return roots | set(Activity.objects.filter(same_as__in=roots).order_by("pk").values_list("pk", flat=True))


@in_transaction
def locked_group(ids: Collection[int]) -> dict[int, Activity]:
    """A group, locked whole. What joins it meanwhile locks one of it first, so after the second look nothing is missing."""
    found = group_of(ids)
    while True:
        rows = locked(found)
        again = group_of(ids)
        if again <= found:
            return rows
        found |= again


@in_transaction
def settle(rows: dict[int, Activity], *, gone: Collection[int] = (), by: Actor, at: datetime) -> set[int]:
    """Let every activity of a group count where the decisions say; gives those that count again by themselves.

    ``gone`` are about to be withdrawn or cancelled. What went with one that is gone counts again itself: its pair is
    open again, those concerned are told. Tallies follow with each row.
    """
    edges, pairs = {}, {}
    for double in Double.objects.filter(kept__in=list(rows), state__in=COUNTED_TOGETHER).order_by("pk"):
        left = double.b_id if double.kept_id == double.a_id else double.a_id
        edges[left], pairs[left] = int(double.kept_id or 0), double
    live = {pk for pk, row in rows.items() if row.state not in AWAY and pk not in gone}
    roots, lost = settled(edges, live)
    for pk in sorted(lost):
        Double.objects.filter(pk=pairs[pk].pk).update(**OPENED)
    for pk, row in sorted(rows.items()):
        root = roots.get(pk)
        if row.same_as_id == root or pk in gone:
            continue
        if root is None:
            event, other = Event.UNLINKED, int(row.same_as_id or 0)
        else:
            event, other = Event.LINKED, root
        touch(row, event, {"same_as_id": root}, by=by, at=at, other=other)
    for pk in sorted(lost):
        messages.counts_again(rows[pk], rows[edges[pk]], at=at)
    return lost


@in_transaction
def let_go(activity: Activity, *, by: Actor, at: datetime) -> set[int]:
    """Before an activity is withdrawn or cancelled: what counted with it counts again. One query where nothing did."""
    if not Double.objects.filter(kept=activity.pk, state__in=COUNTED_TOGETHER).exists():
        return set()
    rows = locked_group([activity.pk])
    return settle(rows, gone={activity.pk}, by=by, at=at)
