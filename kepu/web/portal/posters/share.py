"""What is said to whoever shows a link of ours as a card: a chat, a social network, a search engine."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from kepu.activities.models import Publication
from kepu.orgs.models import Place
from kepu.web.carrying import IN_ADDRESS
from kepu.web.portal.activities.markup import whole_address
from kepu.web.portal.languages import Addresses, addresses, spoken
from kepu.web.portal.posters.laying import FORMATS
from kepu.web.portal.posters.saying import Poster


@dataclass(frozen=True, slots=True)
class Share:
    """What ``portal/posters/_meta.html`` draws."""

    title: str
    image: str
    width: int
    height: int
    alt: str
    addresses: Addresses


def of_activity(publication: Publication, poster: Poster, *, path: str = "") -> Share:
    """The card of an activity's page (or of another ``path`` about it). No query."""
    path = path or reverse("portal:activity", args=[publication.pk])
    file = file_of_activity(publication, "share", "png")
    return _card(poster, path, file)


def of_place(place: Place, poster: Poster, *, path: str) -> Share:
    return _card(poster, path, file_of_place(place, "share", "png"))


def file_of_activity(publication: Publication, sheet: str, ending: str) -> str:
    """Where a picture of an activity is: with its language, and with what makes the address new when it changes."""
    where = reverse("portal:activity-poster-file", args=[publication.pk, sheet, ending])
    return f"{where}?{urlencode({IN_ADDRESS: spoken(), 'v': publication.digest[:10]})}"


def file_of_place(place: Place, sheet: str, ending: str) -> str:
    where = reverse("portal:place-poster-file", args=[place.code, sheet, ending])
    return f"{where}?{urlencode({IN_ADDRESS: spoken()})}"


def _card(poster: Poster, path: str, file: str) -> Share:
    width, height = FORMATS["share"].pixels
    return Share(poster.title, whole_address(file), width, height, poster.alt, addresses(path))
