"""The web's part of the settings: what a request passes through, where templates and sessions are, what browsers may do.

``base`` takes everything from here. A place of running (``production``, ``demo``, ``dev``, ``test``) changes little.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kepu.config import shared_cache
from kepu.config.sign_in import parse_providers, read_keys

PACKAGE = Path(__file__).resolve().parents[2]

WEB_APPS = [
    "kepu.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "csp",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# The order matters: what guards every answer stands first, what needs the person stands after the session.
MIDDLEWARE = [
    "kepu.web.remembering.Middleware",
    "django.middleware.security.SecurityMiddleware",
    "kepu.web.policy.Middleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kepu.web.middleware.look",
    "kepu.web.middleware.language",
    "kepu.web.middleware.readable",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kepu.web.signin.sessions.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kepu.web.middleware.instant",
    "kepu.web.middleware.actor",
    "kepu.web.limits.Middleware",
    "kepu.web.readonly.middleware",  # the innermost: the session may be saved after a page, the page itself may not write
]

# Seconds for which a process remembers an answer for everybody (kepu.web.remembering); 0 remembers none.
KEPU_REMEMBER = 0.0
# Shared caches in front that are told what has changed (kepu.core.purging), and for how long they keep a page at most.
_shared = shared_cache.read(os.environ)
KEPU_PURGE, KEPU_PURGE_SECRET, KEPU_SHARED_SECONDS = _shared.addresses, _shared.secret, _shared.seconds

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
    "request_login_code": "kepu.web.signin.forms.AskForCodeForm",
    "confirm_login_code": "kepu.web.signin.forms.CodeForm",
    "reauthenticate": "kepu.web.signin.forms.PasswordAgainForm",
    "confirm_reauthentication_code": "kepu.web.signin.forms.CodeForm",
    "change_password": "kepu.web.signin.forms.ChangePasswordForm",
    "set_password": "kepu.web.signin.forms.FirstPasswordForm",
    "reset_password": "kepu.web.signin.forms.ForgottenPasswordForm",
    "reset_password_from_key": "kepu.web.signin.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's mailbox is not told that somebody typed it
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns an account hears of every change to how it is signed in to
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# allauth's own generator writes while it checks a link; Django's only reads, and ties the link to the address as well
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = False  # asked for anew, it is counted anew
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# How often in which time, for what is no password; those are counted by kepu.web.signin.throttle.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "5/5m/key,30/d/key",  # second steps: whoever is asked for one knew the password
    "request_login_code": "20/h/ip,3/10m/key,10/d/key",
    "reauthenticate": "10/5m/user",
    "change_password": "5/m/user",
    "reset_password": "20/h/ip,3/10m/key",
    "reset_password_from_key": "20/h/ip",
}
# Wrong passwords: five in a row are free, then the wait grows. A browser in which this very account was signed in to
# before is counted by itself, so nobody else's guesses stand in its owner's way. docs/signing-in.md argues the numbers.
KEPU_PASSWORD_LIMITS = {
    "flood": "60/m/ip",  # anything posted to the sign-in page, right or wrong; a whole office often shares one address
    "address": "30/5m/ip,300/d/ip",
    "pair": "5/5m/key,10/h/key,20/d/key",  # one address at one account
    "account": "20/h/key,100/d/key",  # all unknown browsers at one account
    "known": "5/5m/key,15/h/key,40/d/key",  # one known browser at its account
}

# Codes that confirm a new mail address or phone number.
KEPU_CODE_LIMITS = {"sent": "30/h/ip,1/30s/key,5/h/key,10/h/user", "tried": "30/h/user"}

# The second step

MFA_ADAPTER = "kepu.web.signin.second_step.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "kepu.web.signin.forms.SecondStepForm",
    "reauthenticate": "kepu.web.signin.forms.SecondStepAgainForm",
    "activate_totp": "kepu.web.signin.forms.ActivateTotpForm",
    "add_webauthn": "kepu.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "kepu.web.signin.forms.RenamePasskeyForm",
}
# Whoever holds one of these posts must sign in with a second step; recommended: coordinator,operator,auditor.
KEPU_SECOND_STEP_ROLES = [role for role in os.environ.get("KEPU_SECOND_STEP_ROLES", "").split(",") if role]

# Signing in elsewhere, and elsewhere with us (OpenID Connect)

SOCIALACCOUNT_ADAPTER = "kepu.web.signin.elsewhere.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
KEPU_SIGN_IN_PROVIDERS = parse_providers(os.environ.get("KEPU_SIGN_IN_PROVIDERS", ""))
IDP_OIDC_ADAPTER = "kepu.web.signin.issuing.Adapter"
IDP_OIDC_PRIVATE_KEYS = read_keys(os.environ.get("KEPU_OIDC_KEYS", ""))
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

# Where one-time codes go by text message: the dotted path of a kepu.accounts.sms.Sender; "" where there is none.
KEPU_SMS_SENDER = os.environ.get("KEPU_SMS_SENDER", "")

# How many proxies of our own stand in front: the address before them is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KEPU_TRUSTED_PROXIES", "0"))

# Sessions and cookies. A session lives in the database, closed with the keys of the installation; it ends with the
# browser, after half a day and when nobody touched it for two hours, because many filers share a computer. Flash messages travel in a signed cookie, so
# that showing one writes nothing.

SESSION_ENGINE = "kepu.web.signin.sessions"
SESSION_COOKIE_NAME = "kepu_session"
SESSION_COOKIE_AGE = 60 * 60 * 12
KEPU_IDLE_MINUTES = int(os.environ.get("KEPU_IDLE_MINUTES", "120"))
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
    # what is drawn once for each copy of an activity and asked for again and again, such as the events of a calendar
    "drawn": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "drawn",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # compilations just made: some hundred kB each, a few MB at most
    "compilations": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "compilations",
        "OPTIONS": {"MAX_ENTRIES": 12},
    },
    # posters that were drawn: some 300 kB each
    "posters": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "posters",
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
}
# What one person, unit or address may ask for: a multiple of the budgets in kepu.web.limits; 0 counts nothing.
KEPU_LIMITS = float(os.environ.get("KEPU_LIMITS", "1"))

# Static files: plain here; production makes them compressed and named by their content.

STATIC_URL = "/static/"
STORAGES: dict[str, dict[str, Any]] = {
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
    for feature in ("accelerometer", "autoplay", "camera", "display-capture", "fullscreen", "gyroscope",
                    "magnetometer", "microphone", "midi", "payment", "usb")
} | {"geolocation": ["self"]}  # where an activity is held, when its filer asks for it; the browser asks again  # fmt: skip
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "kepu.web.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
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
