"""For the tests: SQLite in a file, or PostgreSQL where KEPU_TEST_DATABASE_URL (or KEPU_DB=postgres and PG*) says so."""

import os
import tempfile
from pathlib import Path

from kepu.config.database import database
from kepu.config.settings.base import *  # noqa: F403
from kepu.config.settings.base import STORAGES

_url = os.environ.get("KEPU_TEST_DATABASE_URL", "")
if not _url and os.environ.get("KEPU_DB") == "postgres":
    # the rest of the address is for libpq and its PG* variables
    _url = f"postgresql:///{os.environ.get('PGDATABASE', 'kepu')}"
DATABASES = {"default": database(_url or "sqlite:///kepu-test.sqlite3")}
# A pool keeps threads and connections that would outlive the test database.
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["CONN_MAX_AGE"] = 0
if not _url:
    # a file and not memory: only a file has the write-ahead log and the locks that two connections meet with
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(tempfile.gettempdir()) / f"kepu-test-{os.getpid()}.sqlite3")
    }

SECRET_KEY = "only-for-tests"
KEPU_PERSONAL_KEYS = "test:" + "A" * 43 + "="
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; argon2 is slow on purpose
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
KEPU_REHEARSAL = False
KEPU_CHECK_LINKS = False  # a test that looks at a server of its own says so
KEPU_LIMITS = 0  # a test asks for more in a second than a person in an hour
# files die with the process that the tests run in
STORAGES = {
    **STORAGES,
    "kept": {
        "BACKEND": "kepu.core.files.storage.Folder",
        "OPTIONS": {"location": str(Path(tempfile.gettempdir()) / f"kepu-test-files-{os.getpid()}")},
    },
}
