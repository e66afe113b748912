"""Showing the contact of an activity: an act, allowed by a rule and traced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from kepu.accounts.looks import is_own, record_look, record_looks
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


@transaction
def show_contacts(
    activities: Iterable[Activity], *, how: str = "file", by: Actor, at: datetime
) -> dict[int, dict[str, str]]:
    """The contacts of many activities as they are, by the activity's id and their fields; each look is traced.

    All or none: an activity whose contact the actor may not see refuses the whole. One query for whose numbers they are.
    """
    shown: dict[int, dict[str, str]] = {}
    looks = []
    for activity in activities:
        rules.check_show_contact(by, activity)
        if found := {name: text for name in PERSONAL if (text := getattr(activity, name))}:
            shown[activity.pk] = found
            looks.append((activity, list(found), list(contacts.numbers(activity.contact_phone))))
    if looks:
        record_looks(looks, how=how, by=by, at=at)
    return shown
