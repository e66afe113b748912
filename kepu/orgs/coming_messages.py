"""Who is told what about applications and changes: units by message, an applicant by mail."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kepu.core import outbox
from kepu.core.db import in_transaction
from kepu.orgs.coming import ApplicationKind, ChangeKind
from kepu.orgs.messages import tell
from kepu.orgs.models import Application, Unit, UnitChange

MAIL = "application.mail"


def page_of(application: Application) -> str:
    return f"/workspace/applications/{application.pk}/"


def unit_page(unit: Unit) -> str:
    return f"/workspace/units/{unit.pk}/"


@in_transaction
def filed(application: Application, *, at: datetime) -> None:
    """The coordinator above has something to look at; the applicant gets the link."""
    if application.receiver_id is not None:
        subject = {
            ApplicationKind.NEW: _("“%(unit)s”申请登记，请审核"),
            ApplicationKind.CLAIM: _("有人申请认领“%(unit)s”，请审核"),
            ApplicationKind.WITHIN: _("“%(unit)s”申请归入上级单位，请审核"),
        }[ApplicationKind(application.kind)] % {"unit": application.name}
        tell(
            application.receiver_id, "application.filed", subject,
            _("核对名称、地区和信用代码，看是不是已经登记过，再决定通过、退回或并入。"), page_of(application), at=at,
        )  # fmt: skip
    to_applicant(application, "filed", at=at)


@in_transaction
def to_applicant(application: Application, what: str, *, at: datetime) -> None:
    """Mail the applicant; a unit that applied is told by message. What the mail says is read when it is sent."""
    if application.by_unit_id is not None:
        if what != "filed":
            _tell_asking_unit(application, what, at)
        return
    if application.contact_email:
        outbox.send(MAIL, at=at, application_id=application.pk, what=what)


def _tell_asking_unit(application: Application, what: str, at: datetime) -> None:
    subject = {
        "approved": _("“%(unit)s”已归入本单位"),
        "returned": _("“%(unit)s”的归属申请被退回"),
        "refused": _("“%(unit)s”的归属申请没有通过"),
    }.get(what)
    if subject is not None and application.by_unit_id is not None:
        body = application.reason
        tell(
            application.by_unit_id, f"application.{what}", subject % {"unit": application.name}, body,
            f"/workspace/units/{application.by_unit_id}/", at=at,
        )  # fmt: skip


@in_transaction
def changed(unit: Unit, change: UnitChange, *, at: datetime) -> None:
    """The unit learns what was decided about it, by whoever is above."""
    subject = _("本单位的变更：%(kind)s") % {"kind": ChangeKind(change.kind).label}
    tell(unit.pk, "unit.changed", subject, change.ground, unit_page(unit), at=at)


@in_transaction
def planned(unit: Unit, change: UnitChange, *, at: datetime) -> None:
    subject = _("本单位将有变更：%(kind)s，%(day)s起生效") % {
        "kind": ChangeKind(change.kind).label, "day": change.effective_on.isoformat(),
    }  # fmt: skip
    tell(unit.pk, "unit.change_planned", subject, change.ground, unit_page(unit), at=at)


@in_transaction
def held_up(change: UnitChange, *, at: datetime) -> None:
    """Whoever laid a change down learns why it could not take effect on its day."""
    if change.deciding_unit_id is not None:
        subject = _("“%(unit)s”的变更到期没有生效：有事情没有办完") % {"unit": change.unit.name}
        tell(
            change.deciding_unit_id,
            "unit.change_held_up",
            subject,
            change.held_up,
            unit_page(change.unit),
            at=at,
        )


@in_transaction
def part_added(parent: Unit, unit: Unit, receiver_id: int | None, *, at: datetime) -> None:
    """The coordinator above learns of a new record that a unit made for a part of its own."""
    if receiver_id is not None and receiver_id != parent.pk:
        subject = _("“%(parent)s”新增下属单位“%(unit)s”") % {"parent": parent.name, "unit": unit.name}
        tell(receiver_id, "unit.part_added", subject, "", unit_page(unit), at=at)
