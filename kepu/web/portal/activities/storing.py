"""Cards and pages drawn beforehand: written by the worker when something is published, read where they are still true.

What was drawn of an older copy, under older rules or by an older release is not used; it is drawn where it is read, which
only takes longer. So nothing that is shown ever depends on the worker having been there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import BigIntegerField, Exists, OuterRef
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from kepu.activities.lines import LISTED, NEEDED, Columns, Line
from kepu.activities.models import Activity, Mode, OnlineLink, Publication
from kepu.core import outbox
from kepu.core.db import rows_of, transaction
from kepu.core.rows import columns_of, instance, instant
from kepu.notices.models import Season
from kepu.web.models import Beside, Drawn
from kepu.web.portal.activities.cards import card_of
from kepu.web.portal.activities.pages import Page, page_of
from kepu.web.portal.caching import release

ANEW = "portal.draw_anew"  # outbox: what was drawn by another release
AT_ONCE = 50


def with_card(edition: int) -> Columns:
    """What a list of cards reads: what differs from hour to hour, and with it the card that is still true."""
    return Columns(_BESIDE_CARD, _CARD, (get_language(), release(), _copy("", edition)))


def completed(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines of :func:`with_card`, and of those that have no card all that one is drawn from. No query, one where some have
    none.
    """
    bare = [line.publication.pk for line in lines if not line.also]
    if not bare:
        return lines
    whole = Publication.objects.filter(pk__in=bare).only(*LISTED).in_bulk()
    return [
        line if line.also else replace(line, publication=whole[line.publication.pk])
        for line in lines
        if line.also or line.publication.pk in whole
    ]


_TABLE = Drawn._meta.db_table
_BESIDE_CARD = (*NEEDED, "status", "mode", "time_pending")
_CARD = (
    f"(SELECT d.card FROM {_TABLE} d WHERE d.publication_id = {Publication._meta.db_table}.activity_id AND d.language = %s "
    f"AND d.release = %s AND d.of_copy = {Publication._meta.db_table}.digest || %s)"
)
_COLUMNS = (
    "activity_id", "version", "digest", "status", "status_words", "starts_at", "ends_at", "time_pending", "updated_at", "mode",
    "next_at", "city", "county", "town",
)  # fmt: skip
_PUBLISHED = Publication._meta.db_table
_KEPT = (  # a table of which one value is wanted is asked by itself: for a join of five PostgreSQL thinks twice as long
    f"SELECT {columns_of(Publication, _COLUMNS, 'p')}, (SELECT edition FROM {Season._meta.db_table} s WHERE s.id = p.season_id), "
    f"(SELECT found FROM {Beside._meta.db_table} b WHERE b.publication_id = p.activity_id), "
    f"(SELECT failing_since FROM {OnlineLink._meta.db_table} l WHERE l.activity_id = p.activity_id AND l.told_at IS NOT NULL), "
    f"d.of_copy, d.parts FROM {_PUBLISHED} p LEFT JOIN {_TABLE} d ON d.publication_id = p.activity_id AND d.language = %s "
    f"AND d.release = %s WHERE p.activity_id = %s"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A publication with the columns that its page needs, the edition of its season's rules, its page as it was drawn, what
    stands beside it (:mod:`beside`), and since when its link does not open, where its host knows of it.

    ``page`` is None where that is not true any more, or not done yet; ``beside`` where nobody has looked yet.
    """

    publication: Publication
    edition: int
    page: Page | None
    beside: str | None
    failing_since: datetime | None


def kept_page(pk: int) -> Kept | None:
    """One activity as it was drawn; None where the public sees none. One query."""
    if pk > BigIntegerField.MAX_BIGINT:
        return None
    found = rows_of(_KEPT, [get_language(), release(), pk])
    if not found:
        return None
    *values, edition, beside, failing, of_copy, parts = found[0]
    publication = instance(Publication, _COLUMNS, values)
    failing_since = instant(failing) if publication.mode != Mode.OFFLINE else None
    if of_copy != _copy(publication.digest, edition) or parts is None:
        return Kept(publication, edition, None, beside, failing_since)
    kept = json.loads(zlib.decompress(bytes(parts)))
    ends = [parse_datetime(end) if end else None for end in kept["ends"]]
    return Kept(publication, edition, Page(kept["parts"], ends), beside, failing_since)


def draw(publication: Publication, behind: Activity, *, at: datetime) -> list[Drawn]:
    """A copy drawn in every language, unsaved."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            page = page_of(publication, behind, at=at)
            kept = {"parts": page.parts, "ends": [end.isoformat() if end else None for end in page.ends]}
            found.append(Drawn(
                publication_id=publication.pk, language=code, of_copy=_copy(publication.digest, publication.season.edition),
                release=release(), card=card_of(publication),
                parts=zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 6),
            ))  # fmt: skip
    return found


@transaction
def store(pks: Collection[int], *, at: datetime) -> int:
    """Draw the current copies of these activities and keep what was drawn; returns how many there were. Idempotent."""
    rows = Publication.objects.select_related(
        "season", "activity__unit", "activity__reviewing_unit", "activity__responsible_unit"
    )
    publications = list(rows.filter(pk__in=pks))
    drawn = [one for publication in publications for one in draw(publication, publication.activity, at=at)]
    Drawn.objects.bulk_create(
        drawn, update_conflicts=True, unique_fields=["publication", "language"],
        update_fields=["of_copy", "release", "card", "parts"],
    )  # fmt: skip
    return len(publications)


@transaction
def draw_anew(at: datetime) -> bool:
    """Ask for everything that another release drew to be drawn anew. Whether there is anything."""
    if not Drawn.objects.exclude(release=release()).exists() and not _undrawn(0):
        return False
    outbox.send(ANEW, after=0, at=at)
    return True


def store_next(after: int, *, at: datetime) -> None:
    """Draw the next few after an id, and ask for those behind them, until all are drawn."""
    pks = _undrawn(after)
    if pks:
        store(pks, at=at)
        _go_on(pks[-1], at=at)


@transaction
def _go_on(after: int, *, at: datetime) -> None:
    outbox.send(ANEW, after=after, at=at)


def _undrawn(after: int) -> list[int]:
    """The next few copies of which this release has drawn nothing."""
    done = Drawn.objects.filter(
        publication=OuterRef("pk"), language=settings.LANGUAGE_CODE, release=release()
    )
    rows = Publication.objects.filter(~Exists(done), pk__gt=after).order_by(
        "pk"
    )  # a look-up each, none of all that is drawn
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _copy(digest: str, edition: int) -> str:
    return f"{digest}.{edition}"
