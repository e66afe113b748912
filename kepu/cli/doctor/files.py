"""Files and room: the pages' own files are gathered, and the disk is not about to be full."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.utils.translation import gettext as _

from kepu.cli.doctor.finding import Finding, fault, fine, warning
from kepu.core.files import is_kept
from kepu.core.models import StoredFile

TIGHT, FULL = 2_000_000_000, 200_000_000  # bytes left
LOOKED_AT = 20  # of the newest files


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
    yield _kept()


def _kept() -> Finding:
    """Where files that people hand in are kept: that it can be written, and that nobody else reads it."""
    storage = storages["kept"]
    what, why = _("交来的图片存不下来。"), _("填报照常，海报和图片传不上去。")
    if not isinstance(storage, FileSystemStorage):
        lost = _lost()
        return lost or fine("files.kept", _("交来的文件存放在 %(kind)s。") % {"kind": type(storage).__name__})
    folder = Path(storage.location)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as wrong:
        return fault(
            "files.kept", f"{what}{wrong}", why,
            _("让运行网站的账号可以写 %(folder)s，或用 KEPU_FILES_DIR 换一个目录。") % {"folder": folder},
        )  # fmt: skip
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return warning(
            "files.kept", _("存放文件的目录 %(folder)s 别的账号也能进。") % {"folder": folder},
            _("没有公开的图片也在里面。"), _("运行 chmod 700 %(folder)s。") % {"folder": folder},
        )  # fmt: skip
    return _lost() or fine(
        "files.kept", _("交来的文件存放在 %(folder)s，只有运行网站的账号能读。") % {"folder": folder}
    )


def _lost() -> Finding | None:
    """Whether the newest files are where the database says."""
    newest = StoredFile.objects.filter(sweep_from__isnull=True).order_by("-kept_at", "pk")
    lost = sum(not is_kept(digest) for digest in newest.values_list("pk", flat=True)[:LOOKED_AT])
    if not lost:
        return None
    return fault(
        "files.kept", _("最近交来的文件里有 %(n)d 个找不到。") % {"n": lost}, _("页面上的图片打不开。"),
        _("核对 KEPU_FILES_DIR；换过机器的，从备份里的 files 目录拷回来。"),
    )  # fmt: skip


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
