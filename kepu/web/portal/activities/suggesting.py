"""What may be meant by what is typed so far: places, days, kinds, and activities by their titles.

The last word is what one is typing; what stands before it stays a word of the question. Each suggestion leads to the
same question with a condition in the place of that word, or to the activity itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kepu.activities.models import Mode, Publication, PublicationStatus
from kepu.activities.titles import titled
from kepu.core.calendar import ONE_DAY, day_of
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.orgs.place_queries import Named, places_beginning
from kepu.orgs.queries import place_names
from kepu.web.portal.activities.asking import WHENS, Asked, weekend
from kepu.web.portal.activities.facets import KINDS, Words, address
from kepu.web.portal.activities.understanding import when_meant
from kepu.web.portal.wording import WEEKDAYS, day_words, days_words

MOST_PLACES, MOST_DAYS, MOST_KINDS, MOST_TITLES = 4, 3, 4, 4
PROBED = 200  # places of one level that begin so; a name that more bear than this is one of them by chance
PROBED_BY_ONE = 12  # where one character was typed
LONGEST_NAME = 20
_WEEK = tuple(f"周{day}" for day in WEEKDAYS)
_NAMED = (
    "今天",
    "明天",
    "后天",
    "周末",
    *_WEEK,
    *(f"下{day}" for day in _WEEK),
    "today",
    "tomorrow",
    "weekend",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way on: where it leads, its words, what tells it from others of the same words, and the sign of its sort."""

    url: str
    label: str
    note: str
    sign: str


def suggestions(
    asked: Asked, season: Season, place: Place | None, words: Words, *, at: datetime
) -> list[Suggestion]:
    """What the text of ``asked`` may mean in the season and the place. Four queries at most."""
    if not asked.text:
        return []
    *before, typed = asked.text.split()
    rest = asked.but(text=" ".join(before))
    days, places = _days(rest, typed, season, at), _places(rest, typed, place)
    return [*days, *places, *_kinds(rest, typed, words), *_titles(asked.text, season, place, at)]


def _places(asked: Asked, typed: str, inside: Place | None) -> list[Suggestion]:
    """Those in the place that is asked for come first; each says in which places it lies. Two queries."""
    if len(typed) > LONGEST_NAME or typed.isascii():
        return []
    found = places_beginning(typed, most=PROBED if len(typed) > 1 else PROBED_BY_ONE)
    if inside is not None:
        found.sort(key=lambda one: not one.path.startswith(inside.path))
    shown = found[:MOST_PLACES]
    names = place_names(one.path for one in shown) if shown else {}
    return [
        Suggestion(address(asked.but(place=one.code)), one.name, _above(one, names), "place") for one in shown
    ]


def _above(place: Named, names: Mapping[str, str]) -> str:
    return names[place.path].removesuffix(place.name) or pgettext("place", "全国")


def _days(asked: Asked, typed: str, season: Season, at: datetime) -> list[Suggestion]:
    """Days by their names, and the days of the season that are still to come by their dates."""
    today = day_of(at)
    found: dict[tuple[tuple[str, str], ...], Suggestion] = {}
    named = [name for name in _NAMED if name.startswith(typed.lower())]
    for name in dict.fromkeys([typed, *named]):
        meant = when_meant(name, at)
        if meant and "mode" not in meant and meant.get("day", today.isoformat()) >= today.isoformat():
            found[tuple(meant.items())] = _day(asked, meant, today)
    for day in _dates(typed, max(today, season.first_day), season.last_day):
        meant = {"day": day.isoformat()}
        found.setdefault(tuple(meant.items()), _day(asked, meant, today))
    return list(found.values())[:MOST_DAYS]


def _dates(typed: str, first: date, last: date) -> Iterator[date]:
    """The days between two whose date begins so: 9月1 is 9月1日 and 9月10日, 17 is 9月17日."""
    if not typed[0].isdecimal():
        return
    for n in range(min((last - first).days + 1, 366)):
        day = first + n * ONE_DAY
        date_, in_month = f"{day.month}月{day.day}日", f"{day.day}日"
        if date_.startswith(typed) or (len(typed) > 1 and in_month.startswith(typed)):
            yield day


def _day(asked: Asked, meant: Mapping[str, str], today: date) -> Suggestion:
    if "day" in meant:
        words, note = day_words(date.fromisoformat(meant["day"])), ""
    else:
        words = str(WHENS[meant["when"]])
        spans: dict[str, tuple[date, ...]] = {
            "weekend": weekend(today),
            "today": (today, today),
            "tomorrow": (today + ONE_DAY,) * 2,
        }
        first, last = spans[meant["when"]]
        note = days_words(first, last)
    url = address(asked.but(day=meant.get("day", ""), when=meant.get("when", "")))
    return Suggestion(url, words, note, "calendar")


def _kinds(asked: Asked, typed: str, words: Words) -> list[Suggestion]:
    """Kinds whose word begins so, then those that have it in their word, where more than one character is typed."""
    said = [("mode", _("方式"), str(mode), str(label)) for mode, label in Mode.choices]
    said += [
        (name, str(title), code, word) for name, title, _prefix in KINDS for code, word in words[name].items()
    ]
    small = typed.lower()
    having = [
        one
        for one in said
        if one[3].lower().startswith(small) or (len(small) > 1 and small in one[3].lower())
    ]
    having.sort(key=lambda one: not one[3].lower().startswith(small))
    return [
        Suggestion(address(asked.but(**{name: code})), word, title, "list")
        for name, title, code, word in having[:MOST_KINDS]
    ]


def _titles(text: str, season: Season, place: Place | None, at: datetime) -> list[Suggestion]:
    found = titled(text, season, place, at=at, most=MOST_TITLES)
    return [
        Suggestion(reverse("portal:activity", args=[one.pk]), one.title, _when_and_where(one), "sun")
        for one in found
    ]


def _when_and_where(publication: Publication) -> str:
    if publication.status == PublicationStatus.CANCELLED:
        return _("已取消")
    when = _("时间待定") if publication.time_pending else day_words(day_of(publication.next_at))
    return f"{when} · {publication.place_words}" if publication.place_words else when
