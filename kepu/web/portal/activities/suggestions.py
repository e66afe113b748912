"""Suggestions while one types, as a piece of a page: a list of links to choose from, which a script puts below the box."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.notices.rulebook import rule_book
from kepu.web.portal.activities import drawing, facets, finding
from kepu.web.portal.activities.asking import Asked
from kepu.web.portal.activities.suggesting import Suggestion, suggestions
from kepu.web.portal.caching import public
from kepu.web.request import Request
from kepu.web.shared.icons import icon
from kepu.web.shared.views import reads


@public
@reads
def suggested(request: Request) -> HttpResponse:
    """What may be meant by the question so far. Six queries at most, however much there is."""
    asked = Asked.of(request.GET)
    if not asked.text:
        return HttpResponse(_piece([]))
    season = Season.objects.filter(code=asked.season).first() if asked.season else shown_season()
    if season is None:
        return HttpResponse(_piece([]))
    place = finding.place_named(asked.place) if asked.place else None
    words = facets.words_of(rule_book(season).lists_of(drawing.profile_at(place), request.at))
    return HttpResponse(_piece(suggestions(asked, season, place, words, at=request.at)))


def _piece(found: Sequence[Suggestion]) -> str:
    """A list box with what is told of it; a link may be an option, so each is one."""
    n = len(found)
    if found:
        said = ngettext("%(n)s条建议，按上下键选", "%(n)s条建议，按上下键选", n) % {"n": n}
    else:
        said = _("没有建议，按回车找")
    label, options = escape(_("建议")), "".join([_option(one) for one in found])
    return f'<div role="listbox" aria-label="{label}" data-said="{escape(said)}">{options}</div>'


def _option(one: Suggestion) -> str:
    note = f" <small>{escape(one.note)}</small>" if one.note else ""
    return (
        f'<a role="option" aria-selected="false" tabindex="-1" href="{escape(one.url)}">{icon(one.sign)}'
        f"<span>{escape(one.label)}{note}</span></a>"
    )
