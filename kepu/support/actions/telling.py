"""Telling the units of a training, some hundreds at a time: an outbox row for each batch, so that a county waits for nobody."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import override

from kepu.core import outbox
from kepu.core.calendar import day_of
from kepu.core.db import in_transaction, transaction
from kepu.orgs.actions import Note, deliver_messages
from kepu.orgs.models import Unit, UnitQuerySet
from kepu.support import messages
from kepu.support.models import Training

CARRY_ON = "training.telling"
AT_ONCE = 300


class What(StrEnum):
    ANNOUNCED = "announced"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@in_transaction
def begin(training: Training, what: What, *, at: datetime) -> None:
    """Let the worker tell the units once the act under way has committed."""
    outbox.send(CARRY_ON, at=at, training_id=training.pk, version=training.version, what=str(what), after=0)


@transaction
def tell_units(*, training_id: int, version: int, what: str, after: int, at: datetime) -> int:
    """Tell the next batch; returns how many. Idempotent: no unit is told the same twice.

    An announcement goes on with the training as it stands by then. Of changes only the last is told: what was said of a
    version that has passed would send people to the wrong place.
    """
    training = Training.objects.filter(pk=training_id).first()
    if training is None or _is_overtaken(training, What(what), version):
        return 0
    units = list(
        _units(training, What(what), at)
        .filter(pk__gt=after)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    with override(settings.LANGUAGE_CODE):
        subject, body = _words(training, What(what))
    address, told = messages.address_of(training), "announced" if what == What.ANNOUNCED else version
    notes = [Note(pk, f"training-{training_id}-{told}-{pk}", subject, body, address) for pk in units]
    deliver_messages(notes, f"training.{what}", at=at)
    if len(units) == AT_ONCE:
        outbox.send(CARRY_ON, at=at, training_id=training_id, version=version, what=what, after=units[-1])
    return len(units)


def _is_overtaken(training: Training, what: What, version: int) -> bool:
    if what is What.ANNOUNCED:
        return training.cancelled_at is not None
    return training.version != version


def _words(training: Training, what: What) -> tuple[str, str]:
    if what is What.ANNOUNCED:
        return messages.announcement(training)
    return messages.change(training) if what is What.CHANGED else messages.cancellation(training)


def _units(training: Training, what: What, at: datetime) -> UnitQuerySet:
    """Of an announcement everybody it is for hears; of what becomes of it those who signed up."""
    if what is not What.ANNOUNCED:
        return Unit.objects.filter(pk__in=training.sign_ups.values("unit_id"))
    units = Unit.objects.open(day_of(at)).exclude(pk=training.unit_id)
    units = units.under(training.place_path) if training.place_path else units.in_line(training.line_path)
    return units.filter(kind__in=training.kinds) if training.kinds else units
