"""Static files for production: named by their content and compressed, our scripts that import each other included, and
the style sheets of every page joined into one. Where we develop they stay the files that we write: there is no build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kepu.web.stylesheets import JOINED, STYLESHEETS

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]
_COMMENTS = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def joined(sheets: list[str]) -> str:
    """Style sheets one after the other, without what is written for us only. Layers keep each in its place."""
    return "\n".join(_COMMENTS.sub("", sheet).strip() for sheet in sheets) + "\n"


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    joins_stylesheets = True
    # Only our own folder: a package may carry scripts that import what only a bundler would find.
    patterns = (*HashedFilesMixin.patterns, ("js/*.js", _IMPORTS))

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run and all(name in paths for name in STYLESHEETS):
            self._join(paths)
        yield from super().post_process(paths, dry_run, **options)

    def _join(self, paths: dict[str, Any]) -> None:
        """Write the one sheet beside the others; it gets its name and its compressed copies as they do."""
        sheets = []
        for name in STYLESHEETS:
            storage, path = paths[name]
            with storage.open(path) as sheet:
                sheets.append(sheet.read().decode("utf-8"))
        if self.exists(JOINED):
            self.delete(JOINED)
        self.save(JOINED, ContentFile(joined(sheets).encode("utf-8")))
        paths[JOINED] = (self, JOINED)
