"""The unit that the person at this browser acts for."""

from __future__ import annotations

from kepu.orgs.models import Unit
from kepu.web.request import Request


def unit_of(request: Request) -> Unit:
    """The unit acted for; behind ``@workspace`` there always is one."""
    unit = request.actor.unit
    assert unit is not None
    return unit
