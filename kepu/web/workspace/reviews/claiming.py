"""Taking a filing in hand, and letting go of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kepu.activities import rules
from kepu.activities.actions import claim_activity, release_activity
from kepu.web.request import Request
from kepu.web.shared.views import done, workspace, writes, written
from kepu.web.workspace.reviews.views import reviewed


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def claim(request: Request, pk: int) -> HttpResponse:
    """Take it in hand for today, from a colleague with a word."""
    activity = reviewed(request.actor, pk)
    claim_activity(activity, words=written(request, "words", 500), by=request.actor, at=request.at)
    return done(request, _("已认领，今天由您来看。"), to="workspace:review", pk=pk)


@workspace(roles=rules.REVIEWING)
@writes(back="workspace:review")
def release(request: Request, pk: int) -> HttpResponse:
    """Let go of it."""
    release_activity(reviewed(request.actor, pk), by=request.actor, at=request.at)
    return done(request, _("已放下，同事可以接着看。"), to="workspace:review", pk=pk)
