"""Where people work. Everything that differs between two places of work comes in from the environment:

KEPU_SECRET_KEY          signs cookies and links; without it Kepu does not start
KEPU_FORMER_SECRET_KEYS  keys before that one, with commas between, for as long as what they signed shall be good
KEPU_PERSONAL_KEYS       close phone numbers in the database; name:key, the newest first, with commas between.
                         Without them Kepu does not start; lost, what they closed is lost: keep them apart from the backups
KEPU_HOSTS               the names it answers to, with commas between
KEPU_PUBLIC_URL          where people open it, such as https://kepu.example.cn; links in mails begin with it
KEPU_DATABASE_URL        postgresql://user:password@host:5432/name, or sqlite:///file; else an SQLite file in KEPU_DATA_DIR
KEPU_DATA_DIR            a folder for that file and for ``files``; ``var`` unless said otherwise
KEPU_FILES_DIR           where files that people hand in are kept, if not there; readable by nobody but Kepu
KEPU_FILES_STORAGE       another storage for them as JSON, such as an S3 bucket: docs/running.md
KEPU_HTTPS=0             only inside a network without https; otherwise every visit is sent there
KEPU_TRUSTED_PROXIES     how many proxies of ours stand in front
KEPU_STATIC_DIR          where ``collectstatic`` puts the static files
KEPU_MAIL_HOST, KEPU_MAIL_PORT, KEPU_MAIL_USER, KEPU_MAIL_PASSWORD, KEPU_MAIL_FROM
                         who carries letters: a forgotten password is reset by mail; 587 is STARTTLS, 465 TLS
KEPU_BACKUP_DIR          where ``kepu backup`` puts its copies and ``kepu doctor`` looks for a fresh one; best on another disk
KEPU_OUTGOING_NETWORKS   private networks to which units may have messages pushed, such as 10.20.0.0/16; none unless said
KEPU_OUTGOING_HTTP=1     lets them be pushed over http as well, inside such a network
KEPU_CHECK_LINKS=0       never looks whether the web addresses of online activities can be opened; see docs/cloud-hall.md
KEPU_ANCHOR_MAIL         where the daily anchor of the trace goes, with commas between; see docs/trace.md
KEPU_SECOND_STEP_ROLES   posts that need a second step at sign-in, with commas between; recommended: coordinator,operator,auditor
KEPU_IDLE_MINUTES        after how long without use a browser is signed out; 120 unless said otherwise
KEPU_SMS_SENDER          dotted path of the class that carries text messages; see kepu/accounts/sms.py
KEPU_SIGN_IN_PROVIDERS   where else people may sign in, as JSON, and
KEPU_OIDC_KEYS           files of the keys with which we vouch for our people: docs/signing-in.md
KEPU_FONTS               a folder with 仿宋_GB2312, 方正小标宋简体 … for the PDF of a notice; without it a stand-in is used
KEPU_REMEMBER            seconds for which a process remembers an answer for everybody; 2 unless said otherwise, 0 remembers none
KEPU_PURGE               addresses of shared caches in front that are told what has changed (PURGE), with commas between, and
KEPU_PURGE_SECRET        what they know us by. Then they may keep pages for
KEPU_SHARED_SECONDS      3 to 300 seconds; 3 unless said otherwise: docs/running.md
KEPU_LIMITS              how many times the usual a person, a unit or an address may ask for; 1 unless said otherwise, 0 counts nothing
KEPU_REMIND_WORKING_DAYS  units that have not opened a notice are reminded so many working days before a deadline: 2; 0 for never
KEPU_TRAINING_URL        where the training space is opened, if there is one (kepu training open, settings.training)
KEPU_TRAINING_DATABASE_URL  its database; without it an SQLite file beside the real one
KEPU_LOG_LEVEL           INFO unless said otherwise
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from kepu.config.settings.base import *  # noqa: F403
from kepu.config.settings.base import (
    ALLAUTH_TRUSTED_PROXY_COUNT,
    KEPU_PERSONAL_KEYS,
    KEPU_REHEARSAL,
    SECRET_KEY,
    STORAGES,
)
from kepu.core.keys import parse as parse_keys

DEBUG = False
KEPU_READ_ONLY_PAGES = "log"

if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured(
        "KEPU_SECRET_KEY is missing or shorter than 32 characters. Make one and keep it: "
        'python -c "import secrets; print(secrets.token_urlsafe(48))"'
    )
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("KEPU_FORMER_SECRET_KEYS", "").split(",") if key]

try:
    if not parse_keys(KEPU_PERSONAL_KEYS):
        raise ValueError("it is empty")
except ValueError as fault:
    raise ImproperlyConfigured(
        f"KEPU_PERSONAL_KEYS: {fault}. Make one and keep it, apart from the backups: "
        "python -c \"import base64, os; print('k1:' + base64.urlsafe_b64encode(os.urandom(32)).decode())\""
    ) from None

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("KEPU_HOSTS", "").split(",") if host.strip()]
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "KEPU_HOSTS is missing: say which names this site answers to, such as kepu.example.cn"
    )

EMAIL_HOST = os.environ.get("KEPU_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KEPU_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KEPU_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KEPU_MAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("KEPU_MAIL_FROM", f"kepu@{ALLOWED_HOSTS[0].lstrip('.')}")

KEPU_REMEMBER = float(os.environ.get("KEPU_REMEMBER", "2"))
STATIC_ROOT = Path(os.environ.get("KEPU_STATIC_DIR", "staticfiles")).resolve()
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "kepu.config.static.HashedStaticFiles"}}

if os.environ.get("KEPU_HTTPS", "1") != "0":
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if KEPU_REHEARSAL:
    from kepu.config.settings.rehearsing import *  # noqa: F403
