"""The page 海报 of an activity and of a place, and the pictures on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kepu.activities.models import Publication
from kepu.core import tallies
from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.orgs.models import Place
from kepu.web.limits import Budget, wait_for_address
from kepu.web.portal.activities import finding
from kepu.web.portal.caching import is_personal, public, tag_of
from kepu.web.portal.languages import in_language, spoken
from kepu.web.portal.posters import drawing, saying, share
from kepu.web.portal.posters.laying import FORMATS, Ending, Format
from kepu.web.portal.posters.saying import Poster
from kepu.web.request import Request
from kepu.web.shared import errors
from kepu.web.shared.views import page, reads

# New pictures for one address; what was drawn before is free. A school whose five hundred pupils each open another one is
# not stopped; ten minutes of it cost a processor one.
DRAWINGS = Budget("poster", "address", 600, 600)
LIFE = 300  # seconds before a cache asks whether the picture is still the same


@dataclass(frozen=True, slots=True)
class File:
    """One of the files that a page offers."""

    name: str
    hint: str
    url: str
    download: str


@public
@reads
def activity_poster(request: Request, pk: int) -> HttpResponse:
    """Two queries while the rule book is warm."""
    publication, poster = _of_activity(request, pk)
    path = reverse("portal:activity-poster", args=[pk])
    context = {
        "poster": poster, "title": publication.title, "back": reverse("portal:activity", args=[pk]), "back_label": publication.title,
        "share": share.of_activity(publication, poster, path=path),
        "picture": share.file_of_activity(publication, "poster", "png"),
        "files": _files(poster, lambda sheet, ending: share.file_of_activity(publication, sheet, ending)),
        "link": _link(poster),
    }  # fmt: skip
    return page(request, "portal/posters/poster.html", _sized(context))


@public(seconds=LIFE)
@reads
def activity_poster_file(request: Request, pk: int, sheet: str, ending: str) -> HttpResponse:
    """A picture of an activity. Two queries while the rule book is warm, and no drawing where the visitor has it already."""
    form, kind = _format(sheet, ending)
    _publication, poster = _of_activity(request, pk)
    return _file(request, poster, form, kind)


@public
@reads
def place_poster(request: Request, code: str) -> HttpResponse:
    """Three queries while the rule book is warm."""
    place, poster = _of_place(request, code)
    path = reverse("portal:place-poster", args=[place.code])
    context = {
        "poster": poster, "title": poster.title, "back": poster.address, "back_label": poster.title,
        "share": share.of_place(place, poster, path=path), "picture": share.file_of_place(place, "poster", "png"),
        "files": _files(poster, lambda sheet, ending: share.file_of_place(place, sheet, ending)), "link": _link(poster),
    }  # fmt: skip
    return page(request, "portal/posters/poster.html", _sized(context))


@public(seconds=LIFE)
@reads
def place_poster_file(request: Request, code: str, sheet: str, ending: str) -> HttpResponse:
    """A picture of a place. Three queries while the rule book is warm."""
    form, kind = _format(sheet, ending)
    _place, poster = _of_place(request, code)
    return _file(request, poster, form, kind)


def _of_activity(request: Request, pk: int) -> tuple[Publication, Poster]:
    publication = finding.publication_of(pk)
    if publication is None:
        raise Http404
    return publication, saying.of_activity(publication, finding.places_of(publication), at=request.at)


def _of_place(request: Request, code: str) -> tuple[Place, Poster]:
    season: Season | None = shown_season()
    place: Place = get_object_or_404(Place, code=code)
    if season is None:
        raise Http404
    counts = tallies.in_place(season.pk, place.path)
    return place, saying.of_place(place, season, counts.get(("activity.published", ""), 0), at=request.at)


def _format(sheet: str, ending: str) -> tuple[Format, Ending]:
    form = FORMATS.get(sheet)
    for known in form.endings if form else ():
        if form and known == ending:
            return form, known
    raise Http404


def _file(request: Request, poster: Poster, sheet: Format, ending: Ending) -> HttpResponse:
    """The picture; 304 where the visitor has this version, whatever was published since that it does not show."""
    version = drawing.version_of(poster, sheet, ending)
    tag = tag_of(version.encode())
    if not is_personal(request) and (same := get_conditional_response(request, etag=tag)):
        same.headers["ETag"] = tag
        return same
    content = drawing.kept(version)
    if content is None:
        if wait := wait_for_address(request, DRAWINGS):
            return errors.wait(request, wait)
        content = drawing.drawn(poster, sheet, ending, version=version)
    response = HttpResponse(content, content_type=drawing.TYPES[ending])
    response.headers["ETag"] = tag
    response.headers["Content-Disposition"] = (
        content_disposition_header(False, _file_name(poster, sheet, ending)) or ""
    )
    return response


def _file_name(poster: Poster, sheet: Format, ending: str) -> str:
    return f"{poster.title[:40]} {_names()[sheet.name, ending][0]}.{ending}".replace("/", " ").replace(
        "\\", " "
    )


def _files(poster: Poster, where: Callable[[str, str], str]) -> list[File]:
    return [
        File(name, hint, where(sheet, ending), _file_name(poster, FORMATS[sheet], ending))
        for (sheet, ending), (name, hint) in _names().items()
    ]


def _names() -> dict[tuple[str, str], tuple[str, str]]:
    """What each file is called and what it is for, in the order of the page."""
    return {
        ("poster", "pdf"): (_("打印用"), _("PDF，A4 纸，放大也清楚")),
        ("poster", "png"): (_("竖版图片"), _("PNG，发朋友圈、放大屏")),
        ("square", "png"): (_("方形图片"), _("PNG，发微信群、公众号")),
        ("share", "png"): (_("横版图片"), _("PNG，配链接、配推文")),
        ("poster", "svg"): (_("矢量图"), _("SVG，给做设计的人改大小")),
    }


def _link(poster: Poster) -> str:
    """The address to be copied, in the reader's language."""
    return in_language(poster.address, spoken())


def _sized(context: dict[str, Any]) -> dict[str, Any]:
    width, height = FORMATS["poster"].pixels
    return {**context, "width": width, "height": height}
