"""Filing a published activity in the lists: its words and labels in the search table, and what lists count it for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from kepu.activities import listing, showing
from kepu.activities.frozen import next_beginning
from kepu.activities.models import Publication
from kepu.activities.models.publication import SEARCH_TABLE
from kepu.core import public, tallies
from kepu.core.db import engine, in_transaction, transaction
from kepu.core.search import key, of_partition


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a publication stands in the lists: what it takes to find its rows there, and to take its counts back."""

    next_at: datetime
    published_at: datetime
    listed: Mapping[str, Any]

    @classmethod
    def of(cls, pk: int) -> Filed | None:
        """As it stands now; None for what is not before the public. One query."""
        row = Publication.objects.filter(pk=pk).values_list("next_at", "published_at", "listed").first()
        return cls(*row) if row else None


@in_transaction
def file_in_lists(
    pk: int, season_id: int, now: Filed, *, before: Filed | None, words: list[str], labels: list[str]
) -> None:
    """File it under its words and labels, in the place of where it stood ``before``; counts move with it."""
    part = listing.partition_of(season_id)
    words, labels = of_partition(part, words), of_partition(part, labels)
    with connection.cursor() as cursor:
        if before is not None:
            engine().remove_search(
                cursor, SEARCH_TABLE, row=key(before.next_at, pk), news=key(before.published_at, pk)
            )
        engine().put_search(
            cursor, SEARCH_TABLE, row=key(now.next_at, pk), news=key(now.published_at, pk), words=words, labels=labels
        )  # fmt: skip
    _count(season_id, now.listed, before.listed if before else {})


@transaction
def turn_to_next(pk: int, *, at: datetime) -> bool:
    """The session that was the next has begun: the one after it is the next now. Whether anything was to be done."""
    rows = Publication.objects.select_for_update().filter(pk=pk, turns_at__lte=at)
    publication = rows.only("season_id", "next_at", "turns_at", "listed", "content").first()
    if publication is None:
        return False
    sessions = publication.content.get("sessions") or []
    begins = (
        parse_datetime(one.get("starts_at") or "") for one in sessions if one.get("status") != "cancelled"
    )
    known = [one for one in begins if one is not None]
    next_at, turns_at = next_beginning(known, at) or (publication.next_at, None)
    listed = {**publication.listed, "begins": listing.begins(next_at)}
    Publication.objects.filter(pk=pk).update(next_at=next_at, turns_at=turns_at, listed=listed)
    if next_at != publication.next_at:
        with connection.cursor() as cursor:
            engine().move_search(
                cursor, SEARCH_TABLE, row=key(publication.next_at, pk), to=key(next_at, pk)
            )  # fmt: skip
    _count(publication.season_id, listed, publication.listed)
    public.changed(showing.names_of(pk, [listed]), at=at)
    return True


def _count(season_id: int, now: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """Write the difference. What did not change adds up to nothing, and nothing is written of it."""
    for spot, measure, facet, n in listing.counts_of(season_id, now):
        tallies.add(spot, measure, n, facet=facet)
    for spot, measure, facet, n in listing.counts_of(season_id, before):
        tallies.add(spot, measure, -n, facet=facet)
