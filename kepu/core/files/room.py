"""Whether there is room for one more file, before anything of it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage
from django.utils.translation import gettext as _

from kepu.core.refusals import Refused

RESERVE = 200_000_000  # bytes that stay for the database, whose disk is often the same


class Full(Refused):
    """No room is left for files; what is typed still goes through."""


def check_room(storage: Storage, size: int) -> None:
    """Raises :class:`Full` where a folder's disk would be left with less than the reserve. An object store has no end."""
    left = room_of(storage)
    if left is not None and left - size < RESERVE:
        raise Full(
            _("存放文件的磁盘快满了，现在不能收图片；文字内容照常可以填报。请过一会儿再传，并请告诉运维。")
        )


def room_of(storage: Storage) -> int | None:
    """Bytes left where the storage lies; None for what is no folder of this machine."""
    if not isinstance(storage, FileSystemStorage):
        return None
    folder = Path(storage.location)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
