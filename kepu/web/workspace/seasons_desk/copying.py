"""A new season begun as a copy: ask, show what would be shifted and must be looked at, open it, see how far it has come."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from pydantic import ValidationError

from kepu.core.paging import page as page_of
from kepu.core.refusals import Incomplete, verdict
from kepu.notices import queries, rules
from kepu.notices.actions import copy_season
from kepu.notices.copying import check_reach, season_after
from kepu.notices.format.schema import SeasonHeader
from kepu.notices.models import DraftOrigin, Season
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, workspace, writes
from kepu.web.workspace.seasons_desk.forms import CopyForm
from kepu.web.workspace.seasons_desk.previewing import previewed

PER_PAGE = 40


@workspace(roles=(Role.COORDINATOR,))
@reads
def new(request: Request) -> HttpResponse:
    """The form; filled in, what the copy would make of the widest notices. Nothing is written."""
    rules.check_season(request.actor)
    form = _form(request, request.GET if "first_day" in request.GET else None)
    if form is None:
        return page(request, "workspace/no-season.html")
    context: dict[str, Any] = {"form": form, "preview": None}
    if form.is_bound and form.is_valid():
        with form.keeping_refusals():
            source, header, days = _wanted(form)
            context["preview"] = previewed(source, header, days)
    return page(request, "workspace/seasons/new.html", context)


@workspace(roles=(Role.COORDINATOR,))
@writes
def opening(request: Request) -> HttpResponse:
    """Open the season; its drafts follow in the background."""
    rules.check_season(request.actor)
    form = _form(request, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        with form.keeping_refusals():
            source, header, days = _wanted(form)
            season = copy_season(source, header, days=days, by=request.actor, at=request.at)
            said = _("“%(season)s”已经开设，通知稿正在后台备办。") % {"season": season}
            return done(request, said, to="workspace:season-copying", code=season.code)
    return page(request, "workspace/seasons/new.html", {"form": form, "preview": None})


@workspace(roles=(Role.COORDINATOR,))
@reads
def progress(request: Request, code: str) -> HttpResponse:
    """How far the copying has come, and the drafts that were made for the unit acted for."""
    season = get_object_or_404(Season, code=code)
    stands = queries.copy_progress(season)
    if stands is None:
        raise Http404
    mine = queries.drafts_for(request.actor, season).filter(origin=DraftOrigin.SEASON)
    listed = page_of(
        mine.order_by(), order=("-changed_at", "-id"), cursor=request.GET.get("cursor", ""), size=PER_PAGE
    )
    context = {
        "season": season, "stands": stands, "page": listed, "rows": [(d, _link(d.pk)) for d in listed.items],
        "moving": not stands.is_finished and not stands.stalled,
        "may": verdict(rules.check_season, request.actor),
    }  # fmt: skip
    return page(request, "workspace/seasons/copying.html", context, pieces=("progress",))


@workspace(roles=(Role.COORDINATOR,))
@writes
def resuming(request: Request, code: str) -> HttpResponse:
    """Go on with a copy that has stopped. Idempotent."""
    season = get_object_or_404(Season, code=code)
    stands = queries.copy_progress(season)
    if stands is None:
        raise Http404
    copy_season(
        stands.copy.source, queries.header_of(season), days=stands.copy.days, by=request.actor, at=request.at
    )
    return done(request, _("已经接着备办。"), to="workspace:season-copying", code=season.code)


def _form(request: Request, data: Any) -> CopyForm | None:
    """The form for the season asked for, else for the one shown; None where there is none yet."""
    seasons = list(queries.seasons_listed())
    code = (data or request.GET).get("source", "")
    shown = queries.shown_season()
    source = next((season for season in seasons if season.code == code), shown)
    if source is None:
        return None
    return CopyForm(data, seasons=seasons, source=source, first=queries.first_day_of_week(source))


def _wanted(form: CopyForm) -> tuple[Season, SeasonHeader, int]:
    """The season to copy, the header of the new one and by how many days. Refuses what cannot be."""
    asked = form.cleaned_data
    source = Season.objects.get(code=asked["source"])
    first = queries.first_day_of_week(source)
    days = (asked["first_day"] - first).days
    check_reach(first, days, from_year=source.year, year=asked["year"])
    said = {name: asked[name] for name in ("code", "year", "name", "name_en")}
    try:
        header = season_after(queries.header_of(source), days=days, **said)
    except (ValidationError, OverflowError):
        raise Incomplete(_("这样移动，日历上没有那一天。请核对年份和第一天。")) from None
    return source, header, days


def _link(pk: int) -> str:
    """Where a draft is written; "" where there is no such page."""
    try:
        return reverse("workspace:draft", args=[pk])
    except NoReverseMatch:
        return ""
