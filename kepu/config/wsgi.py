"""The application for a WSGI server: ``granian --interface wsgi kepu.config.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kepu.config.settings.production")
application = get_wsgi_application()
