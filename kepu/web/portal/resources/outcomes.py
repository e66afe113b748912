"""What came of activities, where their hosts have put it before the public: the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kepu.activities.lists import page_of
from kepu.activities.models import Publication
from kepu.activities.questions import Question
from kepu.activities.results import LABEL
from kepu.core.calendar import day_of
from kepu.notices.models import Season
from kepu.orgs.models import Place
from kepu.web.portal.activities.outcome import Outcome, outcome_of
from kepu.web.portal.activities.pictures import Shown, gallery_of
from kepu.web.portal.wording import day_words

SHOWN = 12
WORDS = 80  # of what its host says of it


@dataclass(frozen=True, slots=True)
class Told:
    """An activity that was held, in a list: a picture of the day, when it was, what came of it."""

    publication: Publication
    picture: Shown | None
    day: str
    words: str
    outcome: Outcome


def lately_told(season: Season, place: Place | None, *, at: datetime, most: int = SHOWN) -> list[Told]:
    """The last of which there is something to see. Two queries, one where there is none; no work that grows."""
    facet, _colon, code = LABEL.partition(":")
    found = page_of(Question(season, at, when="all", place=place, facets={facet: code}), size=most)
    pks = [line.publication.pk for line in found.items]
    whole = Publication.objects.in_bulk(pks) if pks else {}
    return [_told(whole[pk], told) for pk in pks if pk in whole and (told := outcome_of(whole[pk]))]


def _told(publication: Publication, outcome: Outcome) -> Told:
    words = " ".join(outcome.words.split())
    short = words if len(words) <= WORDS else f"{words[:WORDS]}…"
    day = day_words(day_of(publication.starts_at), weekday=False)
    return Told(publication, gallery_of(publication).first_of_day, day, short, outcome)
