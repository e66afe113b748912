"""The page of figures, and each of its tables as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kepu.core.calendar import day_of
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.queries.wording import words_anywhere
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.activities.facets import address, words_of
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.figures import counting, tables
from kepu.web.portal.figures.tables import Group, Table
from kepu.web.portal.notices.whom import asked
from kepu.web.portal.season import phase
from kepu.web.portal.where import Where, season_asked, where_asked
from kepu.web.portal.wording import full_day, hour
from kepu.web.request import Request
from kepu.web.shared.views import page, reads


@public
@reads
def figures(request: Request) -> HttpResponse:
    """The figures of a place. Eight queries while the rule book is warm; one less where there is no place below."""
    season = season_asked(request)
    if season is None:
        return page(request, "portal/none.html")
    where = where_asked(request)
    context: dict[str, Any] = {"season": season, "where": where, "as_of": _instant(request)}
    if where.place is None:
        context |= {"groups": [], "tables": [], "sheets": ""}
        return page(request, "portal/figures/figures.html", context, status=where.status)
    shows_place(request, where.place)
    groups, found = _counted(request, season, where)
    query = urlencode(_asked(request, where))
    context |= {"groups": groups, "tables": found, "sheets": f"?{query}" if query else ""}
    return page(request, "portal/figures/figures.html", context)


@public
@reads
def sheet(request: Request, table: str) -> HttpResponse:
    """One table as a CSV. As many queries as the page."""
    season = season_asked(request)
    where = where_asked(request) if season is not None else None
    if season is None or where is None or where.place is None:
        raise Http404
    shows_place(request, where.place)
    groups, found = _counted(request, season, where)
    wanted = {one.code: one for one in (tables.totals(groups), *found)}.get(table)
    if wanted is None:
        raise Http404
    text = tables.as_csv(wanted, season=str(season), place=where.name, as_of=_instant(request))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = "-".join(("kepu", season.code, where.place.code, table))
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _counted(request: Request, season: Season, where: Where) -> tuple[list[Group], list[Table]]:
    """The figures of the place, and its tables; a table of what is not counted is left out. Four queries.

    One more for each list of which places below use codes that are not in force here.
    """
    counts = counting.counts_in(season, where.place)
    code = season.code if asked(request, "season") else ""
    of = Asked(place=where.code, season=code)
    found: list[Table] = []
    rules = rule_book(season).rules_of(profile_at(where.place), request.at)
    main = phase(rules, season.first_day, season.last_day, at=request.at)
    by_day = counting.by_day(season, where.place, *counting.days_around(season, main.first, main.last))
    if by_day:
        found.append(tables.days(by_day, today=day_of(request.at), of=of))
    inside = counting.counts_inside(season, where.inside)
    if inside:
        here = reverse("portal:figures") + (f"?{urlencode({'season': code})}" if code else "")
        found.append(tables.places(inside, where.inside, here=here))
    if counts.of(counting.PUBLISHED):
        found.append(tables.modes(counts))
        found += _by_lists(rules, counts, of, season)
    return tables.groups(counts), found


def _by_lists(rules: Rules, counts: counting.Counts, of: Asked, season: Season) -> list[Table]:
    """By field and by track, where activities are counted by them."""
    fields, tracks = (counts.split(counting.PUBLISHED, kind) for kind in ("fields", "tracks"))
    how = _(
        "举办单位填报时选的，和活动列表一样数：算在举办的地方，取消的也还在内。一项活动可以选几个，所以各项相加可能多于已发布活动。"
    )
    found = []
    if fields:
        words = _words(season, "list.fields", fields, words_of(rules)["field"])
        lines = tables.ranked(fields, words, lambda code: address(of.but(field=code)))
        found.append(tables.split("fields", _("行业领域"), _("领域"), lines, how))
    if tracks:
        words = _words(season, "track", tracks, words_of(rules)["track"])
        lines = tables.ranked(tracks, words, lambda code: tables.in_track(of, code))
        found.append(tables.split("tracks", _("活动板块"), _("板块"), lines, how))
    return found


def _words(season: Season, prefix: str, counted: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What the codes are called that were counted: here, else where they are in force."""
    missing = set(counted) - set(known)
    english = (get_language() or "").startswith("en")
    return words_anywhere(season, prefix, missing, english=english) | dict(known)


def _asked(request: Request, where: Where) -> dict[str, str]:
    """What the address of a sheet repeats of the page's."""
    return {
        name: value
        for name, value in (("place", where.code), ("season", asked(request, "season")))
        if value
    }  # fmt: skip


def _instant(request: Request) -> str:
    return f"{full_day(day_of(request.at))} {hour(request.at)}"
