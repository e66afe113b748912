"""The public's view of notices: which there are, what each clause says, what is in force for a place."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kepu.core.fields import ancestors
from kepu.core.paging import page as page_of
from kepu.notices.format.writing import write_notice
from kepu.notices.models import Notice, Season
from kepu.notices.queries import above, clauses_of, file_of, log_of, notices_of, parent_clauses, shown_season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Place, Term, Vocabulary
from kepu.web.portal.notices.showing import chosen_profile, rule_groups, shown_clauses
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
    season = _season(request)
    found = notices_of(season)
    if text := _asked(request, "q").strip():
        found = found.filter(title__contains=text) | found.filter(issuer__contains=text)
    listed = page_of(found, order=("place_id", "id"), cursor=request.GET.get("cursor", ""), size=PER_PAGE)
    return page(request, "portal/notices/list.html", {"season": season, "page": listed, "q": text})


@reads
def notice(request: Request, season: str, code: str) -> HttpResponse:
    """One notice: its head, its clauses in sentences, and what they change against the notices above."""
    found = _notice(season, code)
    book = rule_book(found.season)
    parents = above(found, request.at)
    clauses = shown_clauses(clauses_of(found), parent_clauses(book, parents), dict(book.names))
    log = shown_log(log_of(found, most=LOGGED), found, most=CHANGES_LOGGED)
    context = {"notice": found, "clauses": clauses, "parents": parents, "header": found.header, "log": log}
    return page(request, "portal/notices/detail.html", context)


@reads
def notice_file(request: Request, season: str, code: str) -> HttpResponse:
    """The notice as the file it can be taken over from."""
    text = write_notice(file_of(_notice(season, code)))
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.toml"'
    return response


@reads
def in_force(request: Request) -> HttpResponse:
    """What is in force at a place for a kind of unit, each rule with the clause behind it."""
    season = _season(request)
    place = Place.objects.filter(code=_asked(request, "place") or "CN").first()
    kinds = list(Term.objects.filter(vocabulary=Vocabulary.UNIT_KIND).order_by("position", "pk"))
    kind = request.GET.get("kind", "")
    if kind not in {k.code for k in kinds}:
        kind = "school"
    context = {"season": season, "kinds": kinds, "kind": kind, "place": place, "unknown_place": place is None}
    if place is not None:
        rules = rule_book(season).rules_of(chosen_profile(place, kind), request.at)
        context |= {
            "groups": rule_groups(rules), "rules": rules,
            "trail": list(Place.objects.filter(path__in=ancestors(place.path)).order_by("path")),
            "children": list(Place.objects.filter(parent=place).order_by("code")[:80]),
        }  # fmt: skip
    return page(request, "portal/notices/in-force.html", context)


def _asked(request: Request, name: str) -> str:
    """A part of the query, without what no database keeps."""
    return request.GET.get(name, "").replace("\0", "")


def _season(request: Request) -> Season:
    wanted = _asked(request, "season")
    season = Season.objects.filter(code=wanted).first() if wanted else shown_season()
    if season is None:
        raise Http404(_("还没有开设届次。"))
    return season


def _notice(season: str, code: str) -> Notice:
    return get_object_or_404(
        Notice.objects.select_related("season", "place", "line"), season__code=season, code=code
    )
