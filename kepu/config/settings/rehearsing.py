"""What every space for practising has its own of: cookies, so that a browser holds both sign-ins; mail, which goes nowhere."""

SESSION_COOKIE_NAME = "kepu_training_session"
CSRF_COOKIE_NAME = "kepu_training_csrf"
LANGUAGE_COOKIE_NAME = "kepu_training_language"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST = EMAIL_HOST_USER = EMAIL_HOST_PASSWORD = ""
KEPU_SMS_SENDER = ""
KEPU_ANCHOR_MAIL: list[str] = []
KEPU_OUTGOING_NETWORKS: list[str] = []
KEPU_CHECK_LINKS = False
KEPU_PURGE: tuple[str, ...] = ()  # no cache keeps a page of it
