"""Showing the people in a return as they were written: an act, allowed by a rule and traced."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kepu.accounts.looks import record_look
from kepu.core import contacts
from kepu.core.db import transaction
from kepu.core.refusals import Incomplete
from kepu.orgs.actor import Actor
from kepu.returns import rules
from kepu.returns.models import Return

SHOWN = ("sections", "rows", "parts")


@transaction
def show_people(
    row: Return, *, number: int = 0, how: str = "page", by: Actor, at: datetime
) -> Mapping[str, Any]:
    """The newest content of a return, or that of one version, with nothing masked in it."""
    rules.check_show_people(by, row)
    content: Any = {name: getattr(row, name) for name in (*SHOWN, "channels", "figures")}
    if number:
        content = row.versions.filter(number=number).values_list("content", flat=True).first()
    if not content or not any(content[name] for name in SHOWN):
        raise Incomplete(_("这里没有内容可以显示。"))
    phones = list(contacts.numbers([content[name] for name in SHOWN]))
    record_look(row, [name for name in SHOWN if content[name]], phones=phones, how=how, by=by, at=at)
    return content
