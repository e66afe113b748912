"""Backups: that there is a fresh one, that it opens, and that it does not lie on the same disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.backup import copies, wrong_with
from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.core import clock

FRESH = timedelta(hours=26)  # once a day, and two hours for a slow one


def findings(_at: datetime) -> Iterator[Finding]:
    if not settings.KEPU_BACKUP_DIR:
        yield fault(
            "backups.fresh", _("没有说明备份放在哪里（KEPU_BACKUP_DIR）。"), _("磁盘坏了，交上来的东西就没有了。"),
            _("设好 KEPU_BACKUP_DIR，每天运行一次 kepu backup；用别的办法备份的，也把备份放到这个目录。"),
        )  # fmt: skip
        return
    folder = Path(settings.KEPU_BACKUP_DIR)
    newest = next(iter(copies(folder)), None)
    if newest is None:
        yield fault(
            "backups.fresh", _("%(folder)s 里没有备份。") % {"folder": folder}, _("磁盘坏了，交上来的东西就没有了。"),
            _("运行 kepu backup，并排进每天的计划任务。"),
        )  # fmt: skip
        return
    now = clock.real()  # files know no other, in a rehearsal either
    age = now - datetime.fromtimestamp(newest.stat().st_mtime, tz=now.tzinfo)
    hours = int(age.total_seconds() // 3600)
    if age > FRESH:
        yield fault(
            "backups.fresh", _("最近的备份是 %(n)d 小时以前的。") % {"n": hours}, _("丢了数据，只能回到那个时候。"),
            _("看一看计划任务为什么没有运行 kepu backup。"),
        )  # fmt: skip
    else:
        yield fine("backups.fresh", _("最近的备份是 %(n)d 小时以前的。") % {"n": hours})
    if wrong := wrong_with(newest):
        yield fault(
            "backups.whole", _("备份 %(name)s 打不开：%(wrong)s") % {"name": newest.name, "wrong": wrong},
            _("要用的时候才发现就晚了。"), _("重新运行 kepu backup，再检查磁盘。"),
        )  # fmt: skip
    else:
        yield fine("backups.whole", _("最近的备份可以打开。"))
    if connection.vendor == "sqlite" and _same_disk(folder, Path(str(connection.settings_dict["NAME"]))):
        yield warning(
            "backups.elsewhere", _("备份和数据库在同一块磁盘上。"), _("磁盘坏了，两样一起丢。"),
            _("把备份目录放到另一块磁盘，或每天抄走一份。"),
        )  # fmt: skip


def _same_disk(one: Path, other: Path) -> bool:
    return other.exists() and os.stat(one).st_dev == os.stat(other).st_dev
