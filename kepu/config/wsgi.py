"""The application for a WSGI server: ``granian --interface wsgi kepu.config.wsgi:application``."""

import logging
import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kepu.config.settings.production")
_django = get_wsgi_application()

from kepu.core import space  # noqa: E402  models are there only now

_entered = False  # whether this process has seen that the database is of its space


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Django's, which reads every query and every form as UTF-8. Before its first answer it looks where it is."""
    global _entered
    if not _entered:
        try:
            space.enter()
            _entered = True
        except space.WrongSpace as wrong:
            logging.getLogger(__name__).error("%s", wrong)
            start_response("503 Service Unavailable", [("Content-Type", "text/plain; charset=utf-8")])
            return [str(wrong).encode()]
        except (
            DatabaseError
        ):  # it does not answer or has no tables: nothing can be mixed up, and the page says so
            pass
    return _django(in_utf_8(environ), start_response)


def in_utf_8(environ: dict[str, Any]) -> dict[str, Any]:
    """The request without a charset of its visitor's choice.

    A charset that a visitor names would choose how they are decoded: some are no charset of text, which fails before
    anything of ours can answer, and some make text that no database keeps.
    """
    kind, *parameters = environ.get("CONTENT_TYPE", "").replace("\0", "").split(";")
    kept = [one for one in parameters if not one.strip().lower().startswith("charset")]
    return {**environ, "CONTENT_TYPE": ";".join([kind, *kept])}
