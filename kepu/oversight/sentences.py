"""What the trace says of itself."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.telling import Row, Told, day_said, group, tells
from kepu.oversight.workflow import Event

group("trace", lazy("导出留痕"))


@tells("trace", Event.TRACE_EXPORTED)
def trace_exported(row: Row) -> Told:
    days = {"since": day_said(row.detail.get("since")), "until": day_said(row.detail.get("until"))}
    if days["since"] and days["until"]:
        return row.say(_("%(who)s导出了%(thing)s从%(since)s到%(until)s的留痕。"), **days)
    return row.say(_("%(who)s导出了%(thing)s的全部留痕。"))


@tells("trace", Event.PROGRAMME_EXPORTED)
def programme_exported(row: Row) -> Told:
    contacts = _("带联系人的号码。") if row.detail.get("contacts") else ""
    return row.say(_("%(who)s导出了%(thing)s在一个届次的全部活动和报送。"), contacts)
