"""Reminding a unit below of the reviews that are late with it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.activities.actions import remind_reviewers
from kepu.notices.models import Season
from kepu.orgs.models import Role
from kepu.orgs.queries import units_in_scope
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes
from kepu.web.workspace.seasons import in_season


@workspace(roles=(Role.COORDINATOR,))
@in_season
@writes
def reminder(request: Request, season: Season, pk: int) -> HttpResponse:
    """Remind it, once a day."""
    unit = get_object_or_404(units_in_scope(request.actor), pk=pk)
    n = remind_reviewers(unit, season, by=request.actor, at=request.at)
    sentence = _("已提醒“%(unit)s”：有%(n)s项超期。") % {"unit": unit.name, "n": n}
    return done(request, sentence, to=f"{reverse('workspace:reviews')}?tab=below")
