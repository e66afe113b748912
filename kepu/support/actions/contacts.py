"""Keeping the contact of an office: its telephone, its mailbox, when somebody answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kepu.core import audit
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete, Reason, StaleState
from kepu.orgs.actor import Actor
from kepu.orgs.models import Line, Place
from kepu.support import rules
from kepu.support.models import OfficeContact
from kepu.support.workflow import Event

MOBILE = re.compile(r"(?<!\d)(\+?86[- ]?)?1[3-9]\d([- ]?\d{4}){2}(?!\d)")


@transaction
def keep_contact(
    node: Place | Line, *, office: str, phone: str, mail: str, hours: str, about: str, expected_version: int | None,
    by: Actor, at: datetime,
) -> OfficeContact:  # fmt: skip
    """Say how the office of a place or a line is reached; what was said before is replaced.

    ``expected_version`` is that of the contact the person saw, None for none. Raises :class:`Incomplete` for what is
    missing, and for a mobile phone: everybody reads this, and a mobile phone is somebody's.
    """
    rules.check_keep(by, node)
    fields = {
        name: value.strip()
        for name, value in {
            "office": office,
            "phone": phone,
            "mail": mail,
            "hours": hours,
            "about": about,
        }.items()
    }
    if reasons := list(_wrong_with(fields)):
        raise Incomplete(reasons=reasons)
    whose = {"place" if isinstance(node, Place) else "line": node}
    before = OfficeContact.objects.select_for_update().filter(**whose).first()
    if (before.version if before else None) != expected_version:
        raise StaleState
    contact = before or OfficeContact(**whose, version=0)
    assert by.unit is not None
    contact.unit, contact.kept_at, contact.version = by.unit, at, contact.version + 1
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save()
    audit.record(Event.CONTACT_KEPT, contact, by=by, at=at, node=node.code, **fields)
    return contact


@transaction
def remove_contact(contact: OfficeContact, *, by: Actor, at: datetime) -> None:
    """Take the contact away: nobody is told a number that nobody answers."""
    node = contact.place or contact.line
    assert node is not None
    rules.check_keep(by, node)
    pk = contact.pk
    if not OfficeContact.objects.filter(pk=pk, version=contact.version).delete()[0]:
        raise StaleState
    contact.pk = pk
    audit.record(Event.CONTACT_REMOVED, contact, by=by, at=at, node=node.code, office=contact.office)


def _wrong_with(fields: dict[str, str]) -> Iterator[Reason]:
    if not fields["office"]:
        yield Reason(_("请填写办公室名称，例如“科普部办公室”。"), "office")
    if not (fields["phone"] or fields["mail"]):
        yield Reason(_("办公电话和办公邮箱至少写一个。"), "phone")
    for name in ("office", "phone", "hours", "about"):
        if MOBILE.search(fields[name]):
            yield Reason(_("这里所有人都能看到，请写办公室的固定电话，不要写个人的手机。"), name)
    if fields["phone"] and not re.fullmatch(r"[\d\s()（）+\-—转,，;；、/]+", fields["phone"]):
        yield Reason(_("电话请只写数字和区号，例如 0769-22223333。谁接电话不用写。"), "phone")
    if fields["mail"]:
        try:
            validate_email(fields["mail"])
        except ValidationError:
            yield Reason(_("邮箱的写法不对，例如 kepu@dongguan.example.cn。"), "mail")
    for name, most in (("office", 80), ("phone", 40), ("mail", 120), ("hours", 80), ("about", 120)):
        if len(fields[name]) > most:
            yield Reason(_("最多 %(n)d 字。") % {"n": most}, name)
