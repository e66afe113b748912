"""To whom applications go: the nearest coordinator above, and the next one when that changes."""

from __future__ import annotations

from kepu.core.db import in_transaction
from kepu.core.fields import under
from kepu.orgs.coming import ApplicationKind
from kepu.orgs.coming_queries import who_decides
from kepu.orgs.models import Application, Line, Place


def receiver_of(application: Application) -> int | None:
    """The unit that decides; a unit that is claimed does not decide on who claims it."""
    but = application.unit_id if application.kind != ApplicationKind.NEW else None
    return who_decides(application.place_path, application.line_path, but=but)


@in_transaction
def send_anew(node: Place | Line) -> None:
    """Who coordinates a place or line has changed: what waits there goes to whoever is nearest now."""
    column = "place_path" if isinstance(node, Place) else "line_path"
    for application in Application.objects.open().filter(under(column, node.path)).order_by("pk"):
        receiver = receiver_of(application)
        if receiver != application.receiver_id:
            Application.objects.filter(pk=application.pk).update(receiver_id=receiver)
