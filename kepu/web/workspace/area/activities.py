"""The activities of an area, for whoever oversees it: to read, also where another unit reviews (DG-50)."""

from __future__ import annotations

from django.http import HttpResponse

from kepu.activities import queries
from kepu.core.paging import page as page_of
from kepu.notices.models import Season
from kepu.orgs.actor import OVERSEEING
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, workspace
from kepu.web.workspace.activities.showing import moment
from kepu.web.workspace.area.scope import area_in_scope
from kepu.web.workspace.seasons import in_season

PER_PAGE = 40


@workspace(roles=OVERSEEING)
@reads
@in_season
def area_activities(request: Request, season: Season, code: str) -> HttpResponse:
    """What was handed in in the area, place by place."""
    place = area_in_scope(request.actor, code)
    found = queries.area_activities(request.actor, season, place.path)
    listed = page_of(found, order=queries.AREA_ORDER, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    rows = [(one, moment(one.starts_at) if one.starts_at else "") for one in listed.items]
    return page(request, "workspace/area/activities.html", {"place": place, "page": listed, "rows": rows})
