"""Whether places are left, said with one press on the activity's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import tell_places
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes


@workspace
@writes(back="workspace:activity")
def places(request: Request, pk: int) -> HttpResponse:
    """Full, or places left again: as the button says, whatever another tab has said meanwhile."""
    activity = get_object_or_404(rules.visible_to(request.actor), pk=pk)
    full = request.POST.get("full") == "yes"
    tell_places(activity, full=full, by=request.actor, at=request.at)
    said = _("已标明名额已满，公众已经看到。") if full else _("已标明还有名额，公众已经看到。")
    return done(request, said, to="workspace:activity", pk=pk)
