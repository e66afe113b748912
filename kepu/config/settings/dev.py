"""For a developer's machine: errors in full, mail on the terminal."""

from kepu.config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-development"
KEPU_PERSONAL_KEYS = "dev:" + "A" * 43 + "="
DEBUG = True
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
KEPU_SMS_SENDER = "kepu.accounts.sms.ConsoleSender"
KEPU_CHECK_LINKS = False
