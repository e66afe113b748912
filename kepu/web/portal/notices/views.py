"""The public's view of notices: which there are, what each clause says, what is in force for a place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kepu.core.paging import page as page_of
from kepu.core.public import name
from kepu.notices.format.writing import write_notice
from kepu.notices.inheritance import NoticeView
from kepu.notices.models import Notice, Season
from kepu.notices.queries import above, clauses_of, file_of, log_of, notices_of, parent_clauses, shown_season
from kepu.notices.queries.relations import relations_of, wordings_of
from kepu.notices.rulebook import rule_book
from kepu.web.portal.caching import shows
from kepu.web.portal.notices.showing import Around, kinds_of, rule_groups, shown_groups
from kepu.web.portal.notices.whom import Whom, asked, children_of, trail_of, whom_of
from kepu.web.request import Request
from kepu.web.shared.differences import shown_log
from kepu.web.shared.views import page, reads

PER_PAGE = 50
LOGGED, CHANGES_LOGGED = (
    10,
    12,
)  # acts, and changes of each: the page stays light; all of it is in the workspace


@reads
def notices(request: Request) -> HttpResponse:
    """The season's notices, from the nation down."""
    season = season_asked(request)
    shows(request, name("s", season.code))
    found = notices_of(season)
    if text := asked(request, "q"):
        found = found.filter(title__contains=text) | found.filter(issuer__contains=text)
    listed = page_of(found, order=("place_id", "id"), cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    return page(
        request,
        "portal/notices/list.html",
        {"season": season, "page": listed, "q": text, "feed": _feed(season=asked(request, "season"))},
    )


@reads
def notice(request: Request, season: str, code: str) -> HttpResponse:
    """One notice: its head, its clauses in sentences, what they change against the notices above, and, where a place is
    chosen, how each stands there now. Six queries, two more for a chosen place, however many clauses.
    """
    found = _notice(season, code)
    shows(request, name("s", season), name("n", f"{season}-{code}"))
    book = rule_book(found.season)
    parents, clauses = above(found, request.at), clauses_of(found)
    whom = whom_of(request, book.names)
    rules = book.rules_of(whom.profile, request.at) if whom.profile else None
    around = Around(
        parent_clauses(book, parents),
        bool(parents),
        book.names,
        wordings_of(found) if clauses else {},
        rules,
        request.at,
    )
    there = kinds_of(clauses)
    kind = asked(request, "show") if asked(request, "show") in dict(there) else ""
    context = {
        "feed": _feed(place=found.place.code, season=found.season.code),
        "notice": found, "header": found.header, "parents": parents, "unread": [p for p in parents if p.is_placeholder],
        "groups": shown_groups(clauses, around, kind=kind), "count": len(clauses), "kinds": there, "show": kind, "whom": whom,
        "related": relations_of(found), "log": shown_log(log_of(found, most=LOGGED), found, most=CHANGES_LOGGED), "stands": _stands(book.notices.get(found.pk), request.at), **_picker(whom, found),
    }  # fmt: skip
    return page(request, "portal/notices/detail.html", context)


@reads
def notice_file(request: Request, season: str, code: str) -> HttpResponse:
    """The notice as the file it can be taken over from."""
    text = write_notice(file_of(_notice(season, code)))
    shows(request, name("s", season), name("n", f"{season}-{code}"))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.toml"'
    return response


@reads
def in_force(request: Request) -> HttpResponse:
    """What is in force at a place for a kind of unit, each rule with the clauses behind it."""
    season = season_asked(request)
    shows(request, name("s", season.code))
    book = rule_book(season)
    whom = whom_of(request, book.names, usual="CN")
    context: dict[str, Any] = {"season": season, "whom": whom, "trail": [], "children": []}
    context["feed"] = _feed(place=whom.place.code if whom.place else "", season=asked(request, "season"))
    if whom.place is not None and whom.profile is not None:
        rules = book.rules_of(whom.profile, request.at)
        context |= {
            "groups": rule_groups(rules), "rules": rules, "trail": trail_of(whom.place), "children": children_of(whom.place),
        }  # fmt: skip
    return page(request, "portal/notices/in-force.html", context)


def season_asked(request: Request) -> Season:
    """The season that the address names, else the one that a reader sees. Raises Http404 where there is none."""
    wanted = asked(request, "season")
    season = Season.objects.filter(code=wanted).first() if wanted else shown_season()
    if season is None:
        raise Http404(_("还没有开设届次。"))
    return season


def _notice(season: str, code: str) -> Notice:
    return get_object_or_404(
        Notice.objects.select_related("season", "place", "line"), season__code=season, code=code
    )


def _picker(whom: Whom, notice: Notice) -> dict[str, Any]:
    """From the chosen place up and down; at first from the notice's own down."""
    place = whom.place or notice.place
    return {"trail": trail_of(whom.place) if whom.place else [], "children": children_of(place)}


def _feed(**words: str) -> str:
    """What follows the address of the feeds of these notices."""
    query = urlencode({name: value for name, value in words.items() if value})
    return f"?{query}" if query else ""


def _stands(view: NoticeView | None, at: datetime) -> str:
    """Whether the notice is still to come, in force or over, as the rules reckon it."""
    if view is None or view.is_placeholder:
        return ""
    if view.in_force_at and at < view.in_force_at:
        return "to_come"
    return "in_force" if view.holds(at) else "over"
