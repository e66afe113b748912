"""A contact point: which desk answers what. Persons and numbers are entered in the running system, not in a file."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from kepu.notices.kinds.base import Code, Mode, Params, Text, kind, listed

GIVES = {
    "name": _("联系人"),
    "phone": _("电话"),
    "mailbox": _("邮箱"),
    "postal_address": _("地址"),
    "postcode": _("邮编"),
    "group": _("工作群"),
}


@kind("contact", _("联系方式"), mode=Mode.UNION)
class Contact(Params):
    """A desk, and what the notice gives of it."""

    desk: Code
    title: Text
    gives: tuple[Literal["name", "phone", "mailbox", "postal_address", "postcode", "group"], ...] = ()
    count: int | None = Field(None, ge=0)
    about: Text | None = None

    def key(self) -> str:
        return f"contact.{self.desk}"

    def sentence(self) -> str:
        gives = listed([str(GIVES[g]) for g in self.gives])
        return f"{self.title}{_('：')}{gives}{_('。')}" if gives else f"{self.title}{_('。')}"
