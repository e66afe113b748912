"""Reading the seasons that the public knows, and their totals side by side. Each function says its number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, Sum

from kepu.core.models import TallyEntry, TallyTotal
from kepu.notices.models import Notice, NoticeStatus, Season
from kepu.notices.queries import notices_of
from kepu.notices.queries.seasons import seasons_listed
from kepu.web.portal.figures.counting import FROM_AFAR, HELD, ON_SITE, PUBLISHED, Counts

MOST_SEASONS, MOST_NOTICES = 60, 10
MEASURES = (PUBLISHED, HELD, ON_SITE, FROM_AFAR)


def seasons_known(present: Season) -> list[Season]:
    """The present season and all that had a notice or are over, the latest first; one that is only being prepared is not
    known yet. One query.
    """
    begun = Exists(Notice.objects.filter(season=OuterRef("pk")))
    known = seasons_listed().filter(Q(begun) | Q(is_open=False) | Q(pk=present.pk))
    return list(known[:MOST_SEASONS])


def totals_of(seasons: Iterable[Season]) -> dict[int, Counts]:
    """What was counted in the whole country, by season: totals and what is not folded into them yet. One query."""
    counted: dict[int, Counter[tuple[str, str]]] = {season.pk: Counter() for season in seasons}
    same = {"season_id__in": list(counted), "measure__in": MEASURES, "facet": ""}
    totals = TallyTotal.objects.filter(**same, scope="place:/").values_list("season_id", "measure", "n")
    entries = TallyEntry.objects.filter(**same).values("season_id", "measure")
    deltas = entries.annotate(total=Sum("n")).values_list("season_id", "measure", "total")
    # one statement, so that a fold in between can neither hide nor double a delta
    for season_id, measure, n in totals.union(deltas, all=True):
        counted[season_id][measure, ""] += int(n)
    return {pk: Counts(found) for pk, found in counted.items()}


def results_of(season: Season) -> Sequence[Notice]:
    """Notices of results: who was commended, how many took part. One query."""
    return list(notices_of(season).filter(status=NoticeStatus.RESULTS)[:MOST_NOTICES])


def first_notices(season: Season) -> tuple[Sequence[Notice], bool]:
    """The notices from the nation down, as many as a page shows, and whether there are more. One query."""
    found = list(notices_of(season).exclude(status=NoticeStatus.RESULTS)[: MOST_NOTICES + 1])
    return found[:MOST_NOTICES], len(found) > MOST_NOTICES
