"""What the addresses of these pages name, in the scope of the actor."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kepu.orgs import people, post_rules
from kepu.orgs.models import Deputy, Invitation, Post, Unit
from kepu.web.request import Request


def unit_here(request: Request, pk: int) -> Unit:
    """A unit whose people the actor sees."""
    found: Unit = get_object_or_404(post_rules.people_visible_to(request.actor), pk=pk)
    return found


def post_here(request: Request, pk: int) -> Post:
    found: Post = get_object_or_404(people.posts_visible_to(request.actor), pk=pk)
    return found


def deputy_here(request: Request, pk: int) -> Deputy:
    """A deputy in a post that the actor sees, or the actor's own."""
    posts = people.posts_visible_to(request.actor)
    found: Deputy = get_object_or_404(
        Deputy.objects.filter(post__in=posts).select_related("post__unit", "post__person", "post__place", "post__line"), pk=pk
    )  # fmt: skip
    return found


def invitation_here(request: Request, pk: int) -> Invitation:
    found: Invitation = get_object_or_404(people.invitations_visible_to(request.actor), pk=pk)
    return found
