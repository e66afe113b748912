"""The clock: deadlines are kept by the minute, so this machine and the database must agree on what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.core.models import AuditEntry

APART = 5  # seconds between two clocks before somebody is told
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")  # systemd-timesyncd touches it


def findings(_at: datetime) -> Iterator[Finding]:
    now = timezone.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
        if apart > APART:
            yield fault(
                "clock.database", _("这台机器与数据库的时钟相差 %(n)d 秒。") % {"n": int(apart)},
                _("谁按时、谁逾期会算错。"), _("两边都打开自动对时（chrony 或 systemd-timesyncd）。"),
            )  # fmt: skip
        else:
            yield fine("clock.database", _("这台机器与数据库的时钟一致。"))
    if not settings.KEPU_REHEARSAL:
        newest = AuditEntry.objects.order_by("-id").values_list("at", flat=True).first()
        if newest is not None and (newest - now).total_seconds() > APART:
            yield fault(
                "clock.back", _("最近一条留痕的时间在将来：%(at)s。") % {"at": newest.astimezone(UTC).isoformat()},
                _("这台机器的时钟往回走过，或者数据来自另一台钟快的机器。"), _("先把时钟对准，再让人填报。"),
            )  # fmt: skip
    if SYNCHRONISED.parent.exists() and not SYNCHRONISED.exists():
        yield warning(
            "clock.synchronised", _("这台机器没有自动对时。"), _("时钟会慢慢走偏。"), _("运行 timedatectl set-ntp true。"),
        )  # fmt: skip
    if now.year < 2023:
        yield fault(
            "clock.year",
            _("时钟显示的是 %(n)d 年。") % {"n": now.year},
            _("期限会全部算错。"),
            _("先把时钟对准。"),
        )
    else:
        yield fine(
            "clock.year",
            _("现在是 %(at)s（UTC）。") % {"at": now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")},
        )
