"""Showing the contact of an activity: an act, allowed by a rule and traced."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from kepu.accounts.looks import is_own, record_look
from kepu.activities import rules
from kepu.activities.models import PERSONAL, Activity
from kepu.core import contacts
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete
from kepu.orgs.actor import Actor


@transaction
def show_contact(activity: Activity, *, by: Actor, at: datetime) -> dict[str, str]:
    """The contact's name and number as they are, by their fields. Raises :class:`Incomplete` where none was given."""
    rules.check_show_contact(by, activity, named=is_own(by.person_id, activity.contact_digest))
    shown = {name: text for name in PERSONAL if (text := getattr(activity, name))}
    if not shown:
        raise Incomplete(_("这项活动没有填联系人，或者届次结束后已经删除。"))
    record_look(activity, shown, phones=contacts.numbers(activity.contact_phone), by=by, at=at)
    return shown
