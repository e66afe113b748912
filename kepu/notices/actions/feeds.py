"""The secret address of a unit's calendar: made, renewed, stopped."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import StaleState
from kepu.notices import rules
from kepu.notices.models import FeedKey
from kepu.orgs.actor import Actor
from kepu.orgs.models import Unit


@transaction
def make_feed_key(unit: Unit, *, by: Actor, at: datetime) -> FeedKey:
    """A new address for the unit's calendar; the one before shows nothing any more. The trace does not hold the secret."""
    rules.check_feed(by, unit)
    ended = FeedKey.objects.filter(unit=unit, ended_at=None).update(ended_at=at)
    try:
        made = FeedKey.objects.create(unit=unit, key=secrets.token_urlsafe(32), made_at=at)
    except IntegrityError:  # somebody of the unit made one at the same time
        raise StaleState(_("同事刚刚生成了新的日历地址。请刷新后再看。")) from None
    audit.record("feed.renewed" if ended else "feed.made", unit, by=by, at=at)
    return made


@transaction
def end_feed_key(unit: Unit, *, by: Actor, at: datetime) -> None:
    """The address of the unit's calendar shows nothing any more. Idempotent."""
    rules.check_feed(by, unit)
    if FeedKey.objects.filter(unit=unit, ended_at=None).update(ended_at=at):
        audit.record("feed.ended", unit, by=by, at=at)
