"""The frame of every view: what only reads, what writes, who must be signed in, and how an act is answered.

    @workspace                                  # signed in, and acting for a unit
    @reads                                      # GET and HEAD; a refusal becomes a page with its sentences
    def activity(request, pk):
        return page(request, "workspace/activities/detail.html", {"activity": …}, pieces=("status",))

    @workspace
    @writes                                     # POST; a refusal becomes its sentences where the person stands
    def submission(request, pk):
        submit_activity(activity, by=request.actor, at=request.at)
        return done(request, _("已提交审核。"), to="workspace:activity", pk=pk)

A view with a form keeps what was typed, and the refusal with it::

    @writes
    def filing(request):
        form = ActivityForm(request.POST)
        if form.is_valid():
            with form.keeping_refusals():
                file_activity(**form.cleaned_data, by=request.actor, at=request.at)
                return done(request, …)
        return page(request, "…/new.html", {"form": form})          # answered with 422, errors in place

``by_method(GET=new_activity, POST=filing)`` puts the two under one address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from kepu.core.refusals import NotAllowed, Refused
from kepu.orgs.models import Role
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.sources import in_a_line
from kepu.web.signin import second_step

View = Callable[..., HttpResponse]

REFUSED = 422
SEE_OTHER = 303


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    pieces: Collection[str] = (),
    status: int | None = None,
) -> HttpResponse:
    """The whole page, or only the piece that htmx asks for: the partial named like its target's id.

    A piece brings new flash messages along. A form with errors among the context makes the answer a 422.
    """
    context = context or {}
    if status is None:
        forms = [value for value in context.values() if isinstance(value, BaseForm)]
        status = REFUSED if any(form.is_bound and form.errors for form in forms) else 200
    htmx = getattr(request, "htmx", None)
    target = htmx.target if htmx else None
    if target in pieces:
        response = render(request, f"{template}#{target}", context, status=status)
        response.write(_fresh_notices(request))
    else:
        response = render(request, template, context, status=status)
    if pieces:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def done(request: HttpRequest, sentence: Any, *, to: str, draft: str = "", **kwargs: Any) -> HttpResponse:
    """What happened, in a sentence, and on to a page: an address, or a route's name with its arguments.

    ``draft`` is the key under which the browser kept the form (data-keep-draft); it may forget it now.
    """
    messages.success(request, sentence, extra_tags=draft)
    return redirect_to(to, **kwargs)


def redirect_to(to: str, **kwargs: Any) -> HttpResponseRedirect:
    """See another page: the browser goes there with GET."""
    return HttpResponseRedirect(resolve_url(to, **kwargs), status=SEE_OTHER)


def reads(view: View) -> View:
    """GET and HEAD only. (That nothing is written is kept by :mod:`kepu.web.readonly`.)"""

    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return errors.not_allowed(request, ["GET", "HEAD"])
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return errors.refused(
                request, refusal, status=403 if isinstance(refusal, NotAllowed) else REFUSED
            )

    return reading


def writes(view: View | None = None, *, back: str = "") -> Any:
    """POST only. A refusal becomes its sentences: a notice and the page one came from, or 422 and the notice for htmx.

    ``back`` names the route to return to, with the view's own arguments; without it, it is the page the form stood on.
    """
    if view is None:
        return lambda view: writes(view, back=back)

    @wraps(view)
    def writing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return errors.not_allowed(request, ["POST"])
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return _answer(request, refusal, reverse(back, args=args, kwargs=kwargs) if back else "")

    writing.only_writes = True  # type: ignore[attr-defined]
    return writing


def by_method(**views: View) -> View:
    """One address, a view for each method: ``by_method(GET=new_activity, POST=filing)``."""

    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view = views.get("GET" if request.method == "HEAD" else str(request.method))
        return view(request, *args, **kwargs) if view else errors.not_allowed(request, list(views))

    chosen.views = views  # type: ignore[attr-defined]
    return chosen


def workspace(view: View | None = None, *, roles: tuple[Role, ...] = (), helpers: bool = False) -> Any:
    """For people who act for a unit: sign in first, choose the unit if there are several. ``request.actor`` is theirs.

    ``roles`` closes the whole page to actors who hold none of them; what an act needs is checked by the act. Who only
    helps with the machine (an operator) comes in where ``helpers`` says so: pages without what units write.
    """
    if view is None:
        return lambda view: workspace(view, roles=roles, helpers=helpers)

    @wraps(view)
    def inside(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _first(request, "account_login")
        if not request.actor:
            return _first(request, "workspace:unit")
        if (roles and not request.actor.holds(*roles)) or (request.actor.only_helps and not helpers):
            return errors.forbidden(request)
        if first := second_step.missing(request):
            return first
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    inside.for_workspace = True  # type: ignore[attr-defined]
    inside.for_roles = roles  # type: ignore[attr-defined]
    return inside


def written(request: HttpRequest, name: str, most: int) -> str:
    """A line that stands in no form of ours: without what no database keeps, and not longer than ``most``."""
    return request.POST.get(name, "").replace("\0", "")[:most]


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the form asks to go next, if that is a page of ours; else ``otherwise`` (a route's name or an address)."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    return wanted if _is_ours(request, wanted) else resolve_url(otherwise)


def _is_ours(request: HttpRequest, url: str) -> bool:
    """A whole address or a path from the root: a bare word would be taken for the name of a route."""
    return url.startswith(("/", "http://", "https://")) and url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def _first(request: Request, route: str) -> HttpResponse:
    """Another page first, and back here afterwards; a form that was sent is not sent again."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else _came_from(request)
    url = reverse(route) + (f"?{urlencode({REDIRECT_FIELD_NAME: here})}" if here else "")
    if getattr(request, "htmx", None):
        # a sign-in page must not appear inside a piece
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _came_from(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    if not _is_ours(request, referer):
        return ""
    # more slashes in front would make the first part of the path another host
    return "/" + referer.split("/", 3)[3].lstrip("/\\") if referer.count("/") >= 3 else "/"


def _answer(request: HttpRequest, refusal: Refused, back: str) -> HttpResponse:
    if getattr(request, "htmx", None):
        notice = render_to_string("components/refusal.html", {"refusal": refusal}, request)
        return HttpResponse(
            notice,
            status=REFUSED,
            headers={"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:window:top"},
        )
    for reason in refusal.reasons:
        messages.error(request, in_a_line(reason))
    try:
        home = reverse("workspace:home")
    except NoReverseMatch:
        home = "/"
    return redirect_to(back or _came_from(request) or home)


def _fresh_notices(request: HttpRequest) -> str:
    waiting = messages.get_messages(request)
    if not len(waiting):
        return ""
    return render_to_string("components/notices.html", {"messages": waiting, "out_of_band": True}, request)
