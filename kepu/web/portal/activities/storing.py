"""Cards and pages drawn beforehand: written by the worker when something is published, read where they are still true.

What was drawn of an older copy, under older rules or by an older release is not used; it is drawn where it is read, which
only takes longer. So nothing that is shown ever depends on the worker having been there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from kepu.activities.lists import Line
from kepu.activities.models import Activity, Publication
from kepu.core import outbox
from kepu.core.db import transaction
from kepu.web.models import Drawn
from kepu.web.portal.activities.cards import card_of
from kepu.web.portal.activities.drawing import Page, page_of
from kepu.web.portal.caching import release

ANEW = "portal.draw_anew"  # outbox: what was drawn by another release
AT_ONCE = 50


def cards_of(lines: Collection[Line], edition: int) -> dict[int, str]:
    """The cards of a list that are still true, by the id. One query, none where there is no line."""
    if not lines:
        return {}
    copies = {line.publication.pk: _copy(line.publication.digest, edition) for line in lines}
    rows = Drawn.objects.filter(publication_id__in=list(copies), language=get_language(), release=release())
    return {pk: card for pk, copy, card in rows.values_list("publication_id", "of_copy", "card") if copy == copies[pk]}


def kept_page(pk: int, digest: str, edition: int) -> Page | None:
    """The page of a copy as it was drawn; None where that is not true any more, or not done yet. One query."""
    rows = Drawn.objects.filter(publication_id=pk, language=get_language(), release=release())
    found = rows.values_list("of_copy", "parts").first()
    if found is None or found[0] != _copy(digest, edition):
        return None
    kept = json.loads(zlib.decompress(bytes(found[1])))
    return Page(kept["parts"], [parse_datetime(end) if end else None for end in kept["ends"]])


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
    rows = Publication.objects.select_related("season", "activity__unit", "activity__reviewing_unit", "activity__responsible_unit")
    publications = list(rows.filter(pk__in=pks))
    drawn = [one for publication in publications for one in draw(publication, publication.activity, at=at)]
    Drawn.objects.bulk_create(
        drawn, update_conflicts=True, unique_fields=["publication_id", "language"],
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
    done = Drawn.objects.filter(release=release(), language=settings.LANGUAGE_CODE).values("publication_id")
    rows = Publication.objects.filter(pk__gt=after).exclude(pk__in=done).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _copy(digest: str, edition: int) -> str:
    return f"{digest}.{edition}"
