"""The web's part of the settings: what a request passes through, where templates and sessions are, what browsers may do.

``base`` takes everything from here. A place of running (``production``, ``demo``, ``dev``, ``test``) changes little.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parents[2]

WEB_APPS = [
    "kepu.web",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# The order matters: what guards every answer stands first, what needs the person stands after the session.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kepu.web.middleware.language",
    "kepu.web.middleware.readable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kepu.web.middleware.instant",
    "kepu.web.middleware.actor",
    "kepu.web.limits.Middleware",
    "kepu.web.readonly.middleware",  # the innermost: the session may be saved after a page, the page itself may not write
]

ROOT_URLCONF = "kepu.config.urls"
WSGI_APPLICATION = "kepu.config.wsgi.application"

_loaders: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Ours come before those of the packages, whose account pages we replace.
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _loaders)]),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "kepu.web.templatetags.kepu",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kepu.web.context.face",
            ],
        },
    }
]

# Signing in

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2

ACCOUNT_ADAPTER = "kepu.web.signin.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "kepu.web.signin.forms.SignInForm",
    "change_password": "kepu.web.signin.forms.ChangePasswordForm",
    "reset_password": "kepu.web.signin.forms.ForgottenPasswordForm",
    "reset_password_from_key": "kepu.web.signin.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's mailbox is not told that somebody typed it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# allauth's own generator writes while it checks a link; Django's only reads, and ties the link to the address as well
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
# per address and per account; a whole office often shares one address
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/5m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reset_password": "20/h/ip,3/10m/key",
    "reset_password_from_key": "20/h/ip",
}
# How many proxies of our own stand in front: the address before them is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEPU_TRUSTED_PROXIES", "0"))

# Sessions and cookies. A session lives in the database, so every process and machine knows it; it ends with the
# browser and after half a day, because many filers share a computer. Flash messages travel in a signed cookie, so
# that showing one writes nothing.

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "kepu_session"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CSRF_COOKIE_NAME = "kepu_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kepu.web.shared.errors.csrf"
LANGUAGE_COOKIE_NAME = "kepu_language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

LOCALE_PATHS = [PACKAGE / "locale"]

# Caches. ``default`` is this process's own memory, for what may be forgotten at any time. Attempts to sign in are
# counted in ``throttle``, in the database: every process and every machine must see the same count, a restart must not
# forget it, and there is nothing to install. It is touched only when somebody posts a password.

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
    "throttle": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_throttle",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}
# What one person, unit or address may ask for: a multiple of the budgets in kepu.web.limits; 0 counts nothing.
KEPU_LIMITS = float(os.environ.get("KEPU_LIMITS", "1"))

# Static files: plain here; production makes them compressed and named by their content.

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False

# What a browser may do with our pages: everything of ours comes from us, nothing stands inline, nobody frames us.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "geolocation",
                    "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb")
}  # fmt: skip
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    10_000  # a table of sixty columns is a form with more than a thousand controls
)

# What a page does when it tries to write: "raise" where we develop and test, "log" where people work.
KEPU_READ_ONLY_PAGES = "raise"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KEPU_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # a crawler that asks for another name is answered with 400; no need to tell the story of it
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
    },
}

SITE_NAME = _("全国科普日")
