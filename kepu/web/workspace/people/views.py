"""The people of a unit: the page itself, inviting, appointing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.refusals import verdict
from kepu.orgs import people, post_rules, rules
from kepu.orgs.actions import appoint, invite, withdraw_invitation
from kepu.orgs.actions.invitations import VALID_FOR, link_of
from kepu.orgs.models import Role, Unit
from kepu.web.limits import costly
from kepu.web.request import Request
from kepu.web.shared.views import done, page, reads, redirect_to, workspace, writes
from kepu.web.workspace.acting import unit_of
from kepu.web.workspace.people.finding import invitation_here, unit_here
from kepu.web.workspace.people.forms import AppointmentForm, InvitationForm, begins, ends
from kepu.web.workspace.people.showing import moment, shown_invitation, shown_post


@workspace(helpers=True)
@reads
def ours(request: Request) -> HttpResponse:
    """The people of the unit acted for."""
    return redirect_to("workspace:unit-people", pk=unit_of(request).pk)


@workspace(helpers=True)
@reads
def unit_people(request: Request, pk: int) -> HttpResponse:
    """Who holds which post, who stands in, who is invited; what has ended stands on a page of its own."""
    unit, actor, at = unit_here(request, pk), request.actor, request.at
    ended = request.GET.get("tab") == "ended"
    listed = people.posts_ended if ended else people.posts_now
    found = listed(unit, at, cursor=request.GET.get("cursor", ""))
    reaches = people.coordinated_by([unit.pk])
    address = reverse("workspace:unit-people", args=[pk])
    context: dict[str, Any] = {
        "unit": unit, "page": found, "ended": ended, "own": actor.acts_for(unit.pk),
        "posts": [shown_post(post, actor, reaches, at=at) for post in found.items],
        "tabs": [
            {"label": _("现在的岗位"), "url": address, "current": not ended, "count": None},
            {"label": _("结束了的"), "url": f"{address}?tab=ended", "current": ended, "count": None},
        ],
        "invitations": [] if ended else [
            shown_invitation(one, actor, reaches, at=at) for one in people.open_invitations(unit, at)
        ],
        "may_invite": verdict(post_rules.check_invite, actor, unit, Role.FILER),
        "may_appoint": post_rules.can_appoint(actor, unit),
    }  # fmt: skip
    return page(request, "workspace/people/list.html", context)


@workspace
@reads
def new_invitation(request: Request, pk: int) -> HttpResponse:
    """What to offer, and to whom."""
    unit = unit_here(request, pk)
    return _invitation(request, unit, _invitation_form(request, unit))


@costly("invite", person=60, per=3600)  # each may send a letter to whatever address was typed
@workspace
@writes(back="workspace:unit-people")
def inviting(request: Request, pk: int) -> HttpResponse:
    """Offer the post. The link is shown on this answer and never again, so it is no page to come back to."""
    unit = unit_here(request, pk)
    form = _invitation_form(request, unit, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with form.keeping_refusals():
            invitation, token = invite(
                unit, name=given["name"], email=given["email"], post_until=ends(given["post_until"]), **form.post(),
                by=request.actor, at=request.at,
            )  # fmt: skip
            context = {
                "unit": unit, "invitation": invitation, "link": link_of(token), "expires": moment(invitation.expires_at),
                "role": invitation.get_role_display(), "mailed": bool(invitation.email),
            }  # fmt: skip
            return page(request, "workspace/people/invited.html", context)
    return _invitation(request, unit, form)


def _invitation_form(request: Request, unit: Unit, data: Any = None) -> InvitationForm:
    return InvitationForm(data, unit=unit, actor=request.actor, check=post_rules.check_invite)


def _invitation(request: Request, unit: Unit, form: InvitationForm) -> HttpResponse:
    context = {
        "unit": unit, "form": form, "days": VALID_FOR.days,
        "may": verdict(post_rules.check_invite, request.actor, unit, Role.FILER),
    }  # fmt: skip
    return page(request, "workspace/people/invitation.html", context)


@workspace
@writes(back="workspace:people")
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = invitation_here(request, pk)
    withdraw_invitation(invitation, by=request.actor, at=request.at)
    said = _("邀请已收回，链接不能再用。")
    return done(request, said, to="workspace:unit-people", pk=invitation.unit_id)


@workspace
@reads
def new_post(request: Request, pk: int) -> HttpResponse:
    """A post for somebody who has an account."""
    unit = unit_here(request, pk)
    return _appointment(request, unit, _appointment_form(request, unit))


@workspace
@writes(back="workspace:unit-people")
def appointing(request: Request, pk: int) -> HttpResponse:
    unit = unit_here(request, pk)
    form = _appointment_form(request, unit, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        assert form.person is not None
        with form.keeping_refusals():
            post = appoint(
                form.person, unit, since=begins(given["since"]), until=ends(given["until"]), **form.post(),
                by=request.actor, at=request.at,
            )  # fmt: skip
            said = _("%(person)s现在担任%(role)s。") % {
                "person": form.person.name,
                "role": post.get_role_display(),
            }
            return done(request, said, to="workspace:unit-people", pk=unit.pk)
    return _appointment(request, unit, form)


def _appointment_form(request: Request, unit: Unit, data: Any = None) -> AppointmentForm:
    return AppointmentForm(data, unit=unit, actor=request.actor, check=rules.check_appoint)


def _appointment(request: Request, unit: Unit, form: AppointmentForm) -> HttpResponse:
    may = verdict(rules.check_appoint, request.actor, unit, Role.FILER)
    return page(request, "workspace/people/appointment.html", {"unit": unit, "form": form, "may": may})
