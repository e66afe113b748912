"""A request as our views get it, for those who read types."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from kepu.orgs.actor import Actor
    from kepu.web.looks import Look
    from kepu.web.portal.caching import Shown


class Request(HttpRequest):
    """``at``: the instant of all that happens. ``shown``: what a page of the public shows (:mod:`kepu.web.portal.caching`). ``look``: how the visitor wants pages to look. ``actor``: who acts; under ``@workspace`` there always is one."""

    at: datetime
    shown: Shown
    look: Look
    actor: Actor
    htmx: HtmxDetails
