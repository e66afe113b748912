"""The tree of tracks at a place, and one branch of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.notices.book import Book
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.drawing import profile_at
from kepu.web.portal.caching import public, shows_place
from kepu.web.portal.figures import counting, tables
from kepu.web.portal.notices.whom import asked
from kepu.web.portal.tracks.tree import Branch, Forest, Tree, forest_of
from kepu.web.portal.where import Where, season_asked, where_asked
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import page, reads


@dataclass(frozen=True, slots=True)
class Shown:
    """A branch on a page: where it is shown whole, and how many activities its list has where that is counted, in words."""

    branch: Branch
    url: str
    count: str
    trees: tuple[Tree, ...]
    below: tuple[Shown, ...]


@public
@reads
def tracks(request: Request) -> HttpResponse:
    """The tree in force at a place. Five queries while the rule book is warm."""
    season = season_asked(request)
    if season is None:
        return page(request, "portal/none.html")
    where = where_asked(request)
    context: dict[str, Any] = {"season": season, "where": where, "groves": []}
    if where.place is None:
        return page(request, "portal/tracks/list.html", context, status=where.status)
    shows_place(request, where.place)
    forest, counts = _forest(request, season, where), _counts(season, where)
    kept = _kept(request, where)
    context["groves"] = [
        (grove.tree, [_shown(branch, kept, counts) for branch in grove.branches]) for grove in forest.groves
    ]
    return page(request, "portal/tracks/list.html", context)


@public
@reads
def track(request: Request, code: str) -> HttpResponse:
    """One branch: what its notice says, what hangs under it, the way to its activities. Five queries while the rule book
    is warm.
    """
    season = season_asked(request)
    if season is None:
        return page(request, "portal/none.html")
    where = where_asked(request)
    branch = _forest(request, season, where).branches.get(code) if where.place is not None else None
    if branch is None:
        return _nothing(request, where)
    shows_place(request, where.place)
    kept, counts = _kept(request, where), _counts(season, where)
    of = Asked(place=where.code, season=season.code if asked(request, "season") else "")
    context = {
        "season": season, "where": where, "it": _shown(branch, kept, counts), "facts": _facts(branch, rule_book(season)),
        "above": [(one.label, _address(one, kept)) for one in branch.above], "list_url": tables.in_track(of, code),
        "all_url": reverse("portal:tracks") + kept,
    }  # fmt: skip
    return page(request, "portal/tracks/detail.html", context)


def _forest(request: Request, season: Season, where: Where) -> Forest:
    return forest_of(rule_book(season).rules_of(profile_at(where.place), request.at))


def _counts(season: Season, where: Where) -> Mapping[str, int]:
    """Activities by track as lists have them, where they are counted so. One query."""
    return counting.kinds_in(season, where.place).split(counting.PUBLISHED, "tracks")


def _shown(branch: Branch, kept: str, counts: Mapping[str, int]) -> Shown:
    n = counts.get(branch.code, 0)
    count = ngettext("%(n)s场活动", "%(n)s场活动", n) % {"n": f"{n:,}"} if counts else ""
    below = tuple(_shown(one, kept, counts) for one in branch.below)
    return Shown(branch, _address(branch, kept), count, tuple(branch.trees), below)


def _address(branch: Branch, kept: str) -> str:
    return reverse("portal:track", args=[branch.code]) + kept


def _kept(request: Request, where: Where) -> str:
    """The part of the query that goes along from page to page."""
    pairs = {"place": where.code, "season": asked(request, "season")}
    query = urlencode({name: value for name, value in pairs.items() if value})
    return f"?{query}" if query else ""


def _facts(branch: Branch, book: Book) -> list[tuple[str, str]]:
    """What else its notice says of a branch, in words."""
    node, between = branch.node, _("、")
    hosts = between.join(str(book.names.get(f"kind:{code}", code)) for code in node.hosts)
    named = (
        (_("主题"), node.theme or ""),
        (_("由谁承担"), hosts),
        (_("内容"), between.join(node.topics)),
        (_("建议联合的单位"), between.join(node.partners)),
        (_("说明"), node.note or ""),
        (_("对谁有效"), branch.tree.who),
    )
    return [(label, text) for label, text in named if text]


def _nothing(request: Request, where: Where) -> HttpResponse:
    """No such branch in force there: it may be another place's, or another season's."""
    return errors.answer(
        request, 404, _("没有找到这个板块"),
        [_("%(where)s现行的通知里没有这一项，可能是别的地方或者别的年份的。") % {"where": where.name}, _("请到活动板块里找。")],
    )  # fmt: skip
