"""A person decides of two activities that may be one: merge them, count them together, take that back, or tell them apart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.activities import double_rules, messages
from kepu.activities.actions.freezing import mark
from kepu.activities.actions.steps import check_length, check_said, move, touch
from kepu.activities.actions.together import OPENED, locked_group, settle
from kepu.activities.models import Activity, Double, DoubleState, PublicationStatus
from kepu.activities.records import unfit
from kepu.activities.workflow import IN_PUBLIC, Event, State
from kepu.core import audit
from kepu.core.db import in_transaction, transaction
from kepu.core.refusals import StaleState
from kepu.orgs.actor import Actor

Seen = tuple[int, int]  # the versions of the two that the page showed, in the order of the pair


@transaction
def link_double(
    double: Double, *, keep: int, words: str = "", seen: Seen | None = None, by: Actor, at: datetime
) -> Double:
    """Count the two as one, where ``keep`` (the id of one of them) counts. Both stay as they are, and go on."""
    rows, kept, left = _begin(double, keep, words, seen)
    double_rules.check_link(by, double, kept)
    _decide(double, DoubleState.LINKED, words, keep=keep, by=by, at=at)
    _hold(rows, kept, left, by=by, at=at)
    settle(rows, by=by, at=at)
    messages.linked(kept, left, words, at=at)
    return double


@transaction
def merge_double(
    double: Double, *, keep: int, words: str, seen: Seen | None = None, by: Actor, at: datetime
) -> Double:
    """Let only ``keep`` go on. The other is withdrawn or, where the public knows it, cancelled with the way to the one kept.

    Nothing is written into the one kept: that its host may name the other's host as undertaker or co-host is suggested.
    """
    rows, kept, left = _begin(double, keep, words, seen)
    double_rules.check_merge(by, double, kept)
    check_said(words, _("请写明为什么是同一项，两个举办单位都会看到。"), "words")
    _decide(double, DoubleState.MERGED, words, keep=keep, by=by, at=at)
    _hold(rows, kept, left, by=by, at=at)
    root = kept.same_as_id or kept.pk
    detail = {"other": kept.pk, "reason": words}
    if left.state in IN_PUBLIC:
        gone = {"cancelled_at": at, "same_as_id": root}
        move(left, State.CANCELLED, Event.MERGED, gone, by=by, at=at, **detail)
        told = _("并入“%(title)s”（%(host)s）") % {"title": kept, "host": kept.unit.name}
        mark(left, PublicationStatus.CANCELLED, told, at=at)
    else:
        gone = {"withdrawn_at": at, "same_as_id": root}
        move(left, State.WITHDRAWN, Event.MERGED, gone, by=by, at=at, **detail)
    settle(rows, by=by, at=at)
    messages.merged(kept, left, words, at=at)
    return double


@transaction
def unlink_double(double: Double, *, words: str = "", by: Actor, at: datetime) -> Double:
    """Take back that two are counted as one: each counts again, and the pair is open again."""
    check_length(words, "words")
    rows = locked_group([double.a_id, double.b_id])
    _look(double, rows)
    double_rules.check_unlink(by, double)
    left = double.left
    assert left is not None  # a linked pair has one that is left
    if not Double.objects.filter(pk=double.pk, state=DoubleState.LINKED).update(**OPENED, words=words):
        raise StaleState()
    _take(double, OPENED | {"words": words})
    settle(rows, by=by, at=at)
    messages.unlinked(double.other(left.pk), left, words, at=at)
    return double


@transaction
def tell_apart(double: Double, *, words: str = "", by: Actor, at: datetime) -> Double:
    """They are two different activities: both count, and nobody is asked again."""
    check_length(words, "words")
    double_rules.check_tell_apart(by, double)
    _decide(double, DoubleState.DIFFERENT, words, by=by, at=at)
    for one, other in (double.pair, double.pair[::-1]):
        audit.record(Event.TOLD_APART, one, by=by, at=at, other=other.pk)
    return double


@in_transaction
def _begin(
    double: Double, keep: int, words: str, seen: Seen | None
) -> tuple[dict[int, Activity], Activity, Activity]:
    """Both groups, locked; the one to keep and the one that is left, as they now are."""
    check_length(words, "words")
    if keep not in (double.a_id, double.b_id):
        raise unfit(_("请选保留两项中的哪一项。"), "keep")
    rows = locked_group([double.a_id, double.b_id])
    _look(double, rows)
    if seen is not None and seen != (double.a.version, double.b.version):
        raise StaleState()
    kept = rows[keep]
    return rows, kept, double.other(keep)


def _look(double: Double, rows: dict[int, Activity]) -> None:
    """Let the pair in hand show the rows as they now are."""
    double.a, double.b = rows[double.a_id], rows[double.b_id]


@in_transaction
def _decide(
    double: Double, state: DoubleState, words: str, *, keep: int | None = None, by: Actor, at: datetime
) -> None:
    """Write the decision, if the pair is still as the caller saw it."""
    values = {
        "state": state, "kept_id": keep, "words": words, "decided_at": at, "decided_by_id": by.person_id, "decided_unit_id": by.unit_id,
    }  # fmt: skip
    if not Double.objects.filter(pk=double.pk, state=double.state).update(**values):
        raise StaleState()
    _take(double, values)


def _take(double: Double, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(double, name, value)


@in_transaction
def _hold(rows: dict[int, Activity], kept: Activity, left: Activity, *, by: Actor, at: datetime) -> None:
    """The one that counts moves on a version: who withdraws it at this instant learns that something counts with it."""
    root = rows[kept.same_as_id] if kept.same_as_id is not None else kept
    touch(root, Event.COUNTS_FOR, by=by, at=at, other=left.pk)
