"""What every request knows: its language, its look, its instant, and who acts."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from kepu.core import clock
from kepu.web import looks
from kepu.web.actor import actor_of
from kepu.web.carrying import IN_ADDRESS, carrying, page_carrying
from kepu.web.shared import errors

Answer = Callable[[HttpRequest], HttpResponse]


def readable(get_response: Answer) -> Answer:
    """A zero character in an address or a cookie is nobody's meaning, and no database takes it for text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in text for text in (request.path, *request.COOKIES.values())):
            return errors.bad_request(request)
        return get_response(request)

    return middleware


def language(get_response: Answer) -> Answer:
    """The language that the address names (``?lang=en``), else the one that the visitor has chosen, else Chinese.

    An address that names its language is the same page for everybody, so that it can be kept, linked to and found, and
    leads on in it; views never see the name. The browser's own preference is not asked: many a browser in a Chinese office was set up in English,
    and a shared cache holds one page for all who have not chosen.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        named = _named_in_address(request)
        chosen = named or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            if not named:
                patch_vary_headers(response, ["Cookie"])
                return response
            if "Location" in response.headers:
                response.headers["Location"] = carrying(response.headers["Location"], named)
            if _is_page(response):
                _replace(response, page_carrying(response.content, named))
            return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def _replace(response: HttpResponse, content: bytes) -> None:
    """Other content, of which the length was told already."""
    response.content = content
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(content))


def _named_in_address(request: HttpRequest) -> str:
    """The language that the address of a page names, which is taken out of the query; "" where it names none of ours."""
    if f"{IN_ADDRESS}=" not in request.META.get("QUERY_STRING", ""):
        return ""
    named = request.GET.get(IN_ADDRESS, "")
    if named not in dict(settings.LANGUAGES):
        return ""
    rest = request.GET.copy()
    del rest[IN_ADDRESS]
    rest._mutable = False
    request.GET = rest  # type: ignore[assignment]
    return named


def look(get_response: Answer) -> Answer:
    """``request.look``: how the visitor wants pages to look, from one cookie and the browser's wish to save data.

    Whoever keeps an answer that depends on it is told so, also where the address names the language. Where no pictures are wanted, a page that was drawn with them goes out with their words instead.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        asked: list[looks.Look] = []

        def look_asked() -> looks.Look:
            if not asked:
                saving = request.headers.get("Save-Data", "").strip().lower() == "on"
                asked.append(looks.Look.of(request.COOKIES.get(looks.COOKIE, ""), saving=saving))
            return asked[0]

        request.look = SimpleLazyObject(look_asked)  # type: ignore[attr-defined]
        response = get_response(request)
        if asked:
            patch_vary_headers(response, ["Cookie", "Save-Data"])
            if asked[0].lite and _is_page(response):
                _replace(response, looks.without_pictures(response.content))
        return response

    return middleware


def instant(get_response: Answer) -> Answer:
    """``request.at``: the instant at which all of this request happens, asked once."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def actor(get_response: Answer) -> Answer:
    """``request.actor``: found when first looked at; pages of the public never look."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined, arg-type]
        return get_response(request)

    return middleware
