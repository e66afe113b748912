"""Files and room: the pages' own files are gathered, and the disk is not about to be full."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning

TIGHT, FULL = 2_000_000_000, 200_000_000  # bytes left


def findings(_at: datetime) -> Iterator[Finding]:
    root = settings.STATIC_ROOT
    if root:
        if (Path(root) / "staticfiles.json").is_file():
            yield fine("files.static", _("样式和脚本已经收集好。"))
        else:
            yield fault(
                "files.static", _("%(folder)s 里没有收集好的样式和脚本。") % {"folder": root}, _("页面没有样式，按钮不起作用。"),
                _("运行 kepu setup。"),
            )  # fmt: skip
    yield _room()


def _room() -> Finding:
    folder = (
        Path(str(connection.settings_dict["NAME"])).parent if connection.vendor == "sqlite" else Path(".")
    )
    free = shutil.disk_usage(folder).free
    left = {"n": free / 1_000_000_000, "folder": folder.resolve()}
    if free < FULL:
        return fault(
            "files.room", _("磁盘快满了：%(folder)s 只剩 %(n).1f GB。") % left, _("满了以后，谁也交不上来。"), _("马上腾出空间。"),
        )  # fmt: skip
    if free < TIGHT:
        return warning(
            "files.room", _("磁盘空间不多：%(folder)s 还剩 %(n).1f GB。") % left, _("备份和日志会先占满它。"), _("这几天内腾出空间。"),
        )  # fmt: skip
    return fine("files.room", _("磁盘还有 %(n).1f GB。") % left)
