"""The areas an actor oversees, and finding one of them: what lies outside is not found."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from kepu.core.fields import ancestors, under
from kepu.orgs.actor import OVERSEEING, Actor
from kepu.orgs.models import Place


def roots(actor: Actor) -> list[Place]:
    """The places an actor oversees, the widest first. One query, none for nobody."""
    paths = actor.places_as(*OVERSEEING)
    return list(Place.objects.filter(path__in=paths).order_by("path")) if paths else []


def area_in_scope(actor: Actor, code: str) -> Place:
    """A place that an actor oversees. Raises Http404 elsewhere."""
    scope = Q()
    for path in actor.places_as(*OVERSEEING):
        scope |= under("path", path)
    if not scope:
        raise Http404
    found: Place = get_object_or_404(Place.objects.filter(scope), code=code)
    return found


def trail_to(place: Place, actor: Actor) -> list[Place]:
    """The places above that the actor oversees too, the widest first. One query."""
    above = ancestors(place.path)[:-1]
    seen = [path for path in above if any(path.startswith(root) for root in actor.places_as(*OVERSEEING))]
    return list(Place.objects.filter(path__in=seen).order_by("path")) if seen else []
