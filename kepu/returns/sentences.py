"""What the trace says of returns, and how they are called."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kepu.core.telling import Named, Row, Told, day_said, group, hidden, names, quoted, say, tells
from kepu.orgs.actor import Actor
from kepu.returns import rules
from kepu.returns.models import Return
from kepu.returns.workflow import Event

group("return", lazy("报送"))

_UNIT = {"unit": "unit"}
say("return", {
    Event.DRAFTED: lazy("%(who)s保存了正在写的报送%(thing)s。"),
    "return.handed_over": lazy("%(who)s让报送%(thing)s随单位的变动转到了新的单位。"),
})  # fmt: skip


@tells("return", Event.HANDED_IN)
def handed_in(row: Row) -> Told:
    return row.say(_("%(who)s报送了%(thing)s（第%(n)s版）。"), n=row.detail.get("number", 1))


@tells("return", Event.AMENDED)
def amended(row: Row) -> Told:
    return row.say(_("%(who)s修改后重报了%(thing)s（第%(n)s版）。"), n=row.detail.get("number", 1))


@tells("return", Event.RETURNED, refs=_UNIT)
def returned(row: Row) -> Told:
    return row.say(
        _("%(who)s把%(unit)s的报送%(thing)s退回修改。"), unit=row.ref("unit", row.detail.get("unit"))
    )


@tells("return", Event.ACCEPTED, refs=_UNIT)
def accepted(row: Row) -> Told:
    return row.say(_("%(who)s接收了%(unit)s的报送%(thing)s。"), unit=row.ref("unit", row.detail.get("unit")))


@tells("return", Event.RELEASED, refs=_UNIT)
def released(row: Row) -> Told:
    return row.say(_("%(who)s让%(unit)s免报%(thing)s。"), unit=row.ref("unit", row.detail.get("unit")))


@tells("return", "delegation.given", refs={"unit": "unit", "to_unit": "unit"})
def delegated(row: Row) -> Told:
    until = day_said(row.detail.get("until"))
    units = {name: row.ref("unit", row.detail.get(name)) for name in ("unit", "to_unit")}
    also = _("到%(until)s为止。") % {"until": until} if until else ""
    return row.say(_("%(who)s把%(unit)s的一项报送委托给%(to_unit)s来写。"), also, **units)


@tells("return", "delegation.ended", refs=_UNIT)
def delegation_ended(row: Row) -> Told:
    return row.say(_("%(who)s结束了%(unit)s一项报送的委托。"), unit=row.ref("unit", row.detail.get("unit")))


@names("return")
def returns(reader: Actor, ids: Collection[int]) -> dict[int, Named]:
    """Two queries: which there are, and which the reader sees. Its unit has the page of the duty, others that of the return."""
    rows = rules.visible_to(reader).filter(pk__in=ids).order_by("pk")
    seen = {row.pk: _return(reader, row) for row in rows.only("title", "unit_id", "duty")}
    there = Return.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return {pk: seen.get(pk) or hidden() for pk in there}


def _return(reader: Actor, row: Return) -> Named:
    if reader.acts_for(row.unit_id):
        return Named(quoted(row.title), "duty", {"key": row.duty})
    return Named(quoted(row.title), "return", {"pk": row.pk})
