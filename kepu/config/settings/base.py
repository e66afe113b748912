"""What every installation shares. What differs between installations comes from the environment."""

import json
import os
from pathlib import Path
from urllib.parse import quote

from kepu.config.database import database
from kepu.config.settings.web import *  # noqa: F403
from kepu.config.settings.web import STORAGES, WEB_APPS

SECRET_KEY = os.environ.get("KEPU_SECRET_KEY", "")
DEBUG = False
# What closes phone numbers in the database: name:key, the newest first, with commas between.
KEPU_PERSONAL_KEYS = os.environ.get("KEPU_PERSONAL_KEYS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    *WEB_APPS,
    "kepu.core",
    "kepu.accounts",
    "kepu.orgs",
    "kepu.notices",
    "kepu.activities",
    "kepu.intake",
    "kepu.returns",
    "kepu.support",
    "kepu.oversight",
    "kepu.privacy",
    "kepu.rehearsal",
]

_data = Path(os.environ.get("KEPU_DATA_DIR", "var")).resolve()
DATABASES = {
    "default": database(
        os.environ.get("KEPU_DATABASE_URL") or f"sqlite:///{quote(str(_data / 'kepu.sqlite3'))}"
    )
}
# Where files that people hand in are kept: a folder, or any storage of Django's named in JSON (docs/running.md).
_files = {"location": os.environ.get("KEPU_FILES_DIR") or str(_data / "files")}
STORAGES = {
    **STORAGES,
    "kept": json.loads(os.environ.get("KEPU_FILES_STORAGE") or "null")
    or {"BACKEND": "kepu.core.files.storage.Folder", "OPTIONS": _files},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kepu.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "kepu.accounts.passwords.NotCommon"},
    {"NAME": "kepu.accounts.passwords.NotGuessable"},
    {"NAME": "kepu.accounts.passwords.NotLikeThePerson"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
FORMAT_MODULE_PATH = "kepu.config.formats"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# A rehearsal space (演练) has a clock of its own and made-up units; never set where a real season runs.
KEPU_REHEARSAL = os.environ.get("KEPU_REHEARSAL", "") in ("1", "true", "yes")
# A training space beside a real one: where it is, and in which database (settings.training says more).
KEPU_TRAINING = False
KEPU_TRAINING_URL = os.environ.get("KEPU_TRAINING_URL", "").rstrip("/")
KEPU_TRAINING_DATABASE_URL = os.environ.get("KEPU_TRAINING_DATABASE_URL", "")
KEPU_REAL_URL = ""
# Where messages may be pushed besides public https addresses: networks of our own, and plain http inside them.
KEPU_OUTGOING_NETWORKS = [n for n in os.environ.get("KEPU_OUTGOING_NETWORKS", "").split(",") if n.strip()]
KEPU_OUTGOING_HTTP = os.environ.get("KEPU_OUTGOING_HTTP", "") == "1"
# Whether the worker looks whether the web addresses of online activities can be opened; 0 where nothing may leave the
# network. A space for practising never looks.
KEPU_CHECK_LINKS = os.environ.get("KEPU_CHECK_LINKS", "1") == "1"
# A folder for whole copies of the database (kepu backup), best on another disk.
KEPU_BACKUP_DIR = os.environ.get("KEPU_BACKUP_DIR", "")
# Where people open this site; links in mails begin with it.
KEPU_PUBLIC_URL = os.environ.get("KEPU_PUBLIC_URL", "http://localhost:8000").rstrip("/")
# Where the daily anchor of the trace is mailed: somebody outside the administration of this system; commas between.
KEPU_ANCHOR_MAIL = [to.strip() for to in os.environ.get("KEPU_ANCHOR_MAIL", "").split(",") if to.strip()]
# A folder with the faces of official documents (仿宋_GB2312, 方正小标宋简体 …), for the PDF of a notice; without it a
# stand-in draws what the system does not have.
KEPU_FONTS = os.environ.get("KEPU_FONTS", "")
# So many working days before something is due that a notice asks of a unit, the unit is reminded once if it has not
# opened the notice; 0 for never.
KEPU_REMIND_WORKING_DAYS = int(os.environ.get("KEPU_REMIND_WORKING_DAYS", "2"))
