"""A folder of this machine as a storage: a file is there whole under its name, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PARTIAL = "partial"


class Folder(FileSystemStorage):
    """Only its owner reads it. A file is written under another name, made durable, and only then called by its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700, **kwargs}
        super().__init__(*args, **kwargs)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name  # the name says the content: there is no other by this name

    def _save(self, name: str, content: File[Any]) -> str:
        final = Path(self.path(name))
        # parents that mkdir makes along the way do not get the mode: the folder itself comes first, and closes all below
        Path(self.location).mkdir(mode=0o700, parents=True, exist_ok=True)
        final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = Path(self.path(PARTIAL), f"{final.name}.{secrets.token_hex(4)}")
        partial.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, final)
        finally:
            partial.unlink(missing_ok=True)
        return name

    def drop_partials(self, *, before: datetime) -> None:
        """Delete what processes that died while writing have left behind."""
        folder = Path(self.path(PARTIAL))
        for left in folder.iterdir() if folder.is_dir() else ():
            if left.stat().st_mtime < before.timestamp():
                left.unlink(missing_ok=True)

    def clear(self, top: str) -> None:
        """Delete everything whose name begins with a folder."""
        shutil.rmtree(self.path(top), ignore_errors=True)
