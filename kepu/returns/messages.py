"""Who is told what when a return moves, in the source language. A receiver outside the system is told by nobody here."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.notices.explaining import cited_with_address
from kepu.notices.inheritance import Rules
from kepu.orgs.messages import tell
from kepu.returns.models import Delegation, Return


def link_to(row: Return) -> str:
    """Where the workspace shows the return."""
    return f"/workspace/returns/{row.pk}/"


def handed_in(row: Return, rules: Rules, *, unit_name: str, at: datetime) -> None:
    """The receiver has something to look at."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(unit)s报送了“%(title)s”") if row.handed == 1 else _("%(unit)s重新报送了“%(title)s”")
        subject = text % {"unit": unit_name, "title": row.title}
        body = _("这份报送已过期限（%(due)s），照收并注明。") % {"due": row.due_words} if row.late else ""
        if row.late and row.duty in rules:
            body += f"\n{cited_with_address(rules[row.duty])}"
    _tell(row, row.receiver_id, "handed_in", subject, body, at)


def returned(row: Return, *, at: datetime) -> None:
    """The unit has to work on it again."""
    with override(settings.LANGUAGE_CODE):
        subject = _("“%(title)s”被退回，请修改后再报") % {"title": row.title}
    _tell(row, row.unit_id, "returned", subject, row.reason, at)
    mine = Delegation.objects.holding(at).filter(unit_id=row.unit_id, season_id=row.season_id, duty=row.duty)
    for delegation in mine.exclude(to_unit_id=row.unit_id):
        tell(
            delegation.to_unit_id,
            "return.returned",
            subject,
            row.reason,
            link_to_delegated(delegation),
            at=at,
        )


def accepted(row: Return, *, at: datetime) -> None:
    """The unit has its receipt."""
    with override(settings.LANGUAGE_CODE):
        subject = _("“%(title)s”已接收") % {"title": row.title}
    _tell(row, row.unit_id, "accepted", subject, "", at)


def released(row: Return, *, at: datetime) -> None:
    """The unit need not hand in."""
    with override(settings.LANGUAGE_CODE):
        subject = _("“%(title)s”不用报送了") % {"title": row.title}
    _tell(row, row.unit_id, "released", subject, row.reason, at)


def delegated(delegation: Delegation, *, at: datetime) -> None:
    """Those the duty went to have something to write."""
    with override(settings.LANGUAGE_CODE):
        subject = _("%(unit)s委托报送“%(title)s”") % {"unit": delegation.unit.name, "title": delegation.title}
        who = delegation.to_person
        body = _("由%(person)s办理。") % {"person": who.name} if who else ""
    tell(delegation.to_unit_id, "delegation.given", subject, body, link_to_delegated(delegation), at=at)


def delegation_ended(delegation: Delegation, *, by_delegate: bool, at: datetime) -> None:
    """The other side knows whose turn it is again."""
    with override(settings.LANGUAGE_CODE):
        text = _("%(other)s不再代办“%(title)s”") if by_delegate else _("%(unit)s收回了委托的“%(title)s”")
        subject = text % {
            "other": delegation.to_unit.name, "unit": delegation.unit.name, "title": delegation.title
        }  # fmt: skip
    to = delegation.unit_id if by_delegate else delegation.to_unit_id
    tell(to, "delegation.ended", subject, "", "/workspace/duties/", at=at)


def link_to_delegated(delegation: Delegation) -> str:
    """Where the workspace shows the duty to those it went to."""
    return f"/workspace/delegated/{delegation.pk}/"


def _tell(row: Return, unit_id: int | None, kind: str, subject: str, body: str, at: datetime) -> None:
    if unit_id is not None:
        tell(unit_id, f"return.{kind}", subject, body, link_to(row), at=at)
