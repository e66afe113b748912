"""Drafts and notices as the desk finds them: in the actor's scope, or not at all."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kepu.core.fields import under
from kepu.notices import rules
from kepu.notices.models import DraftClause, Notice, NoticeDraft, Season
from kepu.orgs.models import Line, Place, Role
from kepu.web.request import Request


def draft_of(request: Request, pk: int) -> NoticeDraft:
    """The draft, if the actor sees it; else there is none. One query."""
    seen = rules.drafts_visible_to(request.actor).select_related(
        "season", "unit", "place", "line", "about", "notice"
    )
    return get_object_or_404(seen, pk=pk)


def clause_of(draft: NoticeDraft, pk: int) -> DraftClause:
    """A clause of the draft. One query."""
    row = get_object_or_404(draft.clauses.all(), pk=pk)
    row.draft = draft
    return row


def clause_named(draft: NoticeDraft, pk: str) -> DraftClause | None:
    """The clause of the draft that a page names as a place in its order; None where it names none. One query."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return draft.clauses.filter(pk=int(pk)).first()


def places_of(request: Request) -> QuerySet[Place]:
    """The places that the actor coordinates, the widest first: what a notice may be issued for at once."""
    paths = request.actor.places_as(Role.COORDINATOR)
    return Place.objects.filter(path__in=paths).order_by("path")


def lines_of(request: Request) -> QuerySet[Line]:
    """The lines that the actor coordinates."""
    return Line.objects.filter(path__in=request.actor.lines_as(Role.COORDINATOR)).order_by("path")


def notices_of(request: Request, season: Season) -> QuerySet[Notice]:
    """The season's notices for a place or a line in the actor's reach, unordered."""
    found = Notice.objects.none()
    for path in request.actor.places_as(Role.COORDINATOR):
        found = found | Notice.objects.filter(under("place__path", path), season=season, line=None)
    for path in request.actor.lines_as(Role.COORDINATOR):
        found = found | Notice.objects.filter(under("line__path", path), season=season)
    return found.select_related("place", "line", "season")


def notice_of(request: Request, season: Season, code: str) -> Notice:
    """A notice in the actor's reach; else there is none."""
    return get_object_or_404(notices_of(request, season), code=code)


def version_sent(request: Request, otherwise: int) -> int:
    """The version that a form was drawn with, as the browser sent it back; ``otherwise`` where it sent none."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else otherwise
