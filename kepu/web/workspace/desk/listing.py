"""The desk's front: drafts in hand, and the notices of our area that are in force."""

from __future__ import annotations

from django.http import HttpResponse

from kepu.core.paging import page as page_of
from kepu.notices.models import DraftState, Season
from kepu.notices.queries import drafts_for, seasons_with_drafts
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.desk.finding import notices_of
from kepu.web.workspace.seasons import in_season

FEW = 60


@workspace(roles=(Role.COORDINATOR,))
@in_season
@reads
def desk(request: Request, season: Season) -> HttpResponse:
    """Drafts first, then what was issued, of one season; another one in hand is a tab. Four queries beside the frame's."""
    current = season
    seasons = seasons_with_drafts(request.actor, current)
    season = next((one for one, _n in seasons if one.code == request.GET.get("season")), current)
    drafts = list(drafts_for(request.actor, season).filter(state=DraftState.OPEN)[:FEW])
    listed = page_of(
        notices_of(request, season), order=("place_id", "id"), cursor=request.GET.get("cursor", ""), size=30
    )
    tabs = [
        {"label": one.name, "url": f"?season={one.code}", "count": n, "current": one == season}
        for one, n in seasons
    ]
    context = {
        "season": season, "drafts": drafts, "page": listed, "tabs": tabs if len(tabs) > 1 else [],
        "is_current": season == current,
    }  # fmt: skip
    return page(request, "workspace/desk/list.html", context)
