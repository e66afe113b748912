"""Something online every day (NA-54, DG-34): the days of a window on which nothing is."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from kepu.activities.models import Mode, PublicationDay, PublicationStatus
from kepu.core.calendar import ONE_DAY, day_of
from kepu.core.fields import under
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

TAKES_PLACE = (PublicationStatus.ON, PublicationStatus.CHANGED, PublicationStatus.OVER)
_COLUMNS = {Level.PROVINCE: "province", Level.CITY: "city", Level.COUNTY: "county"}


def days_without_online(season: Season, area: Place, window: Window) -> list[date]:
    """The days of a window on which no published activity of an area is online. One query.

    A window with an open side is looked at within the season.
    """
    begins, ends = window.begins(), window.ends()
    first = max(day_of(begins), season.first_day) if begins else season.first_day
    last = min(day_of(ends), season.last_day) if ends else season.last_day
    rows = PublicationDay.objects.filter(
        _within(area), season=season, day__gte=first, day__lte=last, mode__in=[Mode.ONLINE, Mode.MIXED],
        publication__status__in=TAKES_PLACE, publication__time_pending=False,
    )  # fmt: skip
    with_some = set(rows.order_by().values_list("day", flat=True).distinct())
    return [day for day in _days(first, last) if day not in with_some]


def _within(area: Place) -> Q:
    if area.level == Level.NATION:
        return Q()
    column = _COLUMNS.get(Level(area.level))
    return Q(**{column: area.code}) if column else under("publication__place_path", area.path)


def _days(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]
