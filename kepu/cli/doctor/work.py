"""What is done after the commit: that somebody does it, that mail can leave, and that nothing is stuck."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core import mail
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.core import public, purging
from kepu.core.models import OutboxRow, OutboxState

PATIENCE = timedelta(minutes=10)


def findings(at: datetime) -> Iterator[Finding]:
    waiting = OutboxRow.objects.filter(state=OutboxState.WAITING, due_at__lt=at - PATIENCE).order_by("due_at")
    oldest = waiting.values_list("due_at", flat=True).first()
    if oldest is not None:
        yield fault(
            "work.worker", _("有消息从 %(at)s 等到现在没有送出。") % {"at": oldest.astimezone(at.tzinfo).strftime("%m-%d %H:%M")},
            _("后台没有在运行，或者忙不过来：通知、邮件和统计都会迟到。"), _("运行 kepu worker，并让它随系统启动；忙不过来就多开几个。"),
        )  # fmt: skip
    else:
        yield fine("work.worker", _("后台没有积压。"))
    failed = OutboxRow.objects.filter(state=OutboxState.FAILED).order_by("-id")
    n = failed.count()
    if n:
        last = failed.first()
        yield warning(
            "work.failed", _("有 %(n)d 件送不出去，最近一件：%(error)s") % {"n": n, "error": (last.last_error if last else "")[:120]},
            _("有人没有收到该收到的消息。"), _("改好原因后，请运维重新发送。"),
        )  # fmt: skip
    yield _mail()
    if settings.KEPU_PURGE:
        yield _shared_cache(at)


def _shared_cache(at: datetime) -> Finding:
    """Told a name that nothing bears, a cache answers all the same."""
    missed = OutboxRow.objects.filter(kind=public.CHANGED, attempts__gt=0, state=OutboxState.WAITING)
    since = missed.order_by("written_at").values_list("written_at", flat=True).first()
    try:
        purging.purge([public.name(public.EVERYTHING, "doctor")])
    except purging.NotPurged as wrong:
        known = (
            _("从 %(at)s 起。") % {"at": since.astimezone(at.tzinfo).strftime("%m-%d %H:%M")} if since else ""
        )
        return fault(
            "work.cache", _("共享缓存没有接受清除：%(wrong)s。%(since)s") % {"wrong": str(wrong)[:200], "since": known},
            _("公众看到的变更会迟到，最多 %(n)d 秒。") % {"n": settings.KEPU_SHARED_SECONDS},
            _("核对 KEPU_PURGE 和 KEPU_PURGE_SECRET，看缓存是否在运行；一时修不好，先把 KEPU_SHARED_SECONDS 改成 3。"),
        )  # fmt: skip
    return fine("work.cache", _("共享缓存接受清除。"))


def _mail() -> Finding:
    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    if backend != "smtp":
        if settings.KEPU_REHEARSAL:
            return fine("work.mail", _("演练空间的邮件不外发。"))
        return fault(
            "work.mail", _("邮件没有真的发出去（%(backend)s）。") % {"backend": backend}, _("忘记密码的人进不来，消息没有人看到。"),
            _("设好 KEPU_MAIL_HOST 等。"),
        )  # fmt: skip
    try:
        with mail.get_connection(fail_silently=False, timeout=5):
            return fine("work.mail", _("邮件服务器 %(host)s 接受登录。") % {"host": settings.EMAIL_HOST})
    except (OSError, smtplib.SMTPException) as wrong:
        return fault(
            "work.mail", _("连不上邮件服务器 %(host)s：%(wrong)s") % {"host": settings.EMAIL_HOST, "wrong": str(wrong)[:120]},
            _("忘记密码的人进不来，消息没有人看到。"), _("核对 KEPU_MAIL_HOST、端口、用户名和密码。"),
        )  # fmt: skip
