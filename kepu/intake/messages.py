"""Who is told what: the unit that handed the sheet in, when work that took a while is through."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.intake.models import SheetImport
from kepu.orgs.messages import tell

TOLD_FROM = 50  # fewer lines are through before the person has left the page


def link_to(sheet: SheetImport) -> str:
    """Where the workspace shows the import."""
    return f"/workspace/imports/{sheet.pk}/"


def checked(sheet: SheetImport, *, good: int, bad: int, at: datetime) -> None:
    if sheet.asked <= TOLD_FROM:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("试填完成：%(file)s") % {"file": sheet}
        body = _("可以填报%(good)s行，要改%(bad)s行。请核对后填报。") % {"good": good, "bad": bad}
    tell(sheet.unit_id, "intake.checked", subject, body, link_to(sheet), at=at)


def filed(sheet: SheetImport, *, refused: int, at: datetime) -> None:
    if sheet.asked <= TOLD_FROM:
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("表格填报完成：%(file)s") % {"file": sheet}
        body = _("办了%(n)s行，没填成%(refused)s行。") % {"n": sheet.asked, "refused": refused}
    tell(sheet.unit_id, "intake.filed", subject, body, link_to(sheet), at=at)


def stopped(sheet: SheetImport, why: str, *, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        subject = _("表格填报停下了：%(file)s") % {"file": sheet}
    tell(sheet.unit_id, "intake.stopped", subject, why, link_to(sheet), at=at)
