"""Activities by what their titles say, for whoever has not written out what they look for."""

from __future__ import annotations

from datetime import datetime

from kepu.activities import listing
from kepu.activities.models import Publication
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core.calendar import day_of, start_of_day
from kepu.core.search import folded, phrases, pk_of
from kepu.core.searching import Search
from kepu.notices.models import Season
from kepu.orgs.models import Level, Place

LOOKED_AT = 60  # of those that say it anywhere, the nearest in time
COLUMNS = ("title", "status", "next_at", "time_pending", "place_words")


def titled(text: str, season: Season, place: Place | None, *, at: datetime, most: int) -> list[Publication]:
    """Up to ``most`` whose titles hold every part of ``text``: those that begin with it first, then the nearest in time.

    They are looked for among the next :data:`LOOKED_AT` that say it anywhere, after the season among the last. A single
    character finds nothing. Two queries, none where there is nothing to look for.
    """
    whole = [phrase for phrase in phrases(text) if len(phrase) > 1 or len(phrase[0]) > 1]
    if not whole:
        return []
    today, over = day_of(at), day_of(at) > season.last_day
    labels = [(listing.in_place(place.code),)] if place and place.level != Level.NATION else []
    search = Search(
        SEARCH_TABLE, whole, labels, since=None if over else start_of_day(today),
        before=start_of_day(today) if over else None, partition=listing.partition_of(season.pk),
    )  # fmt: skip
    pks = [pk_of(key) for key in search.first(LOOKED_AT, descending=over)]
    rows = Publication.objects.only(*COLUMNS).in_bulk(pks) if pks else {}
    parts = folded(text)
    said = {pk: "".join(folded(rows[pk].title)) for pk in pks if pk in rows}
    having = [pk for pk, title in said.items() if all(part in title for part in parts)]
    having.sort(key=lambda pk: not said[pk].startswith(parts[0]))
    return [rows[pk] for pk in having[:most]]
