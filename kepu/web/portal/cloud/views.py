"""The public's cloud hall, each of its lists, and the matrix of products and broadcasts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kepu.activities.links import told_of
from kepu.activities.online import counted_online
from kepu.core.calendar import day_of
from kepu.notices.inheritance import Rules
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place
from kepu.oversight.matrix import Matrix, matrix
from kepu.web.portal import season as seasons
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.activities.finding import children_of, place_named, trail_of
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.cloud import finding, showing
from kepu.web.portal.cloud.asking import Asked, address, matrix_address
from kepu.web.portal.wording import full_day, hour, near
from kepu.web.request import Request
from kepu.web.shared.sources import source_of_clauses
from kepu.web.shared.views import page, reads

NOW, DAY = ("live", "open", "next", "replay"), ("day", "open")
DATED = ("next", "replay")  # lists that go over several days


@public
@reads
def hall(request: Request) -> HttpResponse:
    """What is online now, next and over; or, where a day or a kind is asked for, all of that day.

    While the rule book is warm twelve queries of a place and sixteen of the nation; of a day fewer.
    """
    asked = Asked.of(request.GET)
    if (
        request.GET.urlencode() != asked.but().query()
    ):  # one question has one address, so that it is cached once
        return HttpResponseRedirect(address(asked.but()))
    season = shown_season()
    if season is None:
        return page(request, "portal/none.html")
    place = _place(asked)
    if place is None and asked.place:
        return HttpResponseRedirect(address(asked.but(place="")))
    shows_place(request, place)
    rules, who = _rules(season, place, request), _hall(season, place, asked, request)
    kinds = showing.kinds_of(rules)
    parts = {
        name: finding.PARTS[name](who, size=finding.ON_HALL) for name in (DAY if asked.is_of_a_day else NOW)
    }
    failing = told_of({row.publication_id for found in parts.values() for row in found.items})
    shown = {
        name: showing.rows(found.items, at=request.at, kinds=kinds, failing=failing, dated=name in DATED)
        for name, found in parts.items()
    }
    phase = seasons.phase(rules, season.first_day, season.last_day, at=request.at)
    days = showing.strip_days(phase, asked, at=request.at)
    counts = counted_online(season, place, days, most=showing.MOST)
    context = {
        "asked": asked, "season": season, "place": place, "heading": _heading(place), "as_of": _as_of(request),
        "lists": [_list(name, shown[name], bool(found.next), asked, request) for name, found in parts.items()],
        "anything": any(shown.values()), "strip": showing.strip(days, counts, asked, at=request.at),
        "kinds": showing.kind_choices(asked, kinds), "day_name": _day_name(asked, request) if asked.is_of_a_day else "",
        "whole": address(Asked(place=asked.place)), "matrix": matrix_address(asked), **_places(place, asked),
    }  # fmt: skip
    return page(request, "portal/cloud/hall.html", context)


@public
@reads
def part_of_hall(request: Request, part: str) -> HttpResponse:
    """One list of the hall, a page at a time. As many queries as its list takes, and two; one more to name a place."""
    asked = Asked.of(request.GET)
    meant = asked if part in DAY else asked.but(day="", kind="") if asked.is_of_a_day else asked
    if request.GET.urlencode() != meant.query():
        return HttpResponseRedirect(address(meant, part))
    season = shown_season()
    if season is None:
        return page(request, "portal/none.html")
    place = _place(asked)
    if place is None and asked.place:
        return HttpResponseRedirect(address(asked.but(place=""), part))
    shows_place(request, place)
    kinds = showing.kinds_of(_rules(season, place, request))
    found = finding.PARTS[part](_hall(season, place, asked, request), cursor=asked.cursor)
    failing = told_of(row.publication_id for row in found.items)
    listed = showing.rows(found.items, at=request.at, kinds=kinds, failing=failing, dated=part in DATED)
    context = {
        "asked": asked, "season": season, "found": found, "list": _list(part, listed, False, asked, request),
        "heading": f"{_heading(place)}：{_title(part, asked, request)}", "hall": address(asked.but()), "as_of": _as_of(request),
        "kind": kinds.get(asked.kind, asked.kind),
    }  # fmt: skip
    return page(request, "portal/cloud/part.html", context)


@public
@reads
def matrix_of_places(request: Request) -> HttpResponse:
    """What each place below one has of products and broadcasts. Five queries while the rule book is warm."""
    asked = Asked.of(request.GET)
    if request.GET.urlencode() != Asked(place=asked.place, cursor=asked.cursor).query():
        return HttpResponseRedirect(matrix_address(asked))
    season = shown_season()
    if season is None:
        return page(request, "portal/none.html")
    place = _place(asked)
    if place is None and asked.place:
        return HttpResponseRedirect(matrix_address(Asked()))
    shows_place(request, place)
    area = place or Place.objects.filter(path="/").first()
    found = matrix(season, area, at=request.at, cursor=asked.cursor) if area is not None else Matrix((), ())
    path = area.path if area is not None else "/"
    names = rule_book(season).names
    context = {
        "asked": asked, "season": season, "place": place, "found": found, "as_of": _as_of(request),
        "heading": _("%(where)s的产品和直播") % {"where": place.name if place else pgettext("place", "全国")},
        "demands": [(one, source_of_clauses(one.key, one.clauses, path, names) if one.clauses else None) for one in found.demands],
        "trail": _trail(place, matrix_address), "hall": address(Asked(place=asked.place)),
        "rows": [
            {"place": row.place, "cells": row.cells, "url": matrix_address(Asked(place=row.place.code)), "hall": address(Asked(place=row.place.code))}
            for row in found.rows
        ],
    }  # fmt: skip
    return page(request, "portal/cloud/matrix.html", context)


def _place(asked: Asked) -> Place | None:
    return place_named(asked.place) if asked.place else None


def _rules(season: Season, place: Place | None, request: Request) -> Rules:
    return rule_book(season).rules_of(profile_at(place), request.at)


def _hall(season: Season, place: Place | None, asked: Asked, request: Request) -> finding.Hall:
    return finding.Hall(season, place, request.at, asked.the_day(day_of(request.at)), asked.kind)


def _places(place: Place | None, asked: Asked) -> dict[str, Any]:
    """The way down to the place, and the places below it. Two queries, one for the nation."""
    below = children_of(place)
    return {
        "trail": _trail(place, lambda one: address(asked.but(place=one.place))),
        "inside": [showing.Choice(one.name, address(asked.but(place=one.code))) for one in below],
    }


def _trail(place: Place | None, to: Any) -> list[showing.Choice]:
    nation = showing.Choice(pgettext("place", "全国"), to(Asked()), place is None)
    above = trail_of(place)[1:] if place is not None else []
    return [nation, *(showing.Choice(one.name, to(Asked(place=one.code)), one == place) for one in above)]


def _list(name: str, rows: list[showing.Row], more: bool, asked: Asked, request: Request) -> dict[str, Any]:
    title, empty = _title(name, asked, request), _empty(name)
    here = asked.but() if name in DAY else Asked(place=asked.place)
    return {
        "name": name,
        "title": title,
        "rows": rows,
        "empty": empty,
        "all": address(here, name) if more else "",
    }


def _title(name: str, asked: Asked, request: Request) -> str:
    if name == "day":
        return _("%(day)s，按钟点") % {"day": _day_name(asked, request)}
    if name == "open" and asked.is_of_a_day:
        return _("%(day)s，整天都能看") % {"day": _day_name(asked, request)}
    return {
        "live": _("正在进行"), "open": _("随时可看：展览、VR和专题"), "next": _("接下来"), "replay": _("可以回看")
    }[name]  # fmt: skip


def _empty(name: str) -> str:
    return {
        "live": _("这会儿没有正在进行的。看看“接下来”几点开始，或者看回放。"),
        "open": _("没有整天开着的展览、VR和专题。"),
        "next": _("还没有排定后面的。新发布的活动会出现在这里。"),
        "replay": _("还没有结束的。"),
        "day": _("这一天没有排定钟点的线上活动。换一天看看。"),
    }[name]


def _day_name(asked: Asked, request: Request) -> str:
    today = day_of(request.at)
    day = asked.the_day(today)
    return near(day, today) or full_day(day)


def _heading(place: Place | None) -> str:
    return _("云上科普日·%(where)s") % {"where": place.name} if place is not None else _("云上科普日")


def _as_of(request: Request) -> str:
    return f"{full_day(day_of(request.at))} {hour(request.at)}"
