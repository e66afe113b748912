"""Time comes in from the faces. Only they ask this module; below them ``at=`` is an argument.

A rehearsal space has a clock of its own: its instant is a stored base that moves on with real time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kepu.core.calendar import CHINA
from kepu.core.db import transaction
from kepu.core.models import RehearsalClock


def now() -> datetime:
    """The instant that counts, in China's time: the rehearsal's where there is one, else the real one."""
    real = timezone.now()
    if settings.KEPU_REHEARSAL:
        clock = RehearsalClock.objects.filter(pk=1).first()
        if clock is not None:
            return (clock.shown + (real - clock.set_at)).astimezone(CHINA)
    return real.astimezone(CHINA)


def real() -> datetime:
    """The machine's own clock in China's time, in a rehearsal too: how old a file is, when a copy was made."""
    return timezone.now().astimezone(CHINA)


@transaction
def set_rehearsal_clock(shown: datetime) -> None:
    """Move the rehearsal's clock to ``shown``; it runs on from there. Refuses outside a rehearsal space."""
    if not settings.KEPU_REHEARSAL:
        raise RuntimeError("A real season has no clock to set.")
    RehearsalClock.objects.update_or_create(pk=1, defaults={"shown": shown, "set_at": timezone.now()})


def moved(instant: datetime, *, days: int) -> datetime:
    """The same hour some days later."""
    return instant + timedelta(days=days)
