"""Choosing the language of the interface: remembered by the browser, and by the person who is signed in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kepu.accounts.actions import choose_language
from kepu.web.actor import person_of
from kepu.web.carrying import IN_ADDRESS
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.above import only_takes_forms, page_above
from kepu.web.shared.views import redirect_to, safe_next, writes


@csrf_exempt  # the form stands on pages that a shared cache keeps for everybody, so it can carry no token
@writes
def choice(request: Request) -> HttpResponse:
    if not from_ourselves(request):
        return errors.csrf(request)
    code = request.POST.get("language", "")
    if code not in dict(settings.LANGUAGES):
        return errors.bad_request(request)
    if request.user.is_authenticated:
        choose_language(request.user, code, by=person_of(request), at=request.at)
    response = redirect_to(page_again(safe_next(request, "portal:home")))
    remember(response, code)
    return response


def page_again(url: str) -> str:
    """The page again, without a language in its address; where an act has answered in its own address, which cannot be
    opened, the page above it."""
    parts = urlsplit(url)
    if only_takes_forms(parts.path):
        return page_above(parts.path)
    query = [part for part in parts.query.split("&") if not part.startswith(f"{IN_ADDRESS}=")]
    return parts._replace(query="&".join(query)).geturl()


def from_ourselves(request: Request) -> bool:
    """Whether the form stood on a page of ours: every browser says so with a POST."""
    try:
        return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
    except ValueError:  # what is no address is not ours
        return False


def remember(response: HttpResponse, code: str) -> None:
    """Let the browser remember a language."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
