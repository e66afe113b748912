"""Choosing how pages look: one press changes one part, the browser remembers it, and the same page comes again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from kepu.web.looks import COOKIE, WORDS, Look, look_of
from kepu.web.portal.caching import public
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.language import from_ourselves, page_again
from kepu.web.shared.views import by_method, page, reads, redirect_to, safe_next, writes


@public
@reads
def switch(request: Request) -> HttpResponse:
    """The switch on a page of its own, with what each way is for. No query."""
    back = safe_next(request, "portal:home")
    here = f"{reverse('look')}?{urlencode({'next': back})}"
    return page(request, "looks/look.html", {"back": back, "here": here})


@writes
def choice(request: Request) -> HttpResponse:
    """Change the parts that were sent and keep the others; ``all=usual`` goes back to the usual look."""
    if not from_ourselves(request):
        return errors.csrf(request)
    sent = {name: request.POST[name] for name in WORDS if name in request.POST}
    try:
        chosen = Look() if request.POST.get("all") == "usual" else look_of(request).but(**sent)
    except ValueError:
        return errors.bad_request(request)
    response = redirect_to(page_again(safe_next(request, "portal:home")))
    remember(response, chosen)
    return response


# the form stands on pages that a shared cache keeps for everybody, so it can carry no token
look = csrf_exempt(by_method(GET=switch, POST=choice))


def remember(response: HttpResponse, look: Look) -> None:
    """Let the browser remember a look; the usual one needs no cookie."""
    if not look.code:
        response.delete_cookie(COOKIE, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return
    response.set_cookie(
        COOKIE,
        look.code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
