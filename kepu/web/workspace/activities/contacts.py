"""The contact of an activity, shown by an act: who looked stands in the trace."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import show_contact
from kepu.activities.models import Activity
from kepu.activities.queries import where_contact
from kepu.web.request import Request
from kepu.web.shared.views import page, workspace, writes


@workspace
@writes(back="workspace:activity")
def contact(request: Request, pk: int) -> HttpResponse:
    """The name and the number as they are, on a page of their own or in the place of the button."""
    activity = _found(request, pk)
    shown = show_contact(activity, by=request.actor, at=request.at)
    facts = [(Activity._meta.get_field(name).verbose_name, text) for name, text in shown.items()]  # type: ignore[union-attr]
    context = {"activity": activity, "facts": facts, "title": _("活动联系人")}
    return page(request, "workspace/activities/contact.html", context, pieces=("contact",), status=200)


def _found(request: Request, pk: int) -> Activity:
    """What the actor sees, and what names the person as its contact."""
    found = rules.visible_to(request.actor).filter(pk=pk).first()
    found = found or where_contact(request.actor.person_id).whole().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
