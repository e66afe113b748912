"""The words of a season, gathered from the register and from its notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kepu.core.fields import ancestors
from kepu.notices.models import Season
from kepu.notices.rulebook import rule_book
from kepu.orgs.models import Level, Line, Place, Term, Unit, Vocabulary
from kepu.web.workspace.desk.clauseforms.said import said_by
from kepu.web.workspace.desk.clauseforms.words import Words

MOST_PLACES = 400  # beyond it a list to tick helps nobody; the code of any other place can be typed
MOST_UNITS = 200
_TERMS = {Vocabulary.UNIT_KIND: "kind", Vocabulary.DESIGNATION: "designation", Vocabulary.BODY: "body"}


def words_of(season: Season, *, place: Place | None = None) -> Words:
    """The words that a notice of ``season`` uses; of places and units those at and just below ``place``.

    Four queries, and those by which the season's rule book is loaded once for each edition. Without a place the nation
    and its provinces are offered, and no units.
    """
    found: dict[str, list[tuple[str, Any]]] = {name: [] for name in _TERMS.values()}
    for term in Term.objects.order_by("vocabulary", "position", "pk"):
        found[_TERMS[Vocabulary(term.vocabulary)]].append((term.code, term))
    found["line"] = list(Line.objects.order_by("pk").values_list("code", "name"))
    found["place"] = _places(place)
    found["unit"] = _units(place)
    return Words().and_more(found).and_more(_of_notices(season))


def _places(place: Place | None) -> list[tuple[str, str]]:
    if place is None:
        near = Q(level__in=(Level.NATION, Level.PROVINCE))
    else:
        near = Q(path__in=ancestors(place.path)) | Q(parent=place) | Q(parent__parent=place)
    return list(Place.objects.filter(near).order_by("path").values_list("code", "name")[:MOST_PLACES])


def _units(place: Place | None) -> list[tuple[str, str]]:
    if place is None:
        return []
    near = Unit.objects.filter(Q(place=place) | Q(place__parent=place), closed_on__isnull=True)
    return list(near.order_by("place_path", "pk").values_list("code", "name")[:MOST_UNITS])


def _of_notices(season: Season) -> dict[str, list[tuple[str, str]]]:
    book = rule_book(season)
    notices = list(book.notices.values())
    more: dict[str, list[tuple[str, str]]] = {
        "notice": [(n.code, f"{n.title}（{n.number}）" if n.number else n.title) for n in notices]
    }
    for clause in book.clauses_of(notices):
        _add(more, said_by(clause.kind, clause.params))
        told = _("%(cite)s：%(summary)s") % {"cite": clause.cite, "summary": clause.told()}
        more.setdefault("clause", []).append((clause.code, told[:60]))
        more.setdefault("key", []).append((clause.key, told[:60]))
    return more


def _add(more: dict[str, list[tuple[str, str]]], said: Iterable[tuple[str, str, str]]) -> None:
    for vocabulary, code, label in said:
        more.setdefault(vocabulary, []).append((code, label))
