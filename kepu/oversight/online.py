"""Something online every day (NA-54, DG-34): the days of a window on which nothing is."""

from __future__ import annotations

from datetime import date

from kepu.activities.online import counted_online
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.kinds.window import Window
from kepu.notices.models import Season
from kepu.orgs.models import Place


def days_without_online(season: Season, area: Place, window: Window) -> list[date]:
    """The days of a window on which no published activity of an area is online. One query, of one row a day.

    A window with an open side is looked at within the season.
    """
    begins, ends = window.begins(), window.ends()
    first = max(day_of(begins), season.first_day) if begins else season.first_day
    last = min(day_of(ends), season.last_day) if ends else season.last_day
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return [day for day, n in counted_online(season, area, days, most=1).items() if not n]
