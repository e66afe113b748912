"""Once a day: verify what came since yesterday, and mail the heads to somebody outside the administration."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from kepu.core import audit, outbox
from kepu.core.audit import Anchor
from kepu.core.calendar import day_of
from kepu.core.db import transaction
from kepu.core.models import AuditCheck
from kepu.core.refusals import Incomplete

ANCHOR = "trace.anchor"  # the kind of the outbox's row
log = logging.getLogger(__name__)


def watch(at: datetime) -> AuditCheck | None:
    """The day's check; None where the day has had one. What it finds goes into the log and into the mail."""
    last = audit.last_check()
    if last is not None and day_of(last.at) >= day_of(at):
        return None
    check = audit.check_trace(at=at)
    if check.found:
        log.critical("The trace was tampered with: %s breaks, the first: %s", check.found, check.breaks[:5])
    if settings.KEPU_ANCHOR_MAIL:
        _queue(check)
    return check


@transaction
def _queue(check: AuditCheck) -> None:
    heads = {int(number): (length, head) for number, (length, head) in check.heads.items()}
    outbox.send(ANCHOR, at=check.at, text=Anchor(check.at, heads).text(), found=check.found)


def send_anchor(text: str, found: int | None = None) -> None:
    """Mail an anchor. Raises :class:`Incomplete` where nobody is named to get it."""
    if not settings.KEPU_ANCHOR_MAIL:
        raise Incomplete(_("没有设置 KEPU_ANCHOR_MAIL，不知道把链头发给谁。请先写明收件人。"))
    with override(settings.LANGUAGE_CODE):
        subject = _("留痕链头 %(site)s") % {"site": settings.KEPU_PUBLIC_URL}
        if found:
            subject = _("【留痕有%(n)s处不符】%(site)s") % {"n": found, "site": settings.KEPU_PUBLIC_URL}
        words = _(
            "请原样保存这封信，不要存在本系统的服务器上。要核对时运行：kepu audit verify --since 保存的文件。"
        )
    EmailMessage(subject, f"{words}\n\n{text}", to=settings.KEPU_ANCHOR_MAIL).send()
