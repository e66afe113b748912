"""Poster and pictures as the public sees them: where they are on the page of an activity, and the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.urls import reverse

from kepu.activities.models import Picture, PictureKind, Publication
from kepu.core.files import read_kept
from kepu.core.files.pictures import WIDTHS, ending_of
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.caching import tag_of
from kepu.web.request import Request
from kepu.web.shared.views import reads

# An address says the content, so it never changes; but a picture may be taken back, and a day later no cache shows it.
LIFE = "public, max-age=86400, immutable"


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture on a page."""

    small: str
    large: str
    srcset: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """The pictures of one activity, those ``of_day`` taken since it began; ``preview`` is what others show beside a link."""

    poster: Shown | None
    pictures: list[Shown]
    of_day: list[Shown]

    @property
    def large(self) -> list[str]:
        return [one.large for one in ([self.poster] if self.poster else []) + self.pictures + self.of_day]

    @property
    def first(self) -> Shown | None:
        """The one that stands for it in a list: the poster, else the first picture."""
        return self.poster or next(iter([*self.pictures, *self.of_day]), None)

    @property
    def first_of_day(self) -> Shown | None:
        """The one that shows how it was; a poster shows what was to come."""
        return next(iter([*self.of_day, *self.pictures]), None)

    @property
    def preview(self) -> str:
        return whole_address(self.large[0]) if self.large else ""


def public_address(digest: str, width: int) -> str:
    return reverse("portal:picture", args=[digest, width])


def gallery_of(publication: Publication, address: Callable[[str, int], str] = public_address) -> Gallery:
    """What its copy says of pictures. No query. ``address`` gives where one of a digest and a width is, such as to those
    who may see what is not public yet.
    """
    said: list[dict[str, Any]] = publication.content.get("pictures", [])
    poster = next((one for one in said if one["kind"] == PictureKind.POSTER), None)
    others = [one for one in said if one["kind"] != PictureKind.POSTER]
    before, of_day = (
        [_shown(one, address) for one in others if bool(one.get("of_day")) is late] for late in (False, True)
    )
    return Gallery(_shown(poster, address) if poster else None, before, of_day)


@reads
def picture(request: Request, digest: str, width: str) -> HttpResponse:
    """One small picture that a current copy names; any other is not there. One query.

    What comes out was drawn by us from its pixels (:mod:`kepu.core.files.pictures`): always a WebP, never a page.
    """
    if int(width) not in WIDTHS or not Picture.objects.in_public().filter(digest=digest).exists():
        raise Http404
    headers = {"Cache-Control": LIFE, "ETag": tag_of(digest.encode(), width.encode())}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return HttpResponseNotModified(headers=headers)
    try:
        content = read_kept(digest, ending_of(int(width)))
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/webp", headers=headers)


def _shown(said: dict[str, Any], address: Callable[[str, int], str]) -> Shown:
    addresses = {width: address(said["digest"], width) for width in WIDTHS}
    # a picture that is narrower is not drawn larger
    srcset = ", ".join(f"{where} {min(width, said['width'])}w" for width, where in addresses.items())
    small, large = (addresses[width] for width in WIDTHS)
    return Shown(small, large, srcset, said["width"], said["height"], said["alt"], said["credit"])
