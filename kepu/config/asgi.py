"""The application for an ASGI server. WSGI serves these pages several times faster; use it unless you must not."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kepu.config.settings.production")
application = get_asgi_application()
