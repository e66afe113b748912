"""The unit that the person at this browser acts for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed
from kepu.orgs.models import Unit
from kepu.web.request import Request


def unit_of(request: Request) -> Unit:
    """The unit acted for; behind ``@workspace`` there always is one."""
    unit = request.actor.unit
    assert unit is not None
    return unit


def check_same_unit(request: Request) -> None:
    """The form was opened for the unit now acted for: in another tab one may have become another since."""
    opened_for = request.POST.get("unit", "")
    if opened_for and opened_for != str(request.actor.unit_id):
        raise NotAllowed(
            _(
                "打开这张表以后，您换成了代表“%(unit)s”。要用原来的单位，请先切换回去；再存一次，就以“%(unit)s”的名义保存。"
            )
            % {"unit": unit_of(request).name}
        )
