"""For a developer's machine: errors in full, mail on the terminal."""

from kepu.config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-development"
DEBUG = True
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
