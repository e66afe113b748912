"""A rehearsal on one machine: its own database file, its own clock, mail to the screen.

The data directory (``KEPU_DATA_DIR``, ``./var`` unless said otherwise) keeps the database and the keys, so that
a restart finds everything again.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from kepu.config.database import database
from kepu.config.settings.base import *  # noqa: F403
from kepu.config.settings.rehearsing import *  # noqa: F403

DATA_DIR = Path(os.environ.get("KEPU_DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _kept(name: str, fresh: Callable[[], str]) -> str:
    """A key in the data directory; made at the first start. Only its owner may read it."""
    path = DATA_DIR / name
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(fresh())
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _kept("secret-key", lambda: secrets.token_urlsafe(48))
KEPU_PERSONAL_KEYS = _kept(
    "personal-keys", lambda: "demo:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
)
ALLOWED_HOSTS = os.environ.get("KEPU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
KEPU_REHEARSAL = True
DATABASES = {"default": {**database("sqlite:///kepu.sqlite3"), "NAME": DATA_DIR / "kepu.sqlite3"}}
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
KEPU_SMS_SENDER = "kepu.accounts.sms.ConsoleSender"
WHITENOISE_USE_FINDERS = True  # nothing to collect before the first look
