"""For which place and which season a page of the portal is asked, and the ways to the places around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kepu.notices.models import Season
from kepu.notices.queries import shown_season
from kepu.orgs.models import Level, Place
from kepu.web.portal.activities.finding import Inside, children_of, trail_of
from kepu.web.portal.notices.whom import asked
from kepu.web.request import Request

MOST_ALIKE = 12


@dataclass(frozen=True, slots=True)
class Where:
    """A place asked for: None where no such place is known, or where several bear the name (``alike``)."""

    text: str
    place: Place | None
    alike: tuple[Place, ...] = ()
    trail: tuple[Place, ...] = ()
    inside: tuple[Inside, ...] = ()

    @property
    def is_nation(self) -> bool:
        return self.place is not None and self.place.level == Level.NATION

    @property
    def code(self) -> str:
        """As addresses name it; "" for the nation."""
        return "" if self.place is None or self.is_nation else self.place.code

    @property
    def name(self) -> str:
        if self.is_nation:
            return pgettext("place", "全国")
        return self.place.name if self.place else self.text

    @property
    def status(self) -> int:
        """Of the answer: a place that is not there is not found."""
        return 200 if self.place is not None or self.alike else 404


def where_asked(request: Request) -> Where:
    """The place that ``?place=`` asks for by its code or its name; the nation where it asks for none.

    Three queries; one more for a name instead of a code.
    """
    text = asked(request, "place")
    found = list(Place.objects.filter(code=text) if text else Place.objects.filter(path="/"))
    if text and not found:
        found = list(Place.objects.filter(name=text).order_by("path")[:MOST_ALIKE])
    if len(found) != 1:
        return Where(text, None, tuple(found))
    (place,) = found
    return Where(text, place, (), tuple(trail_of(place)), tuple(children_of(place)))


def season_asked(request: Request) -> Season | None:
    """The season that ``?season=`` names, else the one that a reader sees; None before the first. One query.

    Raises Http404 for a season that is not there.
    """
    code = asked(request, "season")
    if not code:
        return shown_season()
    season = Season.objects.filter(code=code).first()
    if season is None:
        raise Http404(_("没有这一届。"))
    return season
