"""The trace: that the database still refuses to have it rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine
from kepu.core.models import AuditEntry


class _TakeBack(Exception):
    """Ends the try, whatever came of it."""


def findings(_at: datetime) -> Iterator[Finding]:
    newest = AuditEntry.objects.order_by("-id").values_list("pk", flat=True).first()
    if newest is None:
        yield fine("trace.kept", _("还没有留痕。"))
    elif _can_be_rewritten(newest):
        yield fault(
            "trace.kept", _("数据库允许改写留痕。"), _("防改写的触发器不见了：谁能登录数据库，就能抹掉痕迹。"),
            _("先运行 kepu audit verify 看有没有被改，再从备份里对照，然后重建触发器（kepu manage migrate core 0001，再 kepu setup）。"),
        )  # fmt: skip
    else:
        yield fine("trace.kept", _("数据库不允许改写留痕。"))


def _can_be_rewritten(pk: int) -> bool:
    """Try it on one row, and take it back."""
    table = connection.ops.quote_name(AuditEntry._meta.db_table)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET seq = seq WHERE id = %s", [pk])
            raise _TakeBack
    except _TakeBack:
        return True
    except DatabaseError:
        return False
