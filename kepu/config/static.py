"""Static files for production: named by their content and compressed, our scripts that import each other included."""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    # Only our own folder: a package may carry scripts that import what only a bundler would find.
    patterns = (*HashedFilesMixin.patterns, ("js/*.js", _IMPORTS))
