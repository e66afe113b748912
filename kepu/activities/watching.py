"""Finding the words to look at in a filing: whatever width, case or spaces it is written with. Pure but for the list.

What is found is a hint to the reviewer. It blocks nothing, and the host does not see it.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min

from kepu.activities.models import Activity, WatchWord
from kepu.core.fields import ancestors

# what a host writes in words, and the public or a reviewer reads
TEXTS = (
    "title", "theme", "subtheme", "venue", "address", "summary", "key_reason", "participants_note", "booking_note", "accessibility_note", "risk_assessment",
    "risk_plan", "publicity_plan", "resources_planned", "in_principle_note", "marks", "co_hosts", "undertakers", "supporters",
)  # fmt: skip
MOST_FOUND = 50  # of one filing


@dataclass(frozen=True, slots=True)
class Watched:
    """A word of the list, and what to look at."""

    word: str
    note: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``watched`` where it is a word of the list."""

    text: str
    watched: Watched | None = None


class WordList:
    """Words by their first character, the longest first: a text is walked once, however many words there are."""

    def __init__(self, words: Mapping[str, Watched]) -> None:
        self._by_first: dict[str, list[tuple[str, Watched]]] = {}
        for folded, watched in sorted(words.items(), key=lambda pair: -len(pair[0])):
            self._by_first.setdefault(folded[0], []).append((folded, watched))

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def pieces(self, text: str, most: int = MOST_FOUND) -> list[Piece]:
        """The text cut at the words found in it; put together again it is the text."""
        folded, at = _folded_with_places(text)
        pieces, begun, i = [], 0, 0
        while i < len(folded) and most > 0:
            hit = next(
                ((f, w) for f, w in self._by_first.get(folded[i], ()) if folded.startswith(f, i)), None
            )
            if hit is None:
                i += 1
                continue
            start, end = at[i], at[i + len(hit[0]) - 1] + 1
            if start > begun:
                pieces.append(Piece(text[begun:start]))
            pieces.append(Piece(text[start:end], hit[1]))
            begun, i, most = end, i + len(hit[0]), most - 1
        return [*pieces, Piece(text[begun:])] if begun < len(text) or not pieces else pieces

    def found_in(self, activity: Activity, names: Sequence[str] = TEXTS) -> dict[str, list[Watched]]:
        """The words found, by the name of the field; each once for a field. At most :data:`MOST_FOUND`."""
        found: dict[str, list[Watched]] = {}
        left = MOST_FOUND
        for name in names:
            texts = getattr(activity, name)
            for text in [texts] if isinstance(texts, str) else texts:
                hits = [piece.watched for piece in self.pieces(str(text), left) if piece.watched]
                if hits:
                    found[name] = list(dict.fromkeys([*found.get(name, ()), *hits]))
                left -= len(hits)
        return found


EMPTY = WordList({})


def folded(text: str) -> str:
    """A word as it is compared: one width, one case, no spaces and nothing invisible."""
    return _folded_with_places(text)[0]


def words_for(place_path: str) -> WordList:
    """The list for a unit's reviews: the words of its place and of every place above. One query when nothing has changed."""
    rows = WatchWord.objects.filter(place_path__in=ancestors(place_path))
    stamp = rows.aggregate(n=Count("pk"), newest=Max("pk"), first=Min("folded"), last=Max("folded"))
    if not stamp["n"]:
        return EMPTY
    key = (place_path, *stamp.values())
    kept = _kept.get(key)
    if kept is None:
        found: dict[str, Watched] = {}
        for folded_word, word, note in rows.order_by("place_path", "pk").values_list(
            "folded", "word", "note"
        ):
            found[folded_word] = Watched(word, note)
        kept = _kept[key] = WordList(found)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return kept


_kept: OrderedDict[Any, WordList] = OrderedDict()
_MOST_KEPT = 64


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and of each of its characters where it stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for one in _fold(sign):
            signs.append(one)
            places.append(place)
    return "".join(signs), places


def _fold(sign: str) -> Iterable[str]:
    if "\u4e00" <= sign <= "\u9fff":  # by far the most
        return sign
    return _others(sign)


def _others(sign: str) -> Iterator[str]:
    for one in unicodedata.normalize("NFKC", sign).casefold():
        if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc", "Mn"):
            yield one
