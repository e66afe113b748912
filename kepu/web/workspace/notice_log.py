"""The whole log of a notice, page by page: for whoever works under it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from kepu.notices.models import Notice
from kepu.notices.queries import log_page
from kepu.oversight.trace.rules import may_read_rows
from kepu.web.request import Request
from kepu.web.shared.differences import shown_log
from kepu.web.shared.views import page, reads, workspace

PER_PAGE = 20


@workspace
@reads
def log(request: Request, season: str, code: str) -> HttpResponse:
    """What was done with a notice and by the notices below it, the newest first."""
    notices = Notice.objects.select_related("season", "place", "line")
    notice = get_object_or_404(notices, season__code=season, code=code)
    found = log_page(notice, cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    context = {
        "notice": notice,
        "lines": shown_log(found.lines, notice),
        "page": found,
        "may_trace": may_read_rows(request.actor, notice.issuer_unit_id, notice.place.path),
    }
    return page(request, "workspace/notice-log.html", context)
