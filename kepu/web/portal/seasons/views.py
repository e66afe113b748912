"""Every season with its figures, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.facets import address
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.figures import counting, tables
from kepu.web.portal.figures.counting import Counts
from kepu.web.portal.resources.outcomes import lately_told
from kepu.web.portal.seasons import reading
from kepu.web.portal.wording import days_words, full_day, hour
from kepu.web.request import Request
from kepu.web.shared.charts import Bar, bars
from kepu.web.shared.views import page, reads

SHOWN_OUTCOMES = 6
FIRST_CHARTED = 2  # of one season alone there is nothing to compare


@dataclass(frozen=True, slots=True)
class Row:
    """A season in the list."""

    season: Season
    standing: str
    span: str
    numbers: tuple[tuple[str, str], ...]  # head and number, "—" for one that cannot be known
    present: bool


@public
@reads
def seasons(request: Request) -> HttpResponse:
    """All seasons, the latest first. Three queries."""
    present = shown_season()
    if present is None:
        return page(request, "portal/none.html")
    shows_place(request, None)
    known = reading.seasons_known(present)
    counts = reading.totals_of(known)
    rows = [_row(season, counts[season.pk], present, request.at) for season in known]
    past = [season for season in known if not season.is_open]
    context = {
        "rows": rows, "heads": [head for head, _n in rows[0].numbers], "past": past,
        "chart": _chart(past, counts), "as_of": f"{full_day(day_of(request.at))} {hour(request.at)}",
    }  # fmt: skip
    return page(request, "portal/seasons/list.html", context)


@public
@reads
def season(request: Request, code: str) -> HttpResponse:
    """One season: its figures, its notices, what came of them, the way to its activities. Seven queries."""
    present = shown_season()
    found = Season.objects.filter(code=code).first()
    if found is None or present is None:
        raise Http404(_("没有这一届。"))
    shows_place(request, None)
    counts = counting.totals_in(found, None)
    notices, more = reading.first_notices(found)
    results = reading.results_of(found)
    is_present = found.pk == present.pk
    of = Asked(season="" if is_present else found.code)
    context: dict[str, Any] = {
        "season": found, "standing": standing(found, request.at), "span": _span(found), "present": is_present,
        "outcomes": lately_told(found, None, at=request.at, most=SHOWN_OUTCOMES),
        "resources_url": reverse("portal:resources") + ("" if is_present else f"?season={found.code}"),
        "groups": tables.groups(counts), "any": bool(counts.found), "notices": notices, "more": more, "results": results,
        "past_url": address(of.but(when="past")), "coming_url": address(of), "is_over": day_of(request.at) > found.last_day,
        "figures_url": reverse("portal:figures") + ("" if is_present else f"?season={found.code}"),
        "as_of": f"{full_day(day_of(request.at))} {hour(request.at)}",
    }  # fmt: skip
    return page(request, "portal/seasons/detail.html", context)


def standing(season: Season, at: datetime) -> str:
    """Where a season is in its life, in a word."""
    today = day_of(at)
    if not season.is_open:
        return _("已经结束")
    if today < season.first_day:
        return _("即将开始")
    return _("正在进行") if today <= season.last_day else _("活动已办完，正在总结")


def _row(season: Season, counts: Counts, present: Season, at: datetime) -> Row:
    held = counts.of(counting.HELD)
    numbers = (
        (_("已发布（场）"), counts.of(counting.PUBLISHED)),
        (_("已举办（场）"), held),
        (_("现场参加（人次）"), counts.of(counting.ON_SITE) if held else None),
        (_("线上参加（人次）"), counts.of(counting.FROM_AFAR) if held else None),
    )
    shown = tuple((head, "—" if n is None else f"{n:,}") for head, n in numbers)
    return Row(season, standing(season, at), _span(season), shown, season.pk == present.pk)


def _span(season: Season) -> str:
    first, last = season.first_day, season.last_day
    if first.year == last.year:
        return _("%(year)s年%(days)s") % {"year": first.year, "days": days_words(first, last)}
    return f"{full_day(first)} — {full_day(last)}"


def _chart(past: list[Season], counts: dict[int, Counts]) -> str:
    """Seasons that are over beside each other, the earliest first."""
    if len(past) < FIRST_CHARTED:
        return ""
    shown = [
        Bar(str(one), counts[one.pk].of(counting.PUBLISHED), counts[one.pk].of(counting.HELD))
        for one in reversed(past)
    ]
    return bars(
        shown, name="chart-seasons", title=_("历届的活动"),
        desc=_("从%(first)s到%(last)s，每一届公布和举办的活动。数字见下面的表。") % {"first": shown[0].label, "last": shown[-1].label},
    )  # fmt: skip
