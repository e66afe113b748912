"""One invitation: what is offered, and taking it up with the account one has or with a new one."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows import login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kepu.core.refusals import NotAllowed, Refused
from kepu.orgs import people, post_rules
from kepu.orgs.actions import accept_invitation, accept_with_new_account
from kepu.orgs.models import Invitation, Post
from kepu.web.actor import choose
from kepu.web.invitations.forms import AccountForm
from kepu.web.request import Request
from kepu.web.shared.views import page, reads, redirect_to, writes
from kepu.web.workspace.people.showing import moment, reach_words, span_words


@reads
def invitation(request: Request, token: str) -> HttpResponse:
    """What the link offers, as long as it does; else why it does not. Looking uses nothing up."""
    return _page(request, token, AccountForm())


@writes
def accepting(request: Request, token: str) -> HttpResponse:
    """Take it up with the account that is signed in."""
    if not request.user.is_authenticated:
        return redirect_to(_sign_in(token))
    try:
        post = accept_invitation(token, person=request.user, at=request.at)
    except Refused as refusal:
        return _refused(request, refusal)
    return _in(request, post)


@writes
def joining(request: Request, token: str) -> HttpResponse:
    """Take it up with a new account, and be signed in with it."""
    form = AccountForm(request.POST)
    if form.is_valid():
        with form.keeping_refusals():
            post = accept_with_new_account(token, **form.given(), at=request.at)
            # the way every sign-in goes: with its trace, and listed where the person can end it
            login.perform_password_login(request, {"username": post.person.username}, Login(user=post.person))
            return _in(request, post)
    return _page(request, token, form)  # which says it, where the link itself leads nowhere


def _in(request: Request, post: Post) -> HttpResponse:
    choose(request, str(post.unit_id))
    messages.success(
        request, _("欢迎！您现在担任“%(unit)s”的%(role)s人员。") % {"unit": post.unit.name, "role": post.get_role_display()}
    )  # fmt: skip
    return redirect_to("workspace:home")


def _page(request: Request, token: str, form: AccountForm) -> HttpResponse:
    found = people.find_invitation(token)
    if found is None:
        return _refused(request, NotAllowed(_("没有这个邀请。请核对链接是不是完整。")), status=404)
    try:
        post_rules.check_still_open(found, at=request.at)
        people.giver_of(found, request.at)
    except Refused as refusal:
        return _refused(request, refusal, found)
    reaches = people.coordinated_by([found.unit_id])
    context: dict[str, Any] = {
        "invitation": found, "token": token, "form": form, "role": found.get_role_display(),
        "reach": reach_words(found, reaches), "expires": moment(found.expires_at), "sign_in": _sign_in(token),
        "until": span_words(None, found.post_until) if found.post_until else "",
        "signed_in": request.user.is_authenticated,
    }  # fmt: skip
    return _private(page(request, "invitations/invitation.html", context))


def _refused(
    request: Request, refusal: Refused, found: Invitation | None = None, *, status: int = 410
) -> HttpResponse:
    """Why the link leads nowhere, and where to go instead."""
    context = {"reasons": refusal.reasons, "unit": found.unit.name if found else ""}
    return _private(page(request, "invitations/closed.html", context, status=status))


def _sign_in(token: str) -> str:
    return f"{reverse('account_login')}?next={reverse('invitations:invitation', args=[token])}"


def _private(response: HttpResponse) -> HttpResponse:
    """A link that gives a post is kept in no cache and found by no search."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
