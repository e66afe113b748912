"""Which notices an address asks for: those of a season, or those that speak to one place; the last change first."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kepu.core.fields import ancestors
from kepu.core.paging import page
from kepu.notices.models import Notice, Season
from kepu.notices.queries import LogLine, acts_on, shown_season
from kepu.orgs.models import Place
from kepu.web.portal.machines.problems import not_there, not_understood, repeated

WORDS = ("place", "season", "cursor", "size", "lang")
ORDER = ("-changed_at", "-pk")


@dataclass(frozen=True, slots=True)
class Asked:
    """The season, and the place where one is asked for. ``season`` is None only where there is none at all."""

    season: Season | None
    place: Place | None = None

    @property
    def title(self) -> str:
        """东莞市 · 通知 · 2023年全国科普日"""
        where = self.place.name if self.place else pgettext("place", "全国")
        return " · ".join([where, _("通知"), str(self.season or settings.SITE_NAME)])


@dataclass(frozen=True, slots=True)
class Found:
    """A page of notices, each with what was done with it, the newest act first; ``next`` is the cursor of the next page."""

    notices: list[tuple[Notice, list[LogLine]]]
    next: str = ""


def asked_by(request: HttpRequest) -> Asked:
    """Raises :class:`Problem`: 400 for a word that means nothing here, 404 for what there is not. Two queries at most."""
    if wrong := [name for name in request.GET if name not in WORDS and any(request.GET.getlist(name))]:
        said = [_("“%(name)s”看不懂：这里没有这个条件。") % {"name": repeated(name)} for name in wrong[:5]]
        raise not_understood([*said, _("能用的条件：%(names)s。") % {"names": _("、").join(WORDS)}])
    code, of_place = (request.GET.get(name, "").replace("\0", "")[:60] for name in ("season", "place"))
    season = Season.objects.filter(code=code).first() if code else shown_season()
    if code and season is None:
        raise not_there(_("没有代码是“%(code)s”的届次。") % {"code": repeated(code)})
    place = Place.objects.filter(code=of_place).first() if of_place else None
    if of_place and place is None:
        raise not_there(_("没有代码是“%(code)s”的地区。") % {"code": repeated(of_place)})
    return Asked(season, place)


def find(asked: Asked, *, cursor: str, size: int) -> Found:
    """Three queries. Of a place those of the place and of the places above it: a few, by their key.

    Raises :class:`Problem` for a cursor that leads nowhere.
    """
    if asked.season is None:
        return Found([])
    rows = Notice.objects.filter(season=asked.season, changed_at__isnull=False)
    if asked.place is not None:
        rows = rows.filter(place__path__in=ancestors(asked.place.path))
    found = page(rows.select_related("season", "place", "line"), order=ORDER, cursor=cursor, size=size)
    if cursor and not found.previous:
        raise not_understood([_("“cursor”看不懂，或者条件变了。请去掉它，从第一页取起。")])
    acts = acts_on(found.items)
    return Found([(notice, acts.get(notice.pk, [])) for notice in found.items], found.next)
